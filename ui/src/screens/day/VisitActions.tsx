// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What can be done with a visit: its note, its chart, checking in, and how it ends when it does not take place. Under a hard
// stop the way on is the review.
import { Button, TextInput } from '@mantine/core';
import {
  IconCalendarCheck,
  IconCalendarOff,
  IconDoorEnter,
  IconFileText,
  IconPencil,
  IconShieldCheck,
  IconUserX,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { useRefresh, useUpdate } from '../../app/queries';
import type { Visit } from '../../clinic/day';
import { fhir } from '../../fhir/client';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Picks } from '../../shared/Picks';
import { stopped } from '../../shared/VisitCard';
import u from '../../styles/u.module.css';
import css from './drawer.module.css';

/** Whether the planned time has come, so that somebody can have failed to come. */
type Props = { visit: Visit; begun: boolean; onClose: () => void };

export function VisitActions({ visit, begun, onClose }: Props) {
  const update = useUpdate<fhir4.Appointment>();
  const refresh = useRefresh();
  const checkIn = useMutation({
    mutationFn: () =>
      fhir.perform<fhir4.Appointment>(`Appointment/${visit.id}/$check-in`, { resourceType: 'Parameters' }),
    onSettled: () => void refresh(),
  });
  const [asking, setAsking] = useState<'cancel' | 'noshow' | null>(null);
  const stop = stopped(visit);
  const open = visit.state === 'held' || visit.state === 'booked' || visit.state === 'arrived';
  if (asking) {
    return (
      <div className={css.actions}>
        <NotTaking
          kind={asking}
          pending={update.isPending}
          error={update.error}
          onKeep={() => setAsking(null)}
          onEnd={(part) => update.mutate({ ...visit.appointment, ...part }, { onSuccess: onClose })}
        />
      </div>
    );
  }
  return (
    <div className={css.actions}>
      {checkIn.error && (
        <div className={css.wide}>
          <Failure error={checkIn.error} />
        </div>
      )}
      {visit.state === 'held' && !stop ? (
        <Held
          waits={visit.treatment && visit.decision === 'clearance'}
          update={update}
          onBook={() => update.mutate({ ...visit.appointment, status: 'booked' })}
        />
      ) : stop ? (
        <Button
          component={Link}
          href={`/patients/${visit.patient}`}
          leftSection={<IconShieldCheck size={18} />}
          className={css.wide}
        >
          Review safety
        </Button>
      ) : (
        <Button component={Link} href={`/note/${visit.id}`} leftSection={<IconPencil size={18} />} className={css.wide}>
          {visit.state === 'done' ? 'Open note' : 'Start note'}
        </Button>
      )}
      {stop ? (
        <Button component={Link} href={`/note/${visit.id}`} variant="default" leftSection={<IconPencil size={18} />}>
          Chart why not
        </Button>
      ) : (
        <Button
          component={Link}
          href={`/patients/${visit.patient}`}
          variant="default"
          leftSection={<IconFileText size={18} />}
        >
          Chart
        </Button>
      )}
      {visit.state === 'booked' && !stop && (
        <Button
          variant="default"
          leftSection={<IconDoorEnter size={18} />}
          loading={checkIn.isPending}
          onClick={() => checkIn.mutate()}
        >
          Arrived
        </Button>
      )}
      {visit.state === 'booked' && begun && (
        <Button variant="default" leftSection={<IconUserX size={18} />} onClick={() => setAsking('noshow')}>
          Did not come
        </Button>
      )}
      {open && (
        <Button variant="default" leftSection={<IconCalendarOff size={18} />} onClick={() => setAsking('cancel')}>
          Cancel visit
        </Button>
      )}
    </div>
  );
}

type HeldProps = { waits: boolean; update: { isPending: boolean; error: unknown }; onBook: () => void };

/** A time that is held is booked by one tap, once nothing is waited for. */
function Held({ waits, update, onBook }: HeldProps) {
  return (
    <div className={cx(css.wide, u.stack, u.g8)}>
      <Failure error={update.error} />
      {waits ? (
        <p className={u.small}>The time is held until the clearance is on record; then it can be booked.</p>
      ) : (
        <Button leftSection={<IconCalendarCheck size={18} />} loading={update.isPending} onClick={onBook}>
          Book the held time
        </Button>
      )}
    </div>
  );
}

const why = [
  { code: 'patient', name: 'Patient asked' },
  { code: 'ill', name: 'Patient is ill' },
  { code: 'clinic', name: 'Clinic’s reason' },
] as const;
type Why = (typeof why)[number]['code'];
const words: Record<Why, string> = {
  patient: 'The patient asked for it',
  ill: 'The patient is ill',
  clinic: 'The clinic had to',
};

type EndProps = {
  kind: 'cancel' | 'noshow';
  pending: boolean;
  error: unknown;
  onKeep: () => void;
  onEnd: (part: Pick<fhir4.Appointment, 'status' | 'cancelationReason'>) => void;
};

function NotTaking({ kind, pending, error, onKeep, onEnd }: EndProps) {
  const [reason, setReason] = useState<Why | ''>('');
  const [more, setMore] = useState('');
  const said = [reason && words[reason], more.trim()].filter(Boolean).join(': ');
  const end = () =>
    onEnd(
      kind === 'noshow'
        ? { status: 'noshow', ...(more.trim() && { cancelationReason: { text: more.trim() } }) }
        : { status: 'cancelled', cancelationReason: { text: said } },
    );
  return (
    <>
      <div className={cx(css.wide, u.stack, u.g12)}>
        <p className={u.small}>
          {kind === 'cancel'
            ? 'Cancel this visit? The time becomes free for others.'
            : 'The patient did not come? The visit stays in the calendar and in the chart.'}
        </p>
        {kind === 'cancel' && <Picks label="Why" choices={why} value={reason} onPick={setReason} />}
        <TextInput
          label={kind === 'cancel' ? 'In your words' : 'What is known'}
          value={more}
          onChange={(event) => setMore(event.currentTarget.value)}
        />
        <Failure error={error} />
      </div>
      <Button variant="default" onClick={onKeep}>
        {kind === 'cancel' ? 'Keep it' : 'Back'}
      </Button>
      <Button color="red.9" loading={pending} disabled={kind === 'cancel' && !said} onClick={end}>
        {kind === 'cancel' ? 'Cancel the visit' : 'Did not come'}
      </Button>
    </>
  );
}
