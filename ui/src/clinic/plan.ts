// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A plan of treatment as the screen edits it: the proposal of $propose-plan with its reasons, the dose, what is accepted as
// one transaction (plan, goals, the former plan that ends, both signatures), and a review with a recorded decision.
import { extensions, systems } from '../fhir/canonical';
import { etag, withoutComputed, type Stored } from '../fhir/client';
import { codeIn, key } from '../fhir/read';
import type { Day } from '../lib/time';
import { uuidv7 } from '../lib/uuid';

export type Dose = { minutes: number; perWeek: number; weeks: number };
export type Reason = { text: string; grade: string; basis: string; sources: string[]; verified: boolean };
export type Warning = { code: string; text: string };
export type Option = { key: string; name: string; chosen: boolean };
export type PlannedGoal = { url: string; goal: fhir4.Goal };
export type Proposal = {
  url: string;
  plan: fhir4.CarePlan;
  goals: PlannedGoal[];
  dose: Dose;
  visits: number;
  severity?: string;
  reasons: Reason[];
  warnings: Warning[];
  conditions: Option[];
  rules: { kind: string; text: string }[];
  missing: string[];
};

const find = (parts: fhir4.ParametersParameter[] | undefined, name: string) => parts?.find((p) => p.name === name);
const text = (part?: fhir4.ParametersParameter) => part?.valueString ?? part?.valueCode ?? '';

export function doseOf(plan: fhir4.CarePlan): Dose | undefined {
  const dose = plan.extension?.find((e) => e.url === extensions.dose)?.extension;
  const value = (url: string) => {
    const one = dose?.find((e) => e.url === url);
    return one?.valueInteger ?? one?.valueDecimal ?? 0;
  };
  return dose && { minutes: value('minutes'), perWeek: value('per-week'), weeks: value('weeks') };
}

export function readProposal(bundle: fhir4.Bundle): Proposal {
  const entries = bundle.entry ?? [];
  const at = (type: string) => entries.find((entry) => entry.resource?.resourceType === type);
  const plan = at('CarePlan')!.resource as fhir4.CarePlan;
  const parameters = (at('Parameters')?.resource as fhir4.Parameters | undefined)?.parameter ?? [];
  const named = (name: string) => parameters.filter((one) => one.name === name).map((one) => one.part);
  return {
    url: at('CarePlan')!.fullUrl ?? '',
    plan,
    goals: entries
      .filter((entry) => entry.resource?.resourceType === 'Goal')
      .map((entry) => ({ url: entry.fullUrl ?? '', goal: entry.resource as fhir4.Goal })),
    dose: doseOf(plan) ?? { minutes: 60, perWeek: 1, weeks: 4 },
    visits: find(parameters, 'visits')?.valueInteger ?? 0,
    severity: text(find(parameters, 'severity')) || undefined,
    reasons: named('reason').map((part) => ({
      text: text(find(part, 'text')),
      grade: text(find(part, 'grade')),
      basis: text(find(part, 'basis')),
      sources: (part ?? []).filter((one) => one.name === 'source').map(text),
      verified: find(part, 'verified')?.valueBoolean ?? false,
    })),
    warnings: named('warning').map((part) => ({ code: text(find(part, 'code')), text: text(find(part, 'text')) })),
    conditions: named('condition').map((part) => ({
      key: text(find(part, 'key')),
      name: text(find(part, 'name')),
      chosen: find(part, 'chosen')?.valueBoolean ?? false,
    })),
    rules: named('rule').map((part) => ({ kind: text(find(part, 'kind')), text: text(find(part, 'text')) })),
    missing: parameters.filter((one) => one.name === 'missing').map(text),
  };
}

/** Certainty as four dots and a word; null where the statement is a convention and no finding. */
export function gradeOf(grade: string): { dots: number; word: string } | null {
  const known: Record<string, { dots: number; word: string }> = {
    high: { dots: 4, word: 'High certainty' },
    moderate: { dots: 3, word: 'Moderate certainty' },
    low: { dots: 2, word: 'Low certainty' },
    very_low: { dots: 1, word: 'Very low certainty' },
  };
  return known[grade.toLowerCase().replace(/[\s-]/g, '_')] ?? null;
}

const frequencies = [0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 7];
/** The next frequency that a person would plan: once a month, every other week, once, twice … a week. */
export const nextFrequency = (now: number, wanted: number) =>
  wanted > now
    ? (frequencies.find((one) => one > now) ?? now)
    : (frequencies.filter((one) => one < now).at(-1) ?? now);

export const sameDose = (a: Dose, b: Dose) =>
  a.minutes === b.minutes && a.perWeek === b.perWeek && a.weeks === b.weeks;

export type Signed = { name: string; reference: string; svg: string };
export type Acceptance = {
  proposal: Proposal;
  goals: PlannedGoal[];
  former: Stored<fhir4.CarePlan>[];
  therapist: Signed;
  patient: Signed;
  at: string;
};

const post = (fullUrl: string, resource: fhir4.FhirResource): fhir4.BundleEntry => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: resource.resourceType },
});

