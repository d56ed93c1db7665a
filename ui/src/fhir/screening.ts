// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The answer of Patient/{id}/$screen as values that a screen can show. The program informs and stops; it never says
// "safe to treat", so there is no such value here either.
import { fhir } from './client';

export type Decision = 'stop' | 'clearance' | 'modify' | 'none';
export type Level = 'absolute' | 'clearance' | 'local' | 'precaution';
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
  pathway?: string;
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
  part?.valueCode ?? part?.valueString ?? part?.valueDate ?? part?.valueMarkdown ?? part?.valueUri ?? '';
const text = (part: Part, name: string) => value(part.part?.find((inner) => inner.name === name));
const texts = (part: Part, name: string) => (part.part ?? []).filter((inner) => inner.name === name).map(value);

function readIssue(part: Part): Issue {
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
        ref: inner.part?.find((p) => p.name === 'ref')?.valueReference?.reference ?? '',
        text: text(inner, 'text'),
      })),
    action: text(part, 'action'),
    lifts: text(part, 'lifts'),
    pressureLimit: part.part?.find((inner) => inner.name === 'pressureLimit')?.valueInteger,
    overridable: text(part, 'overridable'),
    sources: texts(part, 'source'),
    reviewBy: text(part, 'reviewBy') || undefined,
    pathway: text(part, 'pathway') || undefined,
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
