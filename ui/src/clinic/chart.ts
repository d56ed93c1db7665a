// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A patient's chart as the screens show it, read from the Bundle of $chart: visits used of those authorised, ratings,
// the goal, and every signed note with what belongs to it.
import { painLoinc, systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { codeIn, conceptText, Contents, key, personName, refTo } from '../fhir/read';
import { dayOf, type Day } from '../lib/time';
import { readWork, type Work } from './work';

export type Rating = { day: Day; at: string; value: number; id: string };
export type NoteKind = 'session' | 'not-given' | 'stopped' | 'referred';
export type Note = {
  id: string;
  composition: Stored<fhir4.Composition>;
  encounter?: Stored<fhir4.Encounter>;
  kind: NoteKind;
  day: Day;
  at: string;
  author: string;
  work: Work[];
  before?: number;
  after?: number;
  number?: number;
};
export type Chart = {
  patient: Stored<fhir4.Patient>;
  referral?: Stored<fhir4.ServiceRequest>;
  referrals: Stored<fhir4.ServiceRequest>[];
  complaint?: string;
  referrer?: string;
  used: number;
  authorised?: number;
  ratings: Rating[];
  goal?: Stored<fhir4.Goal>;
  target?: number;
  notes: Note[];
  appointments: Stored<fhir4.Appointment>[];
  encounters: Stored<fhir4.Encounter>[];
  flags: Stored<fhir4.Flag>[];
  consents: Stored<fhir4.Consent>[];
  conditions: string[];
  medicines: string[];
  allergies: string[];
};

export const painValue = (observation: fhir4.Observation) =>
  observation.valueInteger ?? observation.valueQuantity?.value;

const measureOf = (observation: fhir4.Observation) => codeIn(observation.code, systems.measure);
const when = (observation: fhir4.Observation) => observation.effectiveDateTime ?? observation.effectiveInstant;

const asked = (observation: fhir4.Observation) => measureOf(observation) === 'nprs-before';

/** Ratings that stand for how the patient is: before a visit or between visits, never straight after the hands.
 *  What was asked at the desk and then charted in that day's note counts once. */
export function ratingsOf(observations: Stored<fhir4.Observation>[], zone: string): Rating[] {
  return observations
    .filter((o) => codeIn(o.code, systems.loinc) === painLoinc && measureOf(o) !== 'nprs-after')
    .filter((o) => painValue(o) !== undefined && when(o) && o.status !== 'entered-in-error')
    .map((o) => ({ day: dayOf(when(o)!, zone), at: when(o)!, value: painValue(o)!, id: o.id, o }))
    .filter(
      ({ day, o }, _, all) =>
        o.encounter || !asked(o) || !all.some((x) => x.o.encounter && asked(x.o) && x.day === day),
    )
    .map(({ o: _, ...rating }) => rating)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Procedures in the order in which the note lists them: the order in which the therapist worked. */
export function inOrderOf<R extends { resourceType: string; id?: string }>(note: fhir4.Composition, parts: R[]): R[] {
  const listed = (note.section ?? []).flatMap((s) => s.entry ?? []).map((e) => key(e.reference));
  const place = (part: R) => listed.indexOf(refTo(part));
  return [...parts].sort((a, b) => place(a) - place(b));
}

function readNote(composition: Stored<fhir4.Composition>, found: Contents, zone: string): Note {
  const encounter = found.get('Encounter', composition.encounter?.reference);
  const mine = (resource: { encounter?: fhir4.Reference }) =>
    Boolean(encounter) && key(resource.encounter?.reference) === refTo(encounter!);
  const observations = found.all('Observation').filter(mine);
  const pain = (code: string) => {
    const one = observations.find((o) => measureOf(o) === code);
    return one && painValue(one);
  };
  const author = composition.author[0];
  const at = encounter?.period?.start ?? composition.date;
  const person = found.get('Practitioner', author?.reference);
  return {
    id: composition.id,
    composition,
    encounter,
    kind: (codeIn(composition.type, systems.note) ?? 'session') as NoteKind,
    day: dayOf(at, zone),
    at,
    author: person ? personName(person) : (author?.display ?? ''),
    work: readWork(inOrderOf(composition, found.all('Procedure').filter(mine)), observations),
    before: pain('nprs-before'),
    after: pain('nprs-after'),
  };
}

const newestFirst = (a: { at: string }, b: { at: string }) => Date.parse(b.at) - Date.parse(a.at);

export function readChart(bundle: fhir4.Bundle, zone: string): Chart {
  const found = new Contents(bundle);
  const patient = found.all('Patient')[0]!;
  const referrals = found.all('ServiceRequest').sort((a, b) => (b.authoredOn ?? '').localeCompare(a.authoredOn ?? ''));
  const referral = referrals.find((r) => r.status === 'active');
  const encounters = found.all('Encounter');
  const notes = found
    .all('Composition')
    .filter((c) => c.status === 'final' || c.status === 'amended')
    .map((c) => readNote(c, found, zone))
    .sort(newestFirst);
  // A visit counts against the referral when a session was given, wholly or in part.
  const counted = notes
    .filter((n) => n.kind === 'session' || n.kind === 'stopped')
    .filter((n) => !referral || n.encounter?.basedOn?.some((b) => key(b.reference) === refTo(referral)))
    .reverse();
  counted.forEach((note, at) => (note.number = at + 1));
  const goal = found.all('Goal').find((g) => g.lifecycleStatus === 'active');
  const named = (concept?: fhir4.CodeableConcept) => conceptText(concept) ?? 'Unnamed';
  return {
    patient,
    referral,
    referrals,
    complaint: conceptText(referral?.reasonCode?.[0]),
    referrer: referral?.requester?.display,
    used: counted.length,
    authorised: referral?.quantityQuantity?.value,
    ratings: ratingsOf(found.all('Observation'), zone),
    goal,
    target: goal?.target?.find((t) => t.detailQuantity)?.detailQuantity?.value,
    notes,
    appointments: found.all('Appointment').sort((a, b) => (a.start ?? '').localeCompare(b.start ?? '')),
    encounters,
    flags: found.all('Flag'),
    consents: found.all('Consent'),
    conditions: found.all('Condition').map((c) => named(c.code)),
    medicines: [
      ...found.all('MedicationStatement').map((m) => named(m.medicationCodeableConcept)),
      ...found.all('MedicationRequest').map((m) => named(m.medicationCodeableConcept)),
    ],
    allergies: found.all('AllergyIntolerance').map((a) => named(a.code)),
  };
}

/** What was done at a place when it was worked on last, naming that note; undefined where it never was. */
export function lastAt(notes: Note[], key: string): Work | undefined {
  for (const note of notes) {
    const line = note.work.find((one) => one.site.key === key);
    if (line) return { ...line, from: refTo(note.composition) };
  }
  return undefined;
}

/** Minutes of work at each place over the newest visits, most first. */
export function workOver(notes: Note[], visits = 6): { key: string; name: string; minutes: number }[] {
  const sums = new Map<string, { key: string; name: string; minutes: number }>();
  for (const work of notes
    .filter((n) => n.work.length)
    .slice(0, visits)
    .flatMap((n) => n.work)) {
    const sum = sums.get(work.site.key) ?? { key: work.site.key, name: work.site.name, minutes: 0 };
    sum.minutes += work.minutes;
    sums.set(work.site.key, sum);
  }
  return [...sums.values()].sort((a, b) => b.minutes - a.minutes);
}