function ended(plan: Stored<fhir4.CarePlan>, at: string): fhir4.BundleEntry {
  const resource = withoutComputed<Stored<fhir4.CarePlan>>({
    ...plan,
    status: 'revoked',
    period: { ...plan.period, end: at.slice(0, 10) < (plan.period?.start ?? '').slice(0, 10) ? plan.period?.start : at.slice(0, 10) },
  });
  const version = plan.meta?.versionId;
  return {
    fullUrl: `urn:uuid:${uuidv7()}`,
    resource,
    request: { method: 'PUT', url: `CarePlan/${plan.id}`, ...(version && { ifMatch: etag(version) }) },
  };
}

/** The accepted plan with its goals, the end of the plans before it, and the two signatures, all or nothing. */
export function acceptance({ proposal, goals, former, therapist, patient, at }: Acceptance): fhir4.Bundle {
  const dropped = proposal.goals.map((g) => g.url).filter((url) => !goals.some((g) => g.url === url));
  const kept = (proposal.plan.goal ?? []).filter((goal) => !dropped.includes(goal.reference ?? ''));
  const added = goals.filter((g) => !kept.some((goal) => goal.reference === g.url)).map((g) => ({ reference: g.url }));
  const all = [...kept, ...added];
  const { goal: _, ...rest } = proposal.plan;
  const plan: fhir4.CarePlan = {
    ...rest,
    status: 'active',
    intent: 'plan',
    author: { reference: therapist.reference, display: therapist.name },
    ...(former.length && { replaces: former.map((one) => ({ reference: `CarePlan/${one.id}` })) }),
    ...(all.length && { goal: all }),
  };
  const sign = ({ name, reference, svg }: Signed): fhir4.Signature => ({
    type: [{ system: systems.signature, code: '1.2.840.10065.1.12.1.7', display: 'Consent Signature' }],
    when: at,
    who: { reference, display: name },
    ...(svg && { sigFormat: 'image/svg+xml', data: svg }),
  });
  const provenance: fhir4.Provenance = {
    resourceType: 'Provenance',
    target: [{ reference: proposal.url }],
    recorded: at,
    agent: [therapist, patient].map(({ reference, name }) => ({ who: { reference, display: name } })),
    signature: [sign(therapist), sign(patient)],
  };
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      post(proposal.url, plan),
      ...goals.map(({ url, goal }) => post(url, { ...goal, lifecycleStatus: 'active' })),
      ...former.map((one) => ended(one, at)),
      post(`urn:uuid:${uuidv7()}`, provenance),
    ],
  };
}

/** A goal with another wording, target or date; SMART needs all three. */
export function editedGoal(goal: fhir4.Goal, part: { text?: string; target?: number; due?: Day }): fhir4.Goal {
  const [first, ...more] = goal.target ?? [];
  const target: fhir4.GoalTarget = {
    ...first,
    ...(part.target !== undefined && { detailQuantity: { ...first?.detailQuantity, value: part.target } }),
    ...(part.due && { dueDate: part.due }),
  };
  return {
    ...goal,
    ...(part.text !== undefined && { description: { text: part.text } }),
    ...(Object.keys(target).length && { target: [target, ...more] }),
  };
}

export const decisions = [
  { code: 'continue', name: 'Continue' },
  { code: 'change', name: 'Change' },
  { code: 'taper', name: 'Taper' },
  { code: 'refer', name: 'Refer' },
  { code: 'discharge', name: 'Discharge' },
] as const;
export type Decision = (typeof decisions)[number]['code'];

export type ReviewInput = {
  plan: Stored<fhir4.CarePlan>;
  patient: string;
  decision: Decision;
  why: string;
  evidence: string[];
  by: fhir4.Reference;
  at: string;
};

/** A review point with what was looked at and what was decided. */
export function reviewOf({ plan, patient, decision, why, evidence, by, at }: ReviewInput): fhir4.ClinicalImpression {
  return {
    resourceType: 'ClinicalImpression',
    status: 'completed',
    subject: { reference: `Patient/${patient}` },
    date: at,
    assessor: by,
    description: decision,
    summary: why.trim(),
    ...(evidence.length && {
      investigation: [{ code: { text: 'Measures looked at' }, item: evidence.map((reference) => ({ reference })) }],
    }),
    supportingInfo: [{ reference: `CarePlan/${plan.id}` }],
  };
}

/** The review points of a plan: "visit 4". */
export const reviewPoints = (plan: fhir4.CarePlan): { when: string; text: string }[] =>
  (plan.activity ?? [])
    .filter((a) => codeIn(a.detail?.code, systems.task) === 'review')
    .map((a) => ({ when: a.detail?.scheduledString ?? '', text: a.detail?.description ?? '' }));

export const phases = (plan: fhir4.CarePlan): { text: string; beside: boolean }[] =>
  (plan.activity ?? [])
    .map((a) => ({ code: codeIn(a.detail?.code, systems.task), text: a.detail?.description ?? '' }))
    .filter((a) => a.text && a.code !== 'review')
    .map((a) => ({ text: a.text, beside: a.code !== 'phase' }));

export const reviewsOf = (reviews: fhir4.ClinicalImpression[], plan: Stored<fhir4.CarePlan>) =>
  reviews.filter((one) => one.supportingInfo?.some((info) => key(info.reference) === `CarePlan/${plan.id}`));
