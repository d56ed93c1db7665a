// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A review: what was measured at the start and now, and a decision with its reason, which stays in the record.
import { Button, Modal, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useMeasures } from '../../app/measures';
import { useCreate } from '../../app/queries';
import { useSession } from '../../app/session';
import type { Chart } from '../../clinic/chart';
import { figure, verdictOf } from '../../clinic/measures';
import { decisions, reviewOf, type Decision } from '../../clinic/plan';
import { verdict } from '../../clinic/plot';
import type { Stored } from '../../fhir/client';
import { writeInstant } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Picks } from '../../shared/Picks';
import { Tag } from '../../shared/Tag';
import { WordingOffer } from '../../shared/WordingOffer';
import u from '../../styles/u.module.css';
import css from './plan.module.css';

type Props = {
  plan: Stored<fhir4.CarePlan>;
  chart: Chart;
  onClose: () => void;
};

export default function ReviewDialog({ plan, chart, onClose }: Props) {
  const session = useSession();
  const zone = session.practice.timeZone;
  const measures = (useMeasures(chart.patient.id).data ?? []).filter((m) => m.code !== 'nprs' && m.points.length);
  const [decision, setDecision] = useState<Decision | ''>('');
  const [why, setWhy] = useState('');
  const create = useCreate<fhir4.ClinicalImpression>();
  const { ratings } = chart;
  const pain = verdict(ratings);
  const ends = <T,>(list: T[]) => [...new Set([list[0], list.at(-1)])].filter((one) => one !== undefined);
  const evidence = [
    ...measures.flatMap((m) => ends(m.points).map((point) => point.ref)),
    ...ends(ratings).map((rating) => `Observation/${rating.id}`),
  ];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!decision) return;
    const by = session.practitioner
      ? { reference: session.practitioner, display: session.name }
      : { display: session.name };
    const at = writeInstant(new Date(), zone);
    create.mutate(reviewOf({ plan, patient: chart.patient.id, decision, why, evidence, by, at }), {
      onSuccess: onClose,
    });
  };
  return (
    <Modal opened onClose={onClose} title="Review the plan" size="lg">
      <form className={u.form} onSubmit={submit}>
        <p className={u.small}>
          {plan.title}. {plural(chart.used, 'visit')} so far.
        </p>
        <table className={css.evidence}>
          <caption className={u.unseen}>Measures at the start and now</caption>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col">Start</th>
              <th scope="col">Now</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {ratings.length > 0 && (
              <tr>
                <th scope="row">Pain, 0 to 10</th>
                <td>{ratings[0]!.value}</td>
                <td>{ratings.at(-1)!.value}</td>
                <td>{pain ? <Tag tone={pain.tone}>{pain.word}</Tag> : 'one rating'}</td>
              </tr>
            )}
            {measures.map((measure) => {
              const said = verdictOf(measure);
              return (
                <tr key={measure.code}>
                  <th scope="row">{measure.name}</th>
                  <td>{figure(measure.points[0]!.value)}</td>
                  <td>{figure(measure.points.at(-1)!.value)}</td>
                  <td>{said ? <Tag tone={said.tone}>{said.word}</Tag> : 'one value'}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {!ratings.length && !measures.length && <p className={cx(u.small, u.muted)}>Nothing has been measured yet.</p>}
        <Picks label="Decision" choices={decisions} value={decision} onPick={setDecision} />
        <Textarea
          label="Why"
          required
          autosize
          minRows={2}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <WordingOffer text={why} onText={setWhy} refused={create.error} />
        <Failure error={create.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!decision}>
            Record the decision
          </Button>
        </div>
      </form>
    </Modal>
  );
}
