// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The calendar day as the screen draws it, read from the Bundle of $day. Pure functions: the same Bundle and the same
// minute always give the same picture.
import { systems, extensions } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { actor, codeIn, conceptText, Contents, idOf, integerExtension, key, personName, refTo } from '../fhir/read';
import type { Decision } from '../fhir/screening';
import { minutesOf, weekday, type Day } from '../lib/time';

/** Held: the time waits for a clearance, or for somebody to say yes. */
export type VisitState = 'held' | 'booked' | 'arrived' | 'now' | 'done' | 'missed';
export type Visit = {
  id: string;
  appointment: Stored<fhir4.Appointment>;
  who: string;
  patient: string;
  therapist?: string;
  therapistName: string;
  room?: string;
  roomName: string;
  start: number;
  end: number;
  complaint: string;
  service: string;
  treatment: boolean;
  state: VisitState;
  decision: Decision;
  /** What else the visit lacks, such as `form-missing`. */
  attention: string[];
  number?: number;
  authorised?: number;
};
export type Span = { from: number; to: number };
export type Column = { ref: string; name: string; note: string; open: Span[] | null };
export type DayPlan = { visits: Visit[]; therapists: Column[]; rooms: Column[]; from: number; to: number };

const hidden = new Set(['cancelled', 'entered-in-error']);
const holds = new Set(['proposed', 'pending', 'waitlist']);

function stateOf(appointment: fhir4.Appointment, encounter?: fhir4.Encounter): VisitState {
  if (appointment.status === 'noshow') return 'missed';
  if (appointment.status === 'fulfilled' || encounter?.status === 'finished') return 'done';
  if (encounter?.status === 'in-progress') return 'now';
  if (holds.has(appointment.status)) return 'held';
  return appointment.status === 'arrived' || appointment.status === 'checked-in' ? 'arrived' : 'booked';
}

export const decisionOf = (resource: fhir4.Resource): Decision =>
  (resource.meta?.tag?.find((tag) => tag.system === systems.screening)?.code as Decision) ?? 'none';

function readVisit(appointment: Stored<fhir4.Appointment>, found: Contents, zone: string): Visit {
  const patient = actor(appointment, 'Patient');
  const therapist = actor(appointment, 'Practitioner');
  const room = actor(appointment, 'Location');
  const order = found.get('ServiceRequest', appointment.basedOn?.[0]?.reference);
  const encounter = found
    .all('Encounter')
    .find((e) => e.appointment?.some((a) => key(a.reference) === refTo(appointment)));
  const start = minutesOf(appointment.start!, zone);
  const service = codeIn(appointment.serviceType?.[0], systems.service) ?? '';
  const end = appointment.end ? minutesOf(appointment.end, zone) : start + (appointment.minutesDuration ?? 60);
  return {
    id: appointment.id,
    appointment,
    who: found.get('Patient', patient?.reference)
      ? personName(found.get('Patient', patient?.reference))
      : (patient?.display ?? 'No patient'),
    patient: idOf(patient?.reference) ?? '',
    therapist: key(therapist?.reference),
    therapistName: nameOf(found, 'Practitioner', therapist),
    room: key(room?.reference),
    roomName: nameOf(found, 'Location', room),
    start,
    end: end > start ? end : 24 * 60,
    complaint: conceptText(appointment.reasonCode?.[0]) ?? conceptText(order?.reasonCode?.[0]) ?? '',
    service,
    treatment: service.startsWith('treatment'),
    state: stateOf(appointment, encounter),
    decision: decisionOf(appointment),
    attention: (appointment.meta?.tag ?? []).filter((t) => t.system === systems.attention).map((t) => t.code ?? ''),
    number: integerExtension(appointment, extensions.visitNumber),
    authorised: order?.quantityQuantity?.value,
  };
}

function nameOf(found: Contents, type: 'Practitioner' | 'Location', reference?: fhir4.Reference): string {
  if (type === 'Location') return found.get('Location', reference?.reference)?.name ?? reference?.display ?? '';
  const person = found.get('Practitioner', reference?.reference);
  return person ? personName(person) : (reference?.display ?? '');
}

