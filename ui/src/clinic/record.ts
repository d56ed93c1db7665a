// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a chart holds beside visits and ratings, read from the Bundle of $chart: people, diagnoses with how they came about,
// documents, consents, comfort, plans and their reviews, what the patient wrote since the last visit.
import { extensions, systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { codeIn, conceptText, Contents, flatItems, key } from '../fhir/read';
import { capital } from '../lib/text';
import type { Day } from '../lib/time';
import { readContacts, readTeam, type Contact, type Member } from './people';

export type PatientRecord = {
  patient: Stored<fhir4.Patient>;
  contacts: Contact[];
  teams: Stored<fhir4.CareTeam>[];
  team: Member[];
  conditions: Stored<fhir4.Condition>[];
  documents: Stored<fhir4.DocumentReference>[];
  consent?: Stored<fhir4.Consent>;
  comfort: [string, string][];
  plans: Stored<fhir4.CarePlan>[];
  reviews: Stored<fhir4.ClinicalImpression>[];
  observations: Stored<fhir4.Observation>[];
  responses: Stored<fhir4.QuestionnaireResponse>[];
};

const newest = <R>(list: R[], date: (one: R) => string | undefined) =>
  [...list].sort((a, b) => (date(b) ?? '').localeCompare(date(a) ?? ''));

/** Comfort wishes as lines: what was asked, what was said. */
function readComfort(patient: fhir4.Patient): [string, string][] {
  const wishes = patient.extension?.find((e) => e.url === extensions.comfort)?.extension ?? [];
  const lines = new Map<string, string[]>();
  for (const wish of wishes) {
    const said = wish.valueCode ?? wish.valueString ?? wish.valueCoding?.display ?? wish.valueCoding?.code;
    const yes = wish.valueBoolean === undefined ? undefined : wish.valueBoolean ? 'yes' : 'no';
    const text = (said ?? yes ?? '').replace(/-/g, ' ');
    const name = capital(wish.url.replace(/-/g, ' '));
    if (text) lines.set(name, [...(lines.get(name) ?? []), text]);
  }
  return [...lines].map(([name, said]) => [name, said.join(', ')]);
}

export function readRecord(bundle: fhir4.Bundle): PatientRecord {
  const found = new Contents(bundle);
  const patient = found.all('Patient')[0]!;
  const consents = found
    .all('Consent')
    .filter((c) => c.status === 'active' && c.category.some((one) => codeIn(one, systems.consent) === 'treatment'));
  return {
    patient,
    contacts: readContacts(found),
    teams: found.all('CareTeam'),
    team: readTeam(found),
    conditions: found.all('Condition'),
    documents: newest(
      found.all('DocumentReference').filter((d) => d.status === 'current'),
      (d) => d.date,
    ),
    consent: newest(consents, (c) => c.dateTime)[0],
    comfort: readComfort(patient),
    plans: newest(
      found.all('CarePlan').filter((p) => p.status !== 'entered-in-error'),
      (p) => p.period?.start ?? p.meta?.lastUpdated,
    ).sort((a, b) => Number(b.status === 'active') - Number(a.status === 'active')),
    reviews: newest(found.all('ClinicalImpression'), (r) => r.date),
    observations: found.all('Observation'),
    responses: newest(found.all('QuestionnaireResponse'), (r) => r.authored),
  };
}

export type Permission = { region: string; allowed: boolean };

/** What the patient allows by region; regions that were not asked are not listed. */
export function permissions(consent: fhir4.Consent | undefined): Permission[] {
  return (consent?.provision?.provision ?? []).flatMap((one) => {
    const region = codeIn(one.code?.[0], systems.consentRegion);
    return region ? [{ region, allowed: one.type === 'permit' }] : [];
  });
}

export const mechanisms = [
  { code: 'sport', name: 'Sport' },
  { code: 'auto', name: 'Car accident' },
  { code: 'work', name: 'Work' },
  { code: 'fall', name: 'Fall' },
  { code: 'overuse', name: 'Overuse' },
  { code: 'surgery', name: 'Surgery' },
  { code: 'other', name: 'Other' },
] as const;

export const payers = [
  { code: 'self', name: 'Pays themselves' },
  { code: 'health', name: 'Health insurance' },
  { code: 'auto', name: 'Car insurance' },
  { code: 'workers-comp', name: 'Workers’ compensation' },
] as const;

/** Who usually pays for an injury of this kind. */
export const usualPayer = (mechanism: string) =>
  mechanism === 'auto' ? 'auto' : mechanism === 'work' ? 'workers-comp' : 'self';

export const mechanismOf = (condition: fhir4.Condition) => {
  const code = condition.extension?.find((e) => e.url === extensions.mechanism)?.valueCode;
  return mechanisms.find((one) => one.code === code)?.name;
};

export type ConditionForm = {
  code: string;
  text: string;
  side: string;
  region: string;
  mechanism: string;
  onset: Day;
  payer: string;
  insurer: string;
};

export function conditionOf(form: ConditionForm, patient: string, today: Day): fhir4.Condition {
  const text = form.text.trim();
  const site = [
    ...(form.region ? [{ system: systems.region, code: form.region }] : []),
    ...(form.side ? [{ system: systems.side, code: form.side }] : []),
  ];
  return {
    resourceType: 'Condition',
    ...(form.mechanism && { extension: [{ url: extensions.mechanism, valueCode: form.mechanism }] }),
    clinicalStatus: { coding: [{ system: systems.conditionClinical, code: 'active' }] },
    verificationStatus: { coding: [{ system: systems.conditionVerification, code: 'confirmed' }] },
    code: { coding: [{ system: systems.icd10, code: form.code.trim().toUpperCase(), display: text }], text },
    ...(site.length && { bodySite: [{ coding: site }] }),
    subject: { reference: `Patient/${patient}` },
    ...(form.onset && { onsetDateTime: form.onset }),
    recordedDate: today,
  };
}

export function coverageOf(form: ConditionForm, patient: string): fhir4.Coverage {
  const payer = payers.find((one) => one.code === form.payer);
  return {
    resourceType: 'Coverage',
    status: 'active',
    type: { coding: [{ system: systems.payer, code: form.payer, display: payer?.name }] },
    beneficiary: { reference: `Patient/${patient}` },
    payor: [form.insurer.trim() ? { display: form.insurer.trim() } : { reference: `Patient/${patient}` }],
  };
}

/** A condition that is over. */
export const resolved = (condition: Stored<fhir4.Condition>, on: Day): Stored<fhir4.Condition> => ({
  ...condition,
  clinicalStatus: { coding: [{ system: systems.conditionClinical, code: 'resolved' }] },
  abatementDateTime: on,
});

/** A condition that was written down by mistake; FHIR then forbids a clinical status. */
export function mistaken(condition: Stored<fhir4.Condition>, why: string): Stored<fhir4.Condition> {
  const { clinicalStatus: _, ...rest } = condition;
  return {
    ...rest,
    verificationStatus: { coding: [{ system: systems.conditionVerification, code: 'entered-in-error' }] },
    note: [{ text: why.trim() }, ...(condition.note ?? [])],
  };
}

export type Said = { id: string; day: string; kind: 'Journal' | 'Before this visit'; text: string };

const answerText = (answer: fhir4.QuestionnaireResponseItemAnswer) =>
  answer.valueString ??
  answer.valueCoding?.display ??
  answer.valueCoding?.code ??
  answer.valueInteger?.toString() ??
  answer.valueDecimal?.toString() ??
  (answer.valueBoolean === undefined ? '' : answer.valueBoolean ? 'yes' : 'no');

const shortNames: Record<string, string> = {
  pain: 'Pain',
  sleep: 'Sleep',
  stress: 'Stress',
  medicines: 'Pain medicine',
  'medicine-text': 'Which',
  focus: 'Focus on',
  'focus-text': 'Focus on',
  changes: 'Changed',
  text: '',
};

/** What the patient wrote between visits: journal entries and wishes for the visit, newest first. */
export function saidBetween(responses: fhir4.QuestionnaireResponse[], after: string | undefined): Said[] {
  return responses.flatMap((one): Said[] => {
    const form = one.questionnaire?.split('|')[0]?.split('/').at(-1);
    if (form !== 'journal' && form !== 'pre-visit') return [];
    if (after && (one.authored ?? '') !== '' && Date.parse(one.authored!) < Date.parse(after)) return [];
    const lines = flatItems(one.item).flatMap((item) => {
      const name = shortNames[item.linkId];
      const said = (item.answer ?? []).map(answerText).filter(Boolean).join(', ');
      if (name === undefined || !said) return [];
      return [name ? `${name}: ${said}` : `“${said}”`];
    });
    const kind = form === 'journal' ? 'Journal' : 'Before this visit';
    return lines.length
      ? [{ id: one.id ?? '', day: (one.authored ?? '').slice(0, 10), kind, text: lines.join('. ') }]
      : [];
  });
}

export const documentsOf = (documents: Stored<fhir4.DocumentReference>[], reference: string) =>
  documents.filter((d) =>
    [...(d.context?.related ?? []), ...(d.context?.encounter ?? [])].some((one) => key(one.reference) === reference),
  );

export const documentName = (document: fhir4.DocumentReference) =>
  conceptText(document.type) ?? document.content[0]?.attachment.title ?? 'Document';
