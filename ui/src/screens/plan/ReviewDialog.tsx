// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A review: what was measured at the start and now, and a decision with its reason, which stays in the record.
import { Button, Modal, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useCodes, useCreate } from '../../app/queries';
import { useSession } from '../../app/session';
import type { Chart } from '../../clinic/chart';
import { changeOf, readMeasures } from '../../clinic/measures';
import { decisions, reviewOf, type Decision } from '../../clinic/plan';
import { verdict } from '../../clinic/plot';
import type { Stored } from '../../fhir/client';
import { writeInstant } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Picks } from '../../shared/Picks';
import { Tag } from '../../shared/Tag';
import u from '../../styles/u.module.css';
import css from './plan.module.css';

type Props = {
  plan: Stored<fhir4.CarePlan>;
  chart: Chart;
  observations: Stored<fhir4.Observation>[];
  onClose: () => void;
};

export default function ReviewDialog({ plan, chart, observations, onClose }: Props) {
  const session = useSession();
  const zone = session.practice.timeZone;
  const known = useCodes('instrument').data ?? [];
  const [decision, setDecision] = useState<Decision | ''>('');
  const [why, setWhy] = useState('');
  const create = useCreate<fhir4.ClinicalImpression>();
  const measures = readMeasures(observations, known, zone).filter((m) => m.code !== 'nprs');
  const { ratings } = chart;
  const pain = verdict(ratings);
  const seen = [...measures.map((m) => m.scores), ratings].flatMap((list) =>
    list.length ? [...new Set([list[0]!.id, list.at(-1)!.id])] : [],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!decision) return;
    const by = session.practitioner
      ? { reference: session.practitioner, display: session.name }
      : { display: session.name };
    const evidence = seen.map((one) => `Observation/${one}`);
    const at = writeInstant(new Date(), zone);
    create.mutate(reviewOf({ plan, patient: chart.patient.id, decision, why, evidence, by, at }), { onSuccess: onClose });
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
              const change = changeOf(measure);
              return (
                <tr key={measure.code}>
                  <th scope="row">{measure.name}</th>
                  <td>{measure.scores[0]!.value}</td>
                  <td>{measure.scores.at(-1)!.value}</td>
                  <td>{change ? <Tag tone={change.tone}>{change.word}</Tag> : 'one score'}</td>
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
