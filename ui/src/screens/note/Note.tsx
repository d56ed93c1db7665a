// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The session note of one visit: a follow-up takes about ten taps. A hard stop takes away the treatment part, never the
// note itself: that a session was not given, was stopped or referred can always be written.
import { ActionIcon, Button, Center, Loader } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useAppointment, useChart, useScreening } from '../../app/queries';
import { useSession } from '../../app/session';
import { useNow } from '../../app/useNow';
import type { Chart, Note as SignedNote } from '../../clinic/chart';
import type { Stored } from '../../fhir/client';
import { actor, idOf, key, personName, refTo } from '../../fhir/read';
import type { Screening } from '../../fhir/screening';
import { dayOf, longDay, timeOf } from '../../lib/time';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Notice } from '../../shared/Notice';
import u from '../../styles/u.module.css';
import { NoteEditor } from './NoteEditor';
import css from './note.module.css';
import { useStoredDraft } from './useKeptDraft';

const HappenedDialog = lazy(() => import('../../safety/HappenedDialog'));
const SignedNote = lazy(() => import('./SignedNote'));

export type Visit = {
  chart: Chart;
  screening: Screening;
  appointment?: Stored<fhir4.Appointment>;
  encounter?: Stored<fhir4.Encounter>;
  day: string;
};

function signedFor(chart: Chart, appointment?: fhir4.Appointment): SignedNote | undefined {
  if (!appointment) return undefined;
  const mine = (e?: fhir4.Encounter) => e?.appointment?.some((a) => key(a.reference) === refTo(appointment));
  return chart.notes.find((note) => mine(note.encounter));
}

export default function Note({ appointment: asked }: { appointment: string }) {
  const { practice, practitioner } = useSession();
  const zone = practice.timeZone;
  const today = dayOf(useNow(), zone);
  const [, go] = useLocation();
  const query = new URLSearchParams(useSearch());
  const [happened, setHappened] = useState(false);
  const fresh = asked === 'new';
  const appointment = useAppointment(fresh ? undefined : asked);
  const patient = fresh
    ? (query.get('patient') ?? undefined)
    : idOf(appointment.data && actor(appointment.data, 'Patient')?.reference);
  const day = appointment.data?.start ? dayOf(appointment.data.start, zone) : today;
  const chart = useChart(patient);
  const screening = useScreening(patient, day);
  const draftKey = fresh ? patient && `note.new.${patient}` : `note.${asked}`;
  const stored = useStoredDraft(draftKey);
  const error = appointment.error ?? chart.error ?? screening.error;
  if (error) return <Failure error={error} again={() => location.reload()} />;
  if (fresh && !patient) return <Notice tone="hold" title="This address names no patient" />;
  if (!chart.data || !screening.data || stored.isPending) {
    return (
      <Center mih="60vh">
        <Loader aria-label="Loading the note" />
      </Center>
    );
  }
  const name = personName(chart.data.patient);
  const signed = signedFor(chart.data, appointment.data);
  if (signed) {
    const when = `${longDay(day, today)}, ${timeOf(signed.at, zone)}`;
    return (
      <div className={u.stack}>
        <NoteHead patient={patient!} name={name} about={about(signed.number, chart.data.authorised, when)} />
        <Suspense>
          <SignedNote note={signed} zone={zone} />
        </Suspense>
        <div className={u.row}>
          <Button component={Link} href={day === today ? '/' : `/?date=${day}`}>
            To the day
          </Button>
          <Button component={Link} href={`/patients/${patient}`} variant="default">
            To the chart
          </Button>
          <Button variant="subtle" onClick={() => setHappened(true)}>
            Something happened…
          </Button>
        </div>
        {happened && (
          <Suspense fallback={null}>
            <HappenedDialog patient={{ id: patient!, name }} onClose={() => setHappened(false)} />
          </Suspense>
        )}
      </div>
    );
  }
  // The Encounter that was opened for this visit: the appointment's, or that of a client who walked in.
  const encounter = chart.data.encounters.find(
    (e) =>
      e.status === 'in-progress' &&
      (appointment.data
        ? e.appointment?.some((a) => key(a.reference) === refTo(appointment.data))
        : !e.appointment?.length && e.participant?.some((p) => key(p.individual?.reference) === practitioner)),
  );
  const when = appointment.data?.start
    ? `${longDay(day, today)}, ${timeOf(appointment.data.start, zone)}`
    : `${longDay(today, today)}, without an appointment`;
  const visit = { chart: chart.data, screening: screening.data, appointment: appointment.data, encounter, day };
  return (
    <NoteEditor
      visit={visit}
      draftKey={draftKey!}
      start={stored.data ?? null}
      head={<NoteHead patient={patient!} name={name} about={about(chart.data.used + 1, chart.data.authorised, when)} />}
      onSigned={() => fresh && go(`/patients/${patient}`)}
    />
  );
}

const about = (number: number | undefined, authorised: number | undefined, rest: string) =>
  [number && `Visit ${number}${authorised ? ` of ${authorised}` : ''}`, rest].filter(Boolean).join(' · ');

function NoteHead({ patient, name, about: text }: { patient: string; name: string; about: string }) {
  return (
    <div className={css.head}>
      <ActionIcon component={Link} href="/" aria-label="Back to the day" className={css.back}>
        <IconArrowLeft size={24} />
      </ActionIcon>
      <div className={u.grow}>
        <h1 className={u.pageTitle}>
          <Link href={`/patients/${patient}`} className={css.name}>
            {name}
          </Link>
        </h1>
        <p className={cx(u.small, u.muted, u.num)}>{text}</p>
      </div>
    </div>
  );
}
