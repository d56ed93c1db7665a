// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// People and their visits: names, doubles, reasons, and the one transaction of a new client.
import { describe, expect, it } from 'vitest';
import { systems } from '../fhir/canonical';
import { withoutComputed } from '../fhir/client';
import { Contents } from '../fhir/read';
import type { Visit } from './day';
import { bookedClient, createdId, isFree, roomNow, startOfNow, walkInClient, type NewVisit } from './newClient';
import {
  changedBy,
  commonTo,
  contactOf,
  emptyPerson,
  isMinor,
  keptInstead,
  mergeRequest,
  patientOf,
  readContacts,
  readMatches,
  readTeam,
  splitName,
  withMember,
} from './people';
import { intentConcept, ofAppointment, reasonConcept, usualIntent } from './visit';

const zone = 'America/New_York';
const visit: NewVisit = {
  therapist: { reference: 'Practitioner/ml', name: 'Maya Lind' },
  room: { reference: 'Location/room-1', name: 'Room 1' },
  service: { code: 'treatment-60', name: 'Treatment, 60 minutes' },
  day: '2026-11-23',
  time: '10:20',
  complaint: ' tired shoulders ',
  reason: 'relaxation',
  intent: 'relaxation',
  status: 'arrived',
  zone,
};

describe('a person from a short form', () => {
  it('splits a name; one word is a first name', () => {
    expect(splitName('  Ana Maria  Petrov ')).toEqual({ given: 'Ana Maria', family: 'Petrov' });
    expect(splitName('Ana')).toEqual({ given: 'Ana', family: '' });
  });
  it('writes down only what was said', () => {
    expect(patientOf({ ...emptyPerson, given: 'Ana' })).toEqual({
      resourceType: 'Patient',
      active: true,
      name: [{ use: 'official', given: ['Ana'] }],
    });
    const full = patientOf({ ...emptyPerson, family: 'Petrov', phone: '555 0100', birthDate: '1974-03-05' });
    expect(full.telecom).toEqual([{ system: 'phone', value: '555 0100', use: 'mobile' }]);
    expect(full.birthDate).toBe('1974-03-05');
  });
  it('is a minor under eighteen; without a birth date it is not assumed', () => {
    expect(isMinor({ resourceType: 'Patient', birthDate: '2008-11-24' }, '2026-11-23')).toBe(true);
    expect(isMinor({ resourceType: 'Patient', birthDate: '2008-11-23' }, '2026-11-23')).toBe(false);
    expect(isMinor({ resourceType: 'Patient' }, '2026-11-23')).toBe(false);
  });
});

describe('possible doubles', () => {
  const asked = patientOf({ ...emptyPerson, given: 'Zoe', family: 'Muller', phone: '(555) 123-4567' });
  it('says what two records share, whatever the spelling', () => {
    const other = patientOf({ ...emptyPerson, given: 'Zoë', family: 'Müller', phone: '+1 555 1234567' });
    expect(commonTo(asked, other)).toEqual(['same name', 'same telephone']);
    expect(commonTo(asked, patientOf({ ...emptyPerson, family: 'Mueller' }))).toEqual(['a name that sounds like it']);
  });
  it('reads the answer best first and leaves out what is no Patient', () => {
    const grade = { url: 'http://hl7.org/fhir/StructureDefinition/match-grade', valueCode: 'certain' };
    const entry = (id: string, score: number, extension?: fhir4.Extension[]): fhir4.BundleEntry => ({
      resource: { ...asked, id },
      search: { score, extension },
    });
    const outcome = { resource: { resourceType: 'OperationOutcome', issue: [] } as fhir4.OperationOutcome };
    const found = readMatches(
      { resourceType: 'Bundle', type: 'searchset', entry: [entry('a', 0.5), outcome, entry('b', 0.9, [grade])] },
      asked,
    );
    expect(found.map((m) => [m.patient.id, m.grade])).toEqual([
      ['b', 'certain'],
      ['a', 'possible'],
    ]);
  });
  it('asks for a merge, previews it, and follows it', () => {
    expect(mergeRequest('a', 'b', 'preview').parameter!.map((p) => p.name)).toContain('preview');
    expect(mergeRequest('a', 'b', 'merge').parameter!.map((p) => p.name)).toEqual(['source-patient', 'target-patient']);
    expect(changedBy({ resourceType: 'Parameters', parameter: [{ name: 'changed', valueInteger: 7 }] })).toBe(7);
    const merged: fhir4.Patient = { resourceType: 'Patient', link: [{ type: 'replaced-by', other: { reference: 'Patient/b' } }] };
    expect(keptInstead(merged)).toBe('Patient/b');
    expect(keptInstead({ resourceType: 'Patient' })).toBeUndefined();
  });
});

