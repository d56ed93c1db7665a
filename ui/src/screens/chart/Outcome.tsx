// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Pain over time with the clear-change line, said in words as well, and a new rating in three taps.
import { Button, Modal } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useState } from 'react';
import { useCodes } from '../../app/definitions';
import { useCreate } from '../../app/queries';
import { useZone } from '../../app/session';
import type { Chart } from '../../clinic/chart';
import { verdict } from '../../clinic/plot';
import { painLoinc, systems } from '../../fhir/canonical';
import { writeInstant, type Day } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { ScaleBar } from '../../shared/ScaleBar';
import { Tag } from '../../shared/Tag';
import { TrendPlot } from '../../shared/TrendPlot';
import u from '../../styles/u.module.css';
import css from './chart.module.css';

export function Outcome({ chart, today }: { chart: Chart; today: Day }) {
  const [rating, setRating] = useState(false);
  const { ratings, target } = chart;
  const now = ratings.at(-1);
  const said = verdict(ratings);
  const sources = useCodes('measure').data?.find((one) => one.code === 'nprs-before')?.property['clear-change'];
  return (
    <Card>
      <div className={css.outlook}>
        <div>
          <h2>Pain, 0 to 10</h2>
          <p className={u.big}>
            {now ? now.value : '–'}{' '}
            {ratings.length > 1 && <span className={cx(css.unit, u.muted)}>from {ratings[0]!.value}</span>}
          </p>
        </div>
        {said ? (
          <p className={cx(u.small, css.honest)}>
            <Tag tone={said.tone}>{said.word}</Tag> {said.text},{' '}
            <b className={u.num}>from {plural(ratings.length, 'rating')}</b>.
          </p>
        ) : (
          <p className={cx(u.small, u.muted, css.honest)}>
            {ratings.length === 0
              ? 'No ratings yet. The first one is what every later one is compared with.'
              : 'One rating so far; a second one shows a direction.'}
          </p>
        )}
        <Button variant="default" leftSection={<IconActivity size={18} />} onClick={() => setRating(true)}>
          Rate pain
        </Button>
      </div>
      {ratings.length > 0 && <TrendPlot ratings={ratings} goal={target} today={today} />}
      {ratings.length > 0 && sources && (
        <p className={cx(u.small, u.muted)}>What counts as a clear change: {sources}.</p>
      )}
      {rating && <RateDialog patient={chart.patient.id} last={now?.value} onClose={() => setRating(false)} />}
    </Card>
  );
}

function RateDialog({ patient, last, onClose }: { patient: string; last?: number; onClose: () => void }) {
  const zone = useZone();
  const [value, setValue] = useState<number | null>(null);
  const create = useCreate<fhir4.Observation>();
  const save = () =>
    create.mutate(
      {
        resourceType: 'Observation',
        status: 'final',
        category: [{ coding: [{ system: systems.observationCategory, code: 'survey' }] }],
        code: { coding: [{ system: systems.loinc, code: painLoinc }], text: 'Pain, 0 to 10' },
        subject: { reference: `Patient/${patient}` },
        effectiveDateTime: writeInstant(new Date(), zone),
        valueInteger: value!,
      },
      { onSuccess: onClose },
    );
  return (
    <Modal opened onClose={onClose} title="Pain now" size="md">
      <div className={u.form}>
        <p className={cx(u.small, u.muted)}>
          0 is no pain, 10 the worst imaginable. The patient says the number.
          {last !== undefined && ` Last time it was ${last}.`}
        </p>
        <ScaleBar label="Pain now" value={value} was={last} onChange={setValue} />
        <Failure error={create.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={value === null} loading={create.isPending} onClick={save}>
            Save
          </Button>
        </div>
      </div>
    </Modal>
  );
}
