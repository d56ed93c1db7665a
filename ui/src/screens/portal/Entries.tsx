// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What was written in a diary lately, under its form.
import { useQuery } from '@tanstack/react-query';
import { useZone } from '../../app/session';
import { entriesOf } from '../../clinic/diary';
import { questionnaire } from '../../fhir/canonical';
import { fhir } from '../../fhir/client';
import { shortDay, today } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';
import { useMe } from './usePortal';

const shown = 7;

export default function Entries({ id }: { id: string }) {
  const me = useMe();
  const zone = useZone();
  const answer = useQuery({
    queryKey: ['portal', me, 'entries', id],
    queryFn: () =>
      fhir.search<fhir4.QuestionnaireResponse>('QuestionnaireResponse', {
        patient: me,
        questionnaire: questionnaire(id),
        _count: shown,
      }),
  });
  const entries = entriesOf(answer.data ?? [], zone);
  if (!entries.length) return null;
  return (
    <Card title="Written before">
      <ul className={u.list}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <p className={cx(u.small, u.strong, u.num)}>{shortDay(entry.day, today(zone))}</p>
            <p className={u.small}>{entry.text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
