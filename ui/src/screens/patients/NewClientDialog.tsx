// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A client who calls or walks in: a name, why they come, and when. One step leads to the visit; a visit that begins now leads
// straight to its note. Referral, diagnosis and plan can come later, or never.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { useCodes } from '../../app/definitions';
import { useDay, useRefresh } from '../../app/queries';
import { useSession } from '../../app/session';
import { useNow } from '../../app/useNow';
import { bookingOf, firstFree, minutesOfService } from '../../clinic/booking';
import { bookedClient, createdId, roomNow, startOfNow, walkInClient, type NewVisit } from '../../clinic/newClient';
import { emptyPerson, splitName } from '../../clinic/people';
import { reasons, usualIntent, type ReasonCode } from '../../clinic/visit';
import { fhir } from '../../fhir/client';
import { addDays, clock, dayOf, longDay, minutesOf, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Picks } from '../../shared/Picks';
import u from '../../styles/u.module.css';
import { Matches } from './Matches';

type When = 'now' | 'next' | 'other';
type Props = { name?: string; onClose: () => void };

/** The first day, from today on, on which the chosen therapist has a free time; the calendar is asked day by day. */
function useNextFree(today: Day, minute: number, therapist: string | undefined, service: string) {
  const [ahead, setAhead] = useState(0);
  const day = addDays(today, ahead);
  const plan = useDay(day);
  const fresh = plan.data && !plan.isPlaceholderData ? plan.data : undefined;
  const person = fresh?.therapists.find((t) => t.ref === therapist) ?? fresh?.therapists[0];
  const room = fresh?.rooms.find((r) => r.name === person?.note)?.ref ?? fresh?.rooms[0]?.ref;
  const from = ahead ? 0 : minute;
  const free = fresh && firstFree(fresh.visits, person?.ref, room, person?.open ?? null, minutesOfService(service), from);
  useEffect(() => setAhead(0), [therapist, service]);
  useEffect(() => {
    if (free === null && ahead < 14) setAhead(ahead + 1);
  }, [free, ahead]);
  return free === null || free === undefined ? null : { day, time: clock(free), room };
}

