// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a person does about a safety rule: asks a clinician for a clearance, records the answer, or overrides the rule with
// a reason. The bodies of the three operations, and what was done in words.
import { systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { codeIn } from '../fhir/read';
import type { Issue, Lift } from '../fhir/screening';
import { shortDay, type Day } from '../lib/time';
import { isComputed, type WorkItem } from './tasks';

/** How long a clearance holds that names no last day, as the server has it. */
export const clearanceDays = 90;

const parameters = (...parameter: (fhir4.ParametersParameter | false)[]): fhir4.Parameters => ({
  resourceType: 'Parameters',
  parameter: parameter.filter((one) => one !== false),
});
const string = (name: string, said: string) => said.trim() !== '' && { name, valueString: said.trim() };
const reference = (name: string, to?: string) => Boolean(to) && { name, valueReference: { reference: to } };
const rules = (list: string[]) => list.map((valueCode) => ({ name: 'rule', valueCode }));

export type Asking = { rules: string[]; physician: string; referral?: string; note: string };

export const askParameters = (form: Asking) =>
  parameters(
    ...rules(form.rules),
    string('physician', form.physician),
    reference('referral', form.referral),
    string('note', form.note),
  );

export type Clearing = {
  rules: string[];
  clinician: string;
  licence: string;
  date: Day;
  scope: string;
  expiry: Day;
  document?: string;
  task?: string;
};

export const clearParameters = (form: Clearing) =>
  parameters(
    ...rules(form.rules),
    string('clinician', form.clinician),
    string('licence', form.licence),
    { name: 'date', valueDate: form.date },
    string('scope', form.scope),
    form.expiry !== '' && { name: 'expiry', valueDate: form.expiry },
    reference('document', form.document),
    reference('task', form.task),
  );

export const overrideParameters = (rule: string, reason: string, text: string, on: Day) =>
  parameters(
    { name: 'rule', valueCode: rule },
    { name: 'reason', valueCode: reason },
    string('text', text),
    { name: 'on', valueDate: on },
  );

/** The issues that a clinician's letter lifts and nobody has cleared yet. */
export const clearable = (issues: Issue[]) =>
  issues.filter((issue) => issue.overridable === 'clearance' && !issue.lifted);

/** The rules that a request is about, by code and name. */
export const askedRules = (task: fhir4.Task) =>
  (task.input ?? []).flatMap((input) => {
    const rule = codeIn(input.type, systems.rule);
    return rule ? [{ rule, name: input.valueString ?? rule }] : [];
  });

/** For each rule the open request that a clinician has not answered yet. */
export function askedFor(items: WorkItem[], patient: string): Map<string, Stored<fhir4.Task>> {
  const open = items.filter((i) => i.code === 'clearance' && i.patient === patient && !isComputed(i.task));
  return new Map(open.flatMap(({ task }) => askedRules(task).map(({ rule }) => [rule, task] as const)));
}

/** "Cleared by Dr Vega until 4 Mar 2027", "Overridden today: Asked and examined today". */
export function liftText(lift: Lift, now: Day, reasonName: (code: string) => string): string {
  if (lift.by === 'cleared')
    return `Cleared by ${lift.who || 'a clinician'}${lift.until ? ` until ${shortDay(lift.until, now)}` : ''}`;
  const day = lift.at.slice(0, 10);
  const said = [lift.reason !== 'other' && reasonName(lift.reason), lift.text].filter(Boolean).join('. ');
  return `Overridden ${day === now ? 'today' : `on ${shortDay(day, now)}`}${said && `: ${said}`}`;
}
