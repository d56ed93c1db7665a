// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A client who calls or walks in, in one step: the person and their visit as one transaction. No referral, diagnosis or
// plan is needed. Where therapist or rooms are taken, a walk-in opens an Encounter and no appointment.
import { systems } from '../fhir/canonical';
import { writeInstant } from '../lib/time';
import { uuidv7 } from '../lib/uuid';
import { bookingOf, minutesOfService, type Booking } from './booking';
import type { Visit } from './day';
import { patientOf, type PersonForm } from './people';
import { intentConcept, reasonConcept } from './visit';

type Entry = fhir4.BundleEntry;
export type NewVisit = Omit<Booking, 'patient'>;

const post = (resource: fhir4.FhirResource): Entry & { fullUrl: string } => ({
  fullUrl: `urn:uuid:${uuidv7()}`,
  resource,
  request: { method: 'POST', url: resource.resourceType },
});

const transaction = (...entry: Entry[]): fhir4.Bundle => ({ resourceType: 'Bundle', type: 'transaction', entry });

/** The visit of a client who has no record yet: Patient and Appointment. */
export function bookedClient(person: PersonForm, visit: NewVisit): fhir4.Bundle {
  const patient = post(patientOf(person));
  const name = [person.given, person.family].join(' ').trim();
  const appointment = bookingOf({ ...visit, patient: { id: '', name } });
  appointment.participant[0] = { actor: { reference: patient.fullUrl, display: name }, status: 'accepted' };
  return transaction(patient, post(appointment));
}

/** The visit that begins now without a place in the calendar: Patient and an Encounter in progress. */
export function walkInClient(person: PersonForm, visit: NewVisit, now: Date): fhir4.Bundle {
  const patient = post(patientOf(person));
  const reason = reasonConcept(visit.reason ?? '', visit.complaint);
  const { code, name } = visit.service;
  const encounter: fhir4.Encounter = {
    resourceType: 'Encounter',
    status: 'in-progress',
    class: { system: systems.actCode, code: 'AMB', display: 'ambulatory' },
    type: [
      { coding: [{ system: systems.service, code, display: name }] },
      ...(visit.intent ? [intentConcept(visit.intent)] : []),
    ],
    subject: { reference: patient.fullUrl },
    participant: [{ individual: { reference: visit.therapist.reference, display: visit.therapist.name } }],
    period: { start: writeInstant(now, visit.zone) },
    ...(reason && { reasonCode: [reason] }),
  };
  return transaction(patient, post(encounter));
}

/** The id that the server gave to the entry of a type. */
export function createdId(answer: fhir4.Bundle, type: string): string | undefined {
  const location = answer.entry?.map((entry) => entry.response?.location ?? '').find((l) => l.includes(`${type}/`));
  return location && new RegExp(`${type}/([^/]+)`).exec(location)?.[1];
}

/** A visit that begins now starts on the last five minutes, so that it is read easily in the calendar. */
export const startOfNow = (minute: number) => Math.floor(minute / 5) * 5;

/** Whether nothing of the therapist or the room lies in these minutes; a visit that is done early still holds its time. */
export const isFree = (visits: Visit[], reference: string | undefined, start: number, minutes: number) =>
  !visits.some(
    (v) =>
      (v.therapist === reference || v.room === reference) &&
      v.state !== 'missed' &&
      v.start < start + minutes &&
      start < v.end,
  );

/** Therapist and a room for a visit that begins now; null when either is taken. The usual room is taken first. */
export function roomNow(
  visits: Visit[],
  therapist: string | undefined,
  rooms: { ref: string; name: string }[],
  usual: string | undefined,
  start: number,
  service: string,
): { ref: string; name: string } | null {
  const minutes = minutesOfService(service);
  if (!isFree(visits, therapist, start, minutes)) return null;
  const ordered = [...rooms].sort((a, b) => Number(b.ref === usual) - Number(a.ref === usual));
  return ordered.find((room) => isFree(visits, room.ref, start, minutes)) ?? null;
}