describe('reasons and intents', () => {
  it('are codes with the complaint as text', () => {
    expect(reasonConcept('', ' ')).toBeUndefined();
    expect(reasonConcept('stress', 'sleeps badly')).toEqual({
      coding: [{ system: systems.visitReason, code: 'stress', display: 'Stress' }],
      text: 'sleeps badly',
    });
    expect(usualIntent('injury-recovery')).toBe('therapeutic');
    expect(usualIntent('stress')).toBe('relaxation');
  });
  it('go with the visit', () => {
    const appointment = { appointmentType: intentConcept('maintenance'), reasonCode: [{ text: 'x' }] };
    const carried = ofAppointment(appointment as fhir4.Appointment);
    expect(carried.types).toEqual([appointment.appointmentType]);
    expect(carried.reason).toEqual([{ text: 'x' }]);
    expect(ofAppointment(undefined)).toEqual({ types: [], reason: undefined });
  });
});

describe('a new client in one step', () => {
  const person = { ...emptyPerson, given: 'Ana', family: 'Petrov' };
  it('is a patient and an appointment of theirs', () => {
    const { entry } = bookedClient(person, visit);
    const [patient, appointment] = entry!;
    const booked = appointment!.resource as fhir4.Appointment;
    expect(booked.status).toBe('arrived');
    expect(booked.participant[0]!.actor).toEqual({ reference: patient!.fullUrl, display: 'Ana Petrov' });
    expect(booked.reasonCode![0]).toMatchObject({ text: 'tired shoulders' });
    expect(booked.appointmentType!.coding![0]!.code).toBe('relaxation');
    expect(booked.basedOn).toBeUndefined();
  });
  it('walks in without a place in the calendar', () => {
    const { entry } = walkInClient(person, visit, new Date('2026-11-23T15:22:00Z'));
    const encounter = entry![1]!.resource as fhir4.Encounter;
    expect(encounter.status).toBe('in-progress');
    expect(encounter.subject!.reference).toBe(entry![0]!.fullUrl);
    expect(encounter.type!.map((t) => t.coding![0]!.code)).toEqual(['treatment-60', 'relaxation']);
    expect(encounter.period!.start).toBe('2026-11-23T10:22:00-05:00');
  });
  it('finds its ids in the answer', () => {
    const response = (location: string) => ({ response: { status: '201', location } });
    const answer: fhir4.Bundle = {
      resourceType: 'Bundle',
      type: 'transaction-response',
      entry: [response('Patient/p1/_history/1'), response('http://x/fhir/R4/Appointment/a1/_history/1')],
    };
    expect(createdId(answer, 'Patient')).toBe('p1');
    expect(createdId(answer, 'Appointment')).toBe('a1');
    expect(createdId(answer, 'Encounter')).toBeUndefined();
  });
  it('takes the usual room, else a free one, else none', () => {
    const taken = (part: Partial<Visit>) => ({ start: 600, end: 660, state: 'booked', ...part }) as Visit;
    const rooms = [
      { ref: 'Location/1', name: 'Room 1' },
      { ref: 'Location/2', name: 'Room 2' },
    ];
    const now = (visits: Visit[]) => roomNow(visits, 'Practitioner/ml', rooms, 'Location/2', 620, 'treatment-30');
    expect(now([])?.ref).toBe('Location/2');
    expect(now([taken({ room: 'Location/2' })])?.ref).toBe('Location/1');
    expect(now([taken({ therapist: 'Practitioner/ml' })])).toBeNull();
    expect(now([taken({ room: 'Location/1' }), taken({ room: 'Location/2' })])).toBeNull();
    expect(isFree([taken({ room: 'Location/1', state: 'missed' })], 'Location/1', 620, 30)).toBe(true);
    expect(isFree([taken({ room: 'Location/1', state: 'done' })], 'Location/1', 620, 30)).toBe(false);
    expect(isFree([taken({ room: 'Location/1' })], 'Location/1', 660, 30)).toBe(true);
    expect(startOfNow(624)).toBe(620);
  });
});

describe('the people around a patient', () => {
  it('are contacts and a care team', () => {
    const guardian = { ...contactOf({ name: 'Eva Petrov', relation: 'GUARD', phone: '1', email: '' }, 'p'), id: 'g' };
    const gone = { ...guardian, id: 'x', active: false };
    const team = { ...withMember(undefined, 'p', { name: 'Dr Vega', role: 'Family doctor' }), id: 't' };
    const more = withMember(team, 'p', { name: 'Jo', role: 'Physiotherapist' });
    expect(more.participant).toHaveLength(2);
    const found = new Contents({
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [guardian, gone, { ...more, id: 't' }].map((resource) => ({ resource })),
    });
    expect(readContacts(found)).toEqual([{ id: 'g', name: 'Eva Petrov', role: 'Guardian', reach: '1', guardian: true }]);
    expect(readTeam(found)).toEqual([
      { name: 'Dr Vega', role: 'Family doctor' },
      { name: 'Jo', role: 'Physiotherapist' },
    ]);
  });
});

describe('what the server computes', () => {
  it('is not sent back', () => {
    const tagged = {
      resourceType: 'Appointment',
      id: 'a',
      meta: { tag: [{ system: systems.attention, code: 'form-missing' }] },
    } as unknown as fhir4.Appointment;
    expect(withoutComputed(tagged).meta).toBeUndefined();
  });
});