export default function NewClientDialog({ name = '', onClose }: Props) {
  const { practitioner, practice } = useSession();
  const zone = practice.timeZone;
  const now = useNow();
  const today = dayOf(now, zone);
  const minute = minutesOf(now, zone);
  const [, go] = useLocation();
  const refresh = useRefresh();
  const plan = useDay(today);
  const services = useCodes('service');
  const [known, setKnown] = useState<{ id: string; name: string } | null>(null);
  const [text, setText] = useState(name);
  const [rest, setRest] = useState({ phone: '', email: '', birthDate: '', complaint: '', day: today, time: '' });
  const [reason, setReason] = useState<ReasonCode | ''>('');
  const [service, setService] = useState('treatment-60');
  const [therapist, setTherapist] = useState(practitioner ?? '');
  const [when, setWhen] = useState<When>('now');
  const field = (key: keyof typeof rest) => ({
    value: rest[key],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setRest((old) => ({ ...old, [key]: value }));
    },
  });
  const therapists = plan.data?.therapists ?? [];
  const rooms = plan.data?.rooms ?? [];
  const visits = plan.data?.visits ?? [];
  const chosen = therapists.find((t) => t.ref === therapist) ?? therapists[0];
  const usual = rooms.find((r) => r.name === chosen?.note)?.ref;
  const start = startOfNow(minute);
  const here = roomNow(visits, chosen?.ref, rooms, usual, start, service);
  const next = useNextFree(today, minute, chosen?.ref, service);
  const own = chosen?.ref === practitioner;
  const person = { ...emptyPerson, ...splitName(text), ...rest, gender: '', number: '' };

  const visitAt = (day: Day, time: string, room: { ref: string; name: string } | undefined): NewVisit => ({
    therapist: { reference: chosen!.ref, name: chosen!.name },
    room: room && { reference: room.ref, name: room.name },
    service: { code: service, name: services.data?.find((s) => s.code === service)?.name ?? service },
    day,
    time,
    complaint: rest.complaint,
    reason,
    intent: reason ? usualIntent(reason) : undefined,
    status: when === 'now' ? 'arrived' : 'booked',
    zone,
  });
  const save = useMutation({
    mutationFn: async () => {
      const roomOf = (ref?: string) => rooms.find((r) => r.ref === ref) ?? rooms.find((r) => r.ref === usual) ?? rooms[0];
      if (when === 'now' && !here && !known) {
        const answer = await fhir.transaction(walkInClient(person, visitAt(today, clock(start), undefined), new Date()));
        return own ? `/note/new?patient=${createdId(answer, 'Patient')}` : '/';
      }
      const visit =
        when === 'now'
          ? visitAt(today, clock(start), here ?? roomOf())
          : when === 'next'
            ? visitAt(next!.day, next!.time, roomOf(next!.room))
            : visitAt(rest.day, rest.time, roomOf());
      const id = known
        ? (await fhir.create(bookingOf({ ...visit, patient: known }))).id
        : createdId(await fhir.transaction(bookedClient(person, visit)), 'Appointment');
      if (when === 'now' && own) return `/note/${id}`;
      return visit.day === today ? '/' : `/?date=${visit.day}`;
    },
    onSuccess: async (to) => {
      await refresh();
      onClose();
      go(to);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) save.mutate();
  };
  const times: { code: When; name: string; off?: boolean }[] = [
    { code: 'now', name: 'Now' },
    { code: 'next', name: next ? nextWords(next, today) : 'Next free', off: !next },
    { code: 'other', name: 'Another time' },
  ];
  return (
    <Modal opened onClose={onClose} title="New client" size="lg">
      <form className={u.form} onSubmit={submit}>
        {known ? (
          <p className={cx(u.row, u.between)}>
            <span className={cx(u.row, u.tight)}>
              <IconUserCheck size={20} aria-hidden /> <b>{known.name}</b> is here already
            </span>
            <button type="button" className={u.plainlink} onClick={() => setKnown(null)}>
              Somebody else
            </button>
          </p>
        ) : (
          <>
            <div className={u.fields}>
              <div className={u.wide}>
                <TextInput
                  label="Name"
                  required
                  data-autofocus
                  autoComplete="off"
                  value={text}
                  onChange={(event) => setText(event.currentTarget.value)}
                />
              </div>
              <TextInput label="Phone" type="tel" autoComplete="off" {...field('phone')} />
              <TextInput label="E-mail" type="email" autoComplete="off" {...field('email')} />
            </div>
            <Matches person={person} onTake={(id, as) => setKnown({ id, name: as })} />
          </>
        )}
        <Picks label="Why do they come?" choices={reasons} value={reason} onPick={setReason} />
        <Picks label="When?" choices={times} value={when} onPick={setWhen} />
        {when === 'now' && plan.data && !here && !known && (
          <p className={cx(u.small, u.muted)}>
            {chosen?.name ?? 'The therapist'} or every room is taken now: the client goes in without a place in the calendar.
          </p>
        )}
        <div className={u.fields}>
          {when === 'other' && (
            <>
              <TextInput label="Date" type="date" required min={today} {...field('day')} />
              <TextInput label={`Time (${zone})`} type="time" step={300} required {...field('time')} />
            </>
          )}
          <NativeSelect
            label="Service"
            data={(services.data ?? [{ code: service, name: service }]).map((s) => ({ value: s.code, label: s.name }))}
            value={service}
            onChange={(event) => setService(event.currentTarget.value)}
          />
          <NativeSelect
            label="Therapist"
            data={therapists.map((t) => ({ value: t.ref, label: t.name }))}
            value={chosen?.ref ?? ''}
            onChange={(event) => setTherapist(event.currentTarget.value)}
          />
          <TextInput label="In their words" placeholder="Stiff after travelling" {...field('complaint')} />
          {!known && <TextInput label="Born on" type="date" max={today} min="1900-01-01" {...field('birthDate')} />}
        </div>
        <div className={cx(u.formFoot, u.sticky)}>
          {(save.error ?? plan.error) && (
            <div style={{ flexBasis: '100%' }}>
              <Failure error={save.error ?? plan.error} />
            </div>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!chosen || (when === 'next' && !next)}>
            {when !== 'now' ? 'Book' : own ? 'Start note' : 'Check in'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

const nextWords = (next: { day: Day; time: string }, today: Day) =>
  next.day === today ? `Next free, ${next.time}` : `Next free, ${longDay(next.day, today).split(' ')[0]} ${next.time}`;