const minutes = (time = '00:00') => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The hours at which a role works on a weekday; null where it names none at all (then nothing is shaded). */
export function openHours(role: fhir4.PractitionerRole | undefined, day: Day): Span[] | null {
  if (!role?.availableTime?.length) return null;
  const name = weekday(day);
  return role.availableTime
    .filter((time) => !time.daysOfWeek?.length || time.daysOfWeek.includes(name as never))
    .map((time) =>
      time.allDay
        ? { from: 0, to: 24 * 60 }
        : { from: minutes(time.availableStartTime), to: minutes(time.availableEndTime ?? '24:00') },
    )
    .sort((a, b) => a.from - b.from);
}

/** What is left of a span when the open hours are taken out: the shaded part of a column. */
export function closedHours(open: Span[] | null, whole: Span): Span[] {
  if (!open) return [];
  const closed: Span[] = [];
  let at = whole.from;
  for (const span of open) {
    if (span.from > at) closed.push({ from: at, to: Math.min(span.from, whole.to) });
    at = Math.max(at, span.to);
  }
  if (at < whole.to) closed.push({ from: at, to: whole.to });
  return closed.filter((span) => span.to > span.from);
}

const byName = (a: Column, b: Column) => a.name.localeCompare(b.name, 'en', { numeric: true });

/** Therapists come by name, the one who looks (`me`) first. */
export function readDay(bundle: fhir4.Bundle, day: Day, zone: string, me: string | null = null): DayPlan {
  const found = new Contents(bundle);
  const visits = found
    .all('Appointment')
    .filter((a) => a.start && !hidden.has(a.status))
    .map((a) => readVisit(a, found, zone))
    .sort((a, b) => a.start - b.start || a.who.localeCompare(b.who));
  const roles = found.all('PractitionerRole').filter((role) => role.active !== false);
  const therapists = found
    .all('Practitioner')
    .map((person) => {
      const role = roles.find((r) => key(r.practitioner?.reference) === refTo(person));
      const room = found.get('Location', role?.location?.[0]?.reference);
      return { ref: refTo(person), name: personName(person), note: room?.name ?? '', open: openHours(role, day), role };
    })
    .filter((column) => column.role || visits.some((v) => v.therapist === column.ref))
    .map(({ role: _, ...column }): Column => column)
    .sort((a, b) => Number(b.ref === me) - Number(a.ref === me) || byName(a, b));
  const rooms = found
    .all('Location')
    .map((room) => ({ ref: refTo(room), name: room.name ?? 'Room', note: '', open: null }))
    .sort(byName);
  const spans = [...visits.map((v) => ({ from: v.start, to: v.end })), ...therapists.flatMap((t) => t.open ?? [])];
  const from = Math.min(8 * 60, ...spans.map((s) => Math.floor(s.from / 60) * 60));
  const to = Math.max(18 * 60, ...spans.map((s) => Math.ceil(s.to / 60) * 60));
  return { visits, therapists, rooms, from, to };
}

export type Need = { visit: Visit; tone: 'stop' | 'hold' | 'info' | 'plain'; text: string; action: 'Review' | 'Note' };

/**
 * What needs a person on a day, worst first. `now` is minutes since midnight, or null when the day is not today. Safety
 * concerns everybody; notes and waiting patients concern their therapist (`me`), or all where nobody is named.
 */
export function needs(visits: Visit[], now: number | null, past: boolean, me: string | null = null): Need[] {
  const open = visits.filter((v) => v.state !== 'done' && v.state !== 'missed');
  const stops = open.filter((v) => v.decision === 'stop' && v.treatment);
  const clearances = open.filter((v) => v.decision === 'clearance' && v.treatment);
  const mine = open.filter((v) => me === null || v.therapist === me);
  const over = mine.filter((v) => past || (now !== null && v.end <= now));
  const waiting = mine.filter((v) => v.state === 'arrived' && now !== null && v.end > now && v.start <= now);
  return [
    ...stops.map((visit): Need => ({ visit, tone: 'stop', text: 'Do not treat before review', action: 'Review' })),
    ...clearances.map((visit): Need => ({ visit, tone: 'hold', text: 'Needs a clearance first', action: 'Review' })),
    ...over.map((visit): Need => ({ visit, tone: 'info', text: 'Over, no signed note yet', action: 'Note' })),
    ...waiting.map((visit): Need => ({ visit, tone: 'plain', text: 'Arrived, the visit has begun', action: 'Note' })),
  ].filter((need, at, all) => all.findIndex((other) => other.visit.id === need.visit.id) === at);
}
