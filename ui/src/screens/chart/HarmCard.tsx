// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What happened after treatments and was not wanted. One that is still open is completed by a tap on it.
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useHarms } from '../../app/queries';
import { harmName, harmText } from '../../clinic/harm';
import type { Stored } from '../../fhir/client';
import { shortDay, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';

const HappenedDialog = lazy(() => import('../../safety/HappenedDialog'));

type Props = { patient: { id: string; name: string }; today: Day };

export default function HarmCard({ patient, today }: Props) {
  const harms = useHarms(patient.id);
  const [open, setOpen] = useState<Stored<fhir4.AdverseEvent> | 'new' | null>(null);
  return (
    <Card
      title="After effects"
      action={
        <button type="button" className={u.plainlink} onClick={() => setOpen('new')}>
          <IconPlus size={18} aria-hidden /> Something happened
        </button>
      }
    >
      <Failure error={harms.error} />
      {harms.data?.length === 0 && <p className={cx(u.small, u.muted)}>Nothing is recorded.</p>}
      <ul className={u.list}>
        {(harms.data ?? []).map((event) => (
          <li key={event.id} data-harm={event.id}>
            <button
              type="button"
              className={u.plainlink}
              style={{ whiteSpace: 'normal', textAlign: 'left', justifyContent: 'flex-start' }}
              onClick={() => setOpen(event)}
            >
              {harmName(event)}
            </button>
            <p className={cx(u.small, u.muted, u.num)}>
              {[event.date && shortDay(event.date.slice(0, 10), today), harmText(event, today)]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
      {open && (
        <Suspense fallback={null}>
          <HappenedDialog
            patient={patient}
            event={open === 'new' ? undefined : open}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </Card>
  );
}
