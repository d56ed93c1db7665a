// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Books one visit: who, what, with whom, where, when. What the safety rules say about that day is said before; under a rule
// that asks for a clearance the time can be held until it is there. The server is the judge of taken times and of safety stops;
// its reasons are shown as they are.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type ComponentProps, type FormEvent } from 'react';
import { useCodes } from '../../app/definitions';
import { useCreate, useDay, usePatients, useReferrals, useScreening } from '../../app/queries';
import { useSession } from '../../app/session';
import { useNow } from '../../app/useNow';
import { bookedSpans, bookingOf, firstFree, minutesOfService, type Booking } from '../../clinic/booking';
import { intents, reasons, usualIntent, type IntentCode, type ReasonCode } from '../../clinic/visit';
import { conceptText, patientNumber, personName } from '../../fhir/read';
import { standing, type Issue } from '../../fhir/screening';
import { clock, dayOf, minutesOf, type Day } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { AlertLine } from '../../safety/AlertLine';
import { useClearances } from '../../safety/useClearances';
import { Failure } from '../../shared/Failure';
import { TypeAhead } from '../../shared/TypeAhead';
import u from '../../styles/u.module.css';

type Known = { id: string; name: string };
const nobody: Known = { id: '', name: '' };
type Props = {
  day: Day;
  patient?: Known;
  therapist?: string;
  room?: string;
  time?: string;
  onClose: () => void;
  onBooked?: () => void;
};

