// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// People as the clinic writes them down: a patient from a short form (a name is enough), who they may be already
// ($match), and the people around them: guardian, contacts, care team.
import { systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { codeIn, conceptText, key, personName, type Contents } from '../fhir/read';
import { age, type Day } from '../lib/time';

export type PersonForm = {
  given: string;
  family: string;
  birthDate: string;
  gender: string;
  phone: string;
  email: string;
  number: string;
};

export const emptyPerson: PersonForm = {
  given: '',
  family: '',
  birthDate: '',
  gender: '',
  phone: '',
  email: '',
  number: '',
};

/** "Ana Maria Petrov" → Ana Maria, Petrov. A single word is a first name: that is what one says on the telephone. */
export function splitName(name: string): { given: string; family: string } {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length < 2) return { given: words[0] ?? '', family: '' };
  return { given: words.slice(0, -1).join(' '), family: words.at(-1)! };
}

const telecomOf = (phone: string, email: string): fhir4.ContactPoint[] => [
  ...(phone.trim() ? [{ system: 'phone' as const, value: phone.trim(), use: 'mobile' as const }] : []),
  ...(email.trim() ? [{ system: 'email' as const, value: email.trim() }] : []),
];

function humanName(given: string, family: string): fhir4.HumanName {
  const first = given.trim().split(/\s+/).filter(Boolean);
  return { use: 'official', ...(family.trim() && { family: family.trim() }), ...(first.length && { given: first }) };
}

export function patientOf(form: PersonForm): fhir4.Patient {
  const telecom = telecomOf(form.phone, form.email);
  return {
    resourceType: 'Patient',
    ...(form.number.trim() && { identifier: [{ system: systems.patientNumber, value: form.number.trim() }] }),
    active: true,
    name: [humanName(form.given, form.family)],
    ...(telecom.length && { telecom }),
    ...(form.gender && { gender: form.gender as fhir4.Patient['gender'] }),
    ...(form.birthDate && { birthDate: form.birthDate }),
  };
}

export type Grade = 'certain' | 'probable' | 'possible';
export type Match = { patient: Stored<fhir4.Patient>; score: number; grade: Grade; why: string[] };

const gradeUrl = 'http://hl7.org/fhir/StructureDefinition/match-grade';
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
const digits = (text: string) => text.replace(/\D/g, '').slice(-7);
const contact = (patient: fhir4.Patient, system: string) =>
  (patient.telecom ?? []).filter((t) => t.system === system).map((t) => t.value ?? '');

/** What two records have in common, in words; the server judges, this only says why it may have. */
export function commonTo(a: fhir4.Patient, b: fhir4.Patient): string[] {
  const share = (system: string, fold: (text: string) => string) =>
    contact(a, system).some((one) => fold(one) && contact(b, system).some((other) => fold(other) === fold(one)));
  const same: [boolean, string][] = [
    [folded(personName(a)) === folded(personName(b)), 'same name'],
    [Boolean(a.birthDate) && a.birthDate === b.birthDate, 'same birth date'],
    [share('phone', digits), 'same telephone'],
    [share('email', folded), 'same e-mail'],
  ];
  const found = same.filter(([holds]) => holds).map(([, word]) => word);
  return found.length ? found : ['a name that sounds like it'];
}

/** The answer of Patient/$match, best first. */
export function readMatches(bundle: fhir4.Bundle, asked: fhir4.Patient): Match[] {
  return (bundle.entry ?? [])
    .filter((entry) => entry.resource?.resourceType === 'Patient')
    .map((entry) => {
      const patient = entry.resource as Stored<fhir4.Patient>;
      const graded = entry.search?.extension?.find((e) => e.url === gradeUrl)?.valueCode as Grade | undefined;
      const score = entry.search?.score ?? 0;
      return { patient, score, grade: graded ?? 'possible', why: commonTo(asked, patient) };
    })
    .sort((a, b) => b.score - a.score);
}

