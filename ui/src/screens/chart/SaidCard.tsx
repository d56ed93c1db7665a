// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the patient wrote since the last visit: what to focus on, and the journal.
import type { Chart } from '../../clinic/chart';
import { saidBetween, type PatientRecord } from '../../clinic/record';
import { shortDay, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';

export default function SaidCard({ chart, record, today }: { chart: Chart; record: PatientRecord; today: Day }) {
  const said = saidBetween(record.responses, chart.notes[0]?.at).slice(0, 6);
  if (!said.length) return null;
  return (
    <Card title="Since the last visit">
      <ul className={u.list}>
        {said.map((one) => (
          <li key={one.id}>
            <p className={cx(u.small, u.strong)}>
              {one.kind} <span className={cx(u.muted, u.num)}>{shortDay(one.day, today)}</span>
            </p>
            <p className={u.small}>{one.text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
