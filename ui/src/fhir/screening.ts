// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The answer of Patient/{id}/$screen as values that a screen can show. The program informs and stops; it never says
// "safe to treat", so there is no such value here either.
import { fhir } from './client';
import { idOf } from './read';

export type Decision = 'stop' | 'clearance' | 'modify' | 'none';
export type Level = 'absolute' | 'clearance' | 'local' | 'precaution';
/** What a person has done about a rule: it does not alert again until the last day of this. */
export type Lift = {
  by: 'cleared' | 'overridden';
  at: string;
  who: string;
  until?: string;
  /** Of an override: a code of CodeSystem/override-reason, and words. */
  reason: string;
  text: string;
  /** Of a clearance: what it is for. */
  scope: string;
  /** The DetectedIssue that holds it. */
  issue?: string;
};
export type Issue = {
  rule: string;
  name: string;
  why: string;
  level: Level;
  urgency: string;
  techniques: string[];
  regions: string[];
  because: { ref: string; text: string }[];
  action: string;
  lifts: string;
  /** The highest pressure (0 to 10) at the rule's regions. */
  pressureLimit?: number;
  overridable: string;
  sources: string[];
  reviewBy?: string;
  reviewOverdue?: boolean;
  extent?: string;
  strength?: string;
  owner?: string;
  /** "same_day", or a duration such as "P90D". */
  validFor?: string;
  pathway?: string;
  lifted?: Lift;
};
export type Question = { finding: string; text: string };
export type Screening = {
  on: string;
  decision: Decision;
  issues: Issue[];
  questions: Question[];
  notJudged: string[];
};

type Part = fhir4.ParametersParameter;

const value = (part?: Part) =>
  part?.valueCode ??
  part?.valueString ??
  part?.valueDate ??
  part?.valueDateTime ??
  part?.valueMarkdown ??
  part?.valueUri ??
  '';
const inside = (part: Part | undefined, name: string) => part?.part?.find((inner) => inner.name === name);
const text = (part: Part, name: string) => value(inside(part, name));
const texts = (part: Part, name: string) => (part.part ?? []).filter((inner) => inner.name === name).map(value);

function readLift(part: Part): Lift {
  return {
    by: text(part, 'by') as Lift['by'],
    at: text(part, 'at'),
    who: text(part, 'who'),
    until: text(part, 'until') || undefined,
    reason: text(part, 'reason'),
    text: text(part, 'text'),
    scope: text(part, 'scope'),
    issue: idOf(inside(part, 'issue')?.valueReference?.reference),
  };
}

function readIssue(part: Part): Issue {
  const lifted = inside(part, 'lifted');
  return {
    rule: text(part, 'rule'),
    name: text(part, 'name'),
    why: text(part, 'why'),
    level: text(part, 'level') as Level,
    urgency: text(part, 'urgency'),
    techniques: texts(part, 'technique'),
    regions: texts(part, 'region'),
    because: (part.part ?? [])
      .filter((inner) => inner.name === 'because')
      .map((inner) => ({
        ref: inside(inner, 'ref')?.valueReference?.reference ?? '',
        text: text(inner, 'text'),
      })),
    action: text(part, 'action'),
    lifts: text(part, 'lifts'),
    pressureLimit: inside(part, 'pressureLimit')?.valueInteger,
    overridable: text(part, 'overridable'),
    sources: texts(part, 'source'),
    reviewBy: text(part, 'reviewBy') || undefined,
    reviewOverdue: inside(part, 'reviewOverdue')?.valueBoolean ?? false,
    extent: text(part, 'extent') || undefined,
    strength: text(part, 'strength') || undefined,
    owner: text(part, 'owner') || undefined,
    validFor: text(part, 'validFor') || undefined,
    pathway: text(part, 'pathway') || undefined,
    lifted: lifted && readLift(lifted),
  };
}

export function readScreening(parameters: fhir4.Parameters): Screening {
  const all = parameters.parameter ?? [];
  const named = (name: string) => all.filter((part) => part.name === name);
  return {
    on: value(named('on')[0]),
    decision: (value(named('decision')[0]) || 'none') as Decision,
    issues: named('issue').map(readIssue),
    questions: named('question').map((part) => ({ finding: text(part, 'finding'), text: text(part, 'text') })),
    notJudged: named('notJudged').map(value),
  };
}

export async function screen(patient: string, on: string): Promise<Screening> {
  return readScreening(await fhir.operation<fhir4.Parameters>(`Patient/${patient}/$screen`, { on }));
}

/** The issues that nobody has cleared or overridden: only these limit a visit. */
export const standing = (issues: Issue[]) => issues.filter((issue) => !issue.lifted);

/**
 * The lowest of the limits of pressure, 10 where there is none. With a region: of those that hold there, as the server
 * judges a note ("site", a place that the record does not tell, may be anywhere).
 */
export function pressureCap(issues: Issue[], region?: string): number {
  const holds = (issue: Issue) =>
    region === undefined || issue.regions.some((one) => one === 'all' || one === 'site' || one === region);
  return Math.min(10, ...issues.filter(holds).map((issue) => issue.pressureLimit ?? 10));
}

const covers = (list: string[], code: string | undefined) =>
  list.includes('all') || (code !== undefined && list.includes(code));

/** The issues that speak against one technique at one place; those that hold everywhere for everything are said above. */
export function against(issues: Issue[], technique: string, region: string | undefined): Issue[] {
  return issues.filter(
    (issue) =>
      covers(issue.techniques, technique) &&
      covers(issue.regions, region) &&
      !(issue.techniques.includes('all') && issue.regions.includes('all')),
  );
}