export const matchRequest = (patient: fhir4.Patient): fhir4.Parameters => ({
  resourceType: 'Parameters',
  parameter: [{ name: 'resource', resource: patient }],
});

/** The one that a merged record was folded into. */
export const keptInstead = (patient: fhir4.Patient) =>
  key(patient.link?.find((link) => link.type === 'replaced-by')?.other.reference);

export function mergeRequest(source: string, target: string, kind: 'preview' | 'merge'): fhir4.Parameters {
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'source-patient', valueReference: { reference: `Patient/${source}` } },
      { name: 'target-patient', valueReference: { reference: `Patient/${target}` } },
      ...(kind === 'preview' ? [{ name: 'preview', valueBoolean: true }] : []),
    ],
  };
}

/** How many records a merge moves, or would move. */
export const changedBy = (answer: fhir4.Parameters) =>
  answer.parameter?.find((part) => part.name === 'changed')?.valueInteger ?? 0;

export const relations = [
  { code: 'GUARD', name: 'Guardian' },
  { code: 'PRN', name: 'Parent' },
  { code: 'SPS', name: 'Spouse or partner' },
  { code: 'CHILD', name: 'Child' },
  { code: 'FRND', name: 'Friend' },
  { code: 'ECON', name: 'Emergency contact' },
] as const;

export type Contact = { id: string; name: string; role: string; reach: string; guardian: boolean };

const reachOf = (telecom?: fhir4.ContactPoint[]) =>
  (telecom ?? [])
    .map((t) => t.value)
    .filter(Boolean)
    .join(', ');

export function readContacts(found: Contents): Contact[] {
  return found
    .all('RelatedPerson')
    .filter((person) => person.active !== false)
    .map((person) => {
      const code = codeIn(person.relationship?.[0], systems.role);
      const role = relations.find((r) => r.code === code)?.name ?? conceptText(person.relationship?.[0]) ?? 'Contact';
      const guardian = code === 'GUARD' || code === 'PRN';
      return { id: person.id, name: personName(person), role, reach: reachOf(person.telecom), guardian };
    });
}

export type ContactForm = { name: string; relation: string; phone: string; email: string };

export function contactOf(form: ContactForm, patient: string): fhir4.RelatedPerson {
  const { given, family } = splitName(form.name);
  const telecom = telecomOf(form.phone, form.email);
  const relation = relations.find((r) => r.code === form.relation);
  return {
    resourceType: 'RelatedPerson',
    active: true,
    patient: { reference: `Patient/${patient}` },
    relationship: [{ coding: [{ system: systems.role, code: form.relation, display: relation?.name }] }],
    name: [humanName(given, family)],
    ...(telecom.length && { telecom }),
  };
}

export type Member = { name: string; role: string };

/** Everybody of the patient's care teams, once each. */
export function readTeam(found: Contents): Member[] {
  return found
    .all('CareTeam')
    .filter((team) => team.status !== 'inactive' && team.status !== 'entered-in-error')
    .flatMap((team) => team.participant ?? [])
    .map((one) => ({ name: one.member?.display ?? 'Not named', role: conceptText(one.role?.[0]) ?? 'Member' }))
    .filter((one, at, all) => all.findIndex((x) => x.name === one.name && x.role === one.role) === at);
}

/** The patient's care team with one member more: the one there is, or a new one. */
export function withMember(team: Stored<fhir4.CareTeam> | undefined, patient: string, member: Member): fhir4.CareTeam {
  const one = { role: [{ text: member.role.trim() }], member: { display: member.name.trim() } };
  if (team) return { ...team, participant: [...(team.participant ?? []), one] };
  return {
    resourceType: 'CareTeam',
    status: 'active',
    subject: { reference: `Patient/${patient}` },
    participant: [one],
  };
}

/** Under eighteen somebody else consents. */
export const isMinor = (patient: fhir4.Patient, on: Day) => (age(patient.birthDate, on) ?? 18) < 18;