export default function BookDialog({ day, patient, therapist, room, time, onClose, onBooked }: Props) {
  const { practitioner, practice } = useSession();
  const [who, setWho] = useState<Known | null>(patient ?? null);
  const [form, setForm] = useState({
    service: 'treatment-60',
    therapist: therapist ?? practitioner ?? '',
    room: room ?? '',
    day,
    time: time ?? '',
    complaint: '',
    reason: '' as ReasonCode | '',
    intent: '' as IntentCode | '',
    referral: '',
  });
  const plan = useDay(form.day, Boolean(form.day));
  const services = useCodes('service');
  const referrals = useReferrals(who?.id);
  const create = useCreate<fhir4.Appointment>();
  const screening = useScreening(who?.id, form.day);
  const treatment = form.service.startsWith('treatment');
  const issues = treatment ? standing(screening.data?.issues ?? []) : [];
  const { lines, dialog } = useClearances(who ?? nobody, screening.data?.issues ?? []);
  const holds = treatment && screening.data?.decision === 'clearance';
  const therapists = plan.data?.therapists ?? [];
  const rooms = plan.data?.rooms ?? [];
  const chosen = therapists.find((t) => t.ref === form.therapist) ?? therapists[0];
  const usual = rooms.find((r) => r.name === chosen?.note)?.ref;
  const place = form.room || usual || rooms[0]?.ref || '';
  const referral = referrals.data?.find((r) => `ServiceRequest/${r.id}` === form.referral) ?? referrals.data?.[0];
  const now = useNow();
  const today = dayOf(now, practice.timeZone);
  const earliest = form.day === today ? minutesOf(now, practice.timeZone) : 0;
  const length = minutesOfService(form.service);
  const free = firstFree(plan.data?.visits ?? [], chosen?.ref, place, chosen?.open ?? null, length, earliest);
  /** Until a time is typed, the first free one stands. */
  const when = form.time || (plan.data ? clock(free ?? 9 * 60) : '');
  const complaint = form.complaint || (conceptText(referral?.reasonCode?.[0]) ?? '');
  /** A referral means a condition; the reason means an intent, until somebody says otherwise. */
  const reason = form.reason || (referral ? 'condition' : '');
  const intent = form.intent || (reason && usualIntent(reason));
  const set = (part: Partial<typeof form>) => {
    create.reset();
    setForm((old) => ({ ...old, ...part }));
  };
  const field = (key: keyof typeof form) => ({
    value: form[key],
    onChange: (event: { currentTarget: { value: string } }) => set({ [key]: event.currentTarget.value }),
  });
  // The list of services may not hold the default: the first treatment then stands for it.
  useEffect(() => {
    const codes = services.data?.map((s) => s.code) ?? [];
    if (codes.length && !codes.includes(form.service))
      set({ service: codes.find((c) => c.startsWith('treatment')) ?? codes[0] });
  }, [services.data]);

  const book = (status: 'booked' | 'pending') => {
    if (!who || !chosen) return;
    const service = services.data?.find((s) => s.code === form.service);
    const booking: Booking = {
      patient: who,
      therapist: { reference: chosen.ref, name: chosen.name },
      room: rooms.find((r) => r.ref === place) && { reference: place, name: rooms.find((r) => r.ref === place)!.name },
      service: { code: form.service, name: service?.name ?? form.service },
      day: form.day,
      time: when,
      complaint,
      reason,
      intent: intent || undefined,
      status,
      referral: referral && `ServiceRequest/${referral.id}`,
      zone: practice.timeZone,
    };
    create.mutate(bookingOf(booking), {
      onSuccess: () => {
        onBooked?.();
        onClose();
      },
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    book(holds ? 'pending' : 'booked');
  };
  const taken = bookedSpans(plan.data?.visits ?? [], chosen?.ref, place);
  // What is asked about a clearance stands in place of the booking, which is as it was when that closes.
  if (dialog) return dialog;
  return (
    <Modal opened onClose={onClose} title={patient ? `Book a visit for ${patient.name}` : 'Book a visit'} size="lg">
      <form className={u.form} onSubmit={submit}>
        <div className={u.fields}>
          {!patient && (
            <div className={u.wide}>
              <PatientField who={who} onWho={(next) => (create.reset(), setWho(next))} />
            </div>
          )}
          <NativeSelect
            label="Service"
            data={(services.data ?? [{ code: 'treatment-60', name: 'Treatment, 60 minutes' }]).map((s) => ({
              value: s.code,
              label: s.name === s.code ? `${s.code} (${minutesOfService(s.code)} min)` : s.name,
            }))}
            {...field('service')}
          />
          <TextInput
            label="Complaint"
            value={complaint}
            onChange={(event) => set({ complaint: event.currentTarget.value })}
          />
          <NativeSelect
            label="Reason for the visit"
            data={[{ value: '', label: 'Not stated' }, ...reasons.map((r) => ({ value: r.code, label: r.name }))]}
            {...field('reason')}
            value={reason}
          />
          <NativeSelect
            label="Intent"
            data={[{ value: '', label: 'Not stated' }, ...intents.map((i) => ({ value: i.code, label: i.name }))]}
            {...field('intent')}
            value={intent}
          />
          <NativeSelect
            label="Therapist"
            data={therapists.map((t) => ({ value: t.ref, label: t.name }))}
            {...field('therapist')}
            value={chosen?.ref ?? ''}
          />
          <NativeSelect
            label="Room"
            data={rooms.map((r) => ({ value: r.ref, label: r.name }))}
            {...field('room')}
            value={place}
          />
          <TextInput label="Date" type="date" required {...field('day')} />
          <TextInput
            label={`Time (${practice.timeZone})`}
            type="time"
            step={900}
            required
            {...field('time')}
            value={when}
          />
          {(referrals.data?.length ?? 0) > 1 && (
            <div className={u.wide}>
              <NativeSelect
                label="Referral"
                data={referrals.data!.map((r) => ({
                  value: `ServiceRequest/${r.id}`,
                  label: `${conceptText(r.reasonCode?.[0]) ?? 'Referral'}, ${r.requester?.display ?? ''}`,
                }))}
                {...field('referral')}
                value={referral ? `ServiceRequest/${referral.id}` : ''}
              />
            </div>
          )}
        </div>
        <p className={cx(u.small, u.muted, u.num)}>
          {referral && !form.referral && `On the referral of ${referral.requester?.display ?? 'the prescriber'}. `}
          {taken.length
            ? `Taken that day: ${taken.join(', ')}.`
            : plan.data
              ? 'Nothing is booked there that day yet.'
              : ''}
        </p>
        {who && issues.length > 0 && (
          <Rules issues={issues} patient={who.id} on={form.day} today={today} clearances={lines} />
        )}
        <Failure error={create.error ?? plan.error ?? screening.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!who || !chosen || plan.isPending}>
            {holds ? 'Hold the time' : 'Book'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

type RulesProps = Omit<ComponentProps<typeof AlertLine>, 'issue'> & { issues: Issue[] };

/** What stands in the way of the visit, and folded away what only limits it. */
function Rules({ issues, ...line }: RulesProps) {
  const blocking = issues.filter((issue) => issue.level === 'absolute' || issue.level === 'clearance');
  const limiting = issues.filter((issue) => !blocking.includes(issue));
  return (
    <section className={cx(u.stack, u.g8)} aria-label="Safety on that day">
      {blocking.map((issue) => (
        <AlertLine key={issue.rule} issue={issue} {...line} />
      ))}
      {blocking.length > 0 && blocking.every((issue) => issue.level === 'clearance') && (
        <p className={cx(u.small, u.muted)}>The time can be held until the clearance is on record; then it is booked.</p>
      )}
      {limiting.length > 0 && (
        <details className={u.fold}>
          <summary>{plural(limiting.length, 'precaution')} on that day</summary>
          <div className={cx(u.stack, u.g8)}>
            {limiting.map((issue) => (
              <AlertLine key={issue.rule} issue={issue} {...line} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

function PatientField({ who, onWho }: { who: Known | null; onWho: (who: Known | null) => void }) {
  const [text, setText] = useState('');
  const found = usePatients(text);
  return (
    <TypeAhead
      label="Patient"
      placeholder="Type a name"
      required
      icon={<IconSearch size={18} aria-hidden />}
      text={who ? who.name : text}
      none="Nobody of that name. Register the patient first."
      options={(found.data ?? []).slice(0, 8).map((patient) => ({
        key: patient.id,
        label: personName(patient),
        note: [patient.birthDate && `born ${patient.birthDate}`, patientNumber(patient)].filter(Boolean).join(' · '),
      }))}
      onText={(next) => {
        setText(next);
        onWho(null);
      }}
      onTake={(option) => onWho({ id: option.key, name: option.label })}
    />
  );
}
