// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is counted about safety in a period: how often each rule fired and what was done about it ($rules-report), and how
// often something unwanted was told after a session ($adverse-events).
import { addDays, type Day } from '../lib/time';

export type Count = { code: string; count: number };
export type RuleCount = {
  code: string;
  name: string;
  level: string;
  owner: string;
  reviewBy: string;
  reviewOverdue: boolean;
  fired: number;
  overridden: number;
  cleared: number;
  reasons: Count[];
};
export type Harms = {
  sessions: number;
  asked: number;
  answered: number;
  events: number;
  /** Of 100 answered, with the 95 % interval of Wilson; nothing where nobody has answered. */
  rate?: { value: number; low: number; high: number };
  kinds: Count[];
  warning: string;
};
export type Period = { start: Day; end: Day };

type Part = fhir4.ParametersParameter;

const inside = (parts: Part[] | undefined, name: string) => parts?.find((one) => one.name === name);
const word = (parts: Part[] | undefined, name: string) => {
  const found = inside(parts, name);
  return found?.valueCode ?? found?.valueString ?? found?.valueDate ?? '';
};
const number = (parts: Part[] | undefined, name: string) => {
  const found = inside(parts, name);
  return found?.valueInteger ?? found?.valueDecimal ?? 0;
};
const counts = (parts: Part[] | undefined, name: string): Count[] =>
  (parts ?? [])
    .filter((one) => one.name === name)
    .map(({ part }) => ({ code: word(part, 'code'), count: number(part, 'count') }));

export const readRulesReport = (answer: fhir4.Parameters): RuleCount[] =>
  (answer.parameter ?? [])
    .filter((one) => one.name === 'rule')
    .map(({ part }) => ({
      code: word(part, 'id'),
      name: word(part, 'name'),
      level: word(part, 'level'),
      owner: word(part, 'owner'),
      reviewBy: word(part, 'reviewBy'),
      reviewOverdue: inside(part, 'reviewOverdue')?.valueBoolean ?? false,
      fired: number(part, 'fired'),
      overridden: number(part, 'overridden'),
      cleared: number(part, 'cleared'),
      reasons: counts(part, 'reason'),
    }));

export function readHarms(answer: fhir4.Parameters): Harms {
  const all = answer.parameter ?? [];
  const rate = inside(all, 'rate')?.part;
  return {
    sessions: number(all, 'sessions'),
    asked: number(all, 'asked'),
    answered: number(all, 'answered'),
    events: number(all, 'events'),
    rate: rate && { value: number(rate, 'value'), low: number(rate, 'low'), high: number(rate, 'high') },
    kinds: counts(all, 'kind'),
    warning: word(all, 'warning'),
  };
}

export type SortKey = 'name' | 'fired' | 'overridden' | 'cleared' | 'reviewBy';

/** Counts come highest first, names and dates in their order; among equals the name decides. */
export function sortRules(rules: RuleCount[], by: SortKey): RuleCount[] {
  const compare = (a: RuleCount, b: RuleCount) => {
    if (by === 'name') return 0;
    if (by === 'reviewBy') return (a.reviewBy || '9').localeCompare(b.reviewBy || '9');
    return b[by] - a[by];
  };
  return [...rules].sort((a, b) => compare(a, b) || a.name.localeCompare(b.name));
}

export const periods = [
  { code: '30', name: '30 days' },
  { code: '90', name: '90 days' },
  { code: '365', name: '12 months' },
] as const;

/** The days that end with today. */
export const lastDays = (days: number, today: Day): Period => ({ start: addDays(today, 1 - days), end: today });
