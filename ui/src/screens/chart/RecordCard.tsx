// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is on record and what comes next: referral, diagnoses, medicines, allergies, the next visits.
import type { Chart } from '../../clinic/chart';
import { useZone } from '../../app/session';
import { dayOf, shortDay, timeOf, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { conceptText } from '../../fhir/read';
import u from '../../styles/u.module.css';

const open = new Set(['booked', 'arrived', 'checked-in', 'pending', 'proposed']);

export function RecordCard({ chart, today }: { chart: Chart; today: Day }) {
  const zone = useZone();
  const coming = chart.appointments.filter((a) => a.start && open.has(a.status) && dayOf(a.start, zone) >= today);
  const { referral } = chart;
  const until = referral?.occurrencePeriod?.end;
  const reason = referral?.reasonCode?.[0];
  const rows: [string, string[]][] = [
    [
      'Referral',
      referral
        ? [
            `${conceptText(reason) ?? 'Massage therapy'}${reason?.coding?.[0]?.code ? ` (${reason.coding[0].code})` : ''}`,
            `${referral.requester?.display ?? 'Prescriber not named'}${until ? `, valid until ${shortDay(until.slice(0, 10), today)}` : ''}`,
          ]
        : ['None'],
    ],
    ['Diagnoses', chart.conditions],
    ['Medicines', chart.medicines],
    ['Allergies', chart.allergies],
    [
      'Next visits',
      coming.slice(0, 3).map((a) => `${shortDay(dayOf(a.start!, zone), today)}, ${timeOf(a.start!, zone)}`),
    ],
  ];
  return (
    <Card title="On record">
      <dl className={u.facts}>
        {rows
          .filter(([, lines]) => lines.length)
          .map(([name, lines]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>
                {lines.map((line, i) => (
                  <span key={i} className={cx(u.num)} style={{ display: 'block' }}>
                    {line}
                  </span>
                ))}
              </dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}
