// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Clearances, overrides, adverse events and what is counted of them: what the screens read and what they send.
import { describe, expect, it } from 'vitest';
import { extensions, systems } from '../fhir/canonical';
import { pressureCap, readScreening, standing } from '../fhir/screening';
import { askedFor, askParameters, clearable, clearParameters, liftText, overrideParameters } from './clearance';
import { readDay } from './day';
import { emptyHarm, harmEvent, harmText, readHarm } from './harm';
import { lastDays, readHarms, readRulesReport, sortRules } from './safetyReport';
import { readWorklist } from './tasks';

const code = (name: string, valueCode: string) => ({ name, valueCode });
const string = (name: string, valueString: string) => ({ name, valueString });
const lifted = (...part: fhir4.ParametersParameter[]) => ({ name: 'lifted', part });
const issue = (rule: string, ...part: fhir4.ParametersParameter[]): fhir4.ParametersParameter => ({
  name: 'issue',
  part: [code('rule', rule), string('name', rule.toUpperCase()), code('level', 'clearance'), ...part],
});
const answer: fhir4.Parameters = {
  resourceType: 'Parameters',
  parameter: [
    { name: 'on', valueDate: '2026-11-27' },
    code('decision', 'modify'),
    issue(
      'surgery',
      code('overridable', 'clearance'),
      code('strength', 'strong'),
      code('extent', 'local'),
      string('owner', 'unassigned'),
      string('validFor', 'P90D'),
      { name: 'reviewBy', valueDate: '2026-11-01' },
      { name: 'reviewOverdue', valueBoolean: true },
    ),
    issue(
      'clot',
      code('overridable', 'clearance'),
      { name: 'pressureLimit', valueInteger: 2 },
      lifted(
        code('by', 'cleared'),
        { name: 'at', valueDateTime: '2026-11-20' },
        string('who', 'Dr Vega'),
        { name: 'until', valueDate: '2027-03-04' },
        string('scope', 'Light pressure'),
        { name: 'issue', valueReference: { reference: 'DetectedIssue/ana-clot' } },
      ),
    ),
    issue('bruise', code('overridable', 'reason'), { name: 'pressureLimit', valueInteger: 5 }),
  ],
};

describe('a screening', () => {
  const read = readScreening(answer);
  const [surgery, clot] = read.issues;
  it('says what a rule rests on and who answers for it', () => {
    expect(surgery).toMatchObject({
      strength: 'strong',
      extent: 'local',
      owner: 'unassigned',
      validFor: 'P90D',
      reviewBy: '2026-11-01',
      reviewOverdue: true,
      lifted: undefined,
    });
    expect(clot!.reviewOverdue).toBe(false);
  });
  it('keeps what is lifted in the list and out of what limits', () => {
    expect(clot!.lifted).toEqual({
      by: 'cleared',
      at: '2026-11-20',
      who: 'Dr Vega',
      until: '2027-03-04',
      reason: '',
      text: '',
      scope: 'Light pressure',
      issue: 'ana-clot',
    });
    expect(standing(read.issues).map((one) => one.rule)).toEqual(['surgery', 'bruise']);
    expect(pressureCap(standing(read.issues))).toBe(5);
    expect(clearable(read.issues).map((one) => one.rule)).toEqual(['surgery']);
  });
  it('says in words what was done', () => {
    const name = (one: string) => ({ 'asked-today': 'Asked and examined today' })[one] ?? one;
    expect(liftText(clot!.lifted!, '2026-11-27', name)).toBe('Cleared by Dr Vega until 4 Mar 2027');
    const over = { ...clot!.lifted!, by: 'overridden' as const, at: '2026-11-27', until: undefined, reason: 'asked-today' };
    expect(liftText(over, '2026-11-27', name)).toBe('Overridden today: Asked and examined today');
    const other = { ...over, at: '2026-11-25', reason: 'other', text: 'Seen by the surgeon' };
    expect(liftText(other, '2026-11-27', name)).toBe('Overridden on 25 Nov: Seen by the surgeon');
  });
});

describe('what is asked of the server', () => {
  it('leaves out what is empty', () => {
    expect(askParameters({ rules: ['a', 'b'], physician: ' Dr Weiss ', note: ' ' }).parameter).toEqual([
      code('rule', 'a'),
      code('rule', 'b'),
      string('physician', 'Dr Weiss'),
    ]);
    expect(overrideParameters('a', 'other', ' said ', '2026-11-27').parameter).toEqual([
      code('rule', 'a'),
      code('reason', 'other'),
      string('text', 'said'),
      { name: 'on', valueDate: '2026-11-27' },
    ]);
  });
  it('names the letter and the request with a clearance', () => {
    const form = { rules: ['a'], clinician: 'Dr W', licence: '9', date: '2026-11-27', scope: 'All', expiry: '2027-02-25' };
    const names = clearParameters({ ...form, document: 'DocumentReference/1', task: 'Task/2' }).parameter!;
    expect(names.find((p) => p.name === 'task')?.valueReference).toEqual({ reference: 'Task/2' });
    expect(names.find((p) => p.name === 'document')?.valueReference).toEqual({ reference: 'DocumentReference/1' });
    expect(clearParameters(form).parameter!.map((p) => p.name)).toEqual(
      ['rule', 'clinician', 'licence', 'date', 'scope', 'expiry'],
    );
  });
});

describe('an open request', () => {
  const request: fhir4.Task = {
    resourceType: 'Task',
    id: 't1',
    status: 'requested',
    intent: 'order',
    code: { coding: [{ system: systems.task, code: 'clearance' }] },
    for: { reference: 'Patient/ana' },
    input: ['a', 'b'].map((rule) => ({
      type: { coding: [{ system: systems.rule, code: rule }] },
      valueString: `Rule ${rule}`,
    })),
  };
  const items = (task: fhir4.Task) =>
    readWorklist({ resourceType: 'Bundle', type: 'searchset', entry: [{ resource: task }] }, 'UTC');
  it('is known by each of its rules, for its patient', () => {
    const list = items(request);
    expect([...askedFor(list, 'ana').keys()]).toEqual(['a', 'b']);
    expect(askedFor(list, 'bo').size).toBe(0);
    expect(list[0]!.step).toEqual({ word: 'Record answer', does: 'clear' });
  });
  it('is not one that the server only worked out', () => {
    const computed = { ...request, meta: { tag: [{ system: systems.attention, code: 'computed' }] } };
    expect(askedFor(items(computed), 'ana').size).toBe(0);
    expect(items(computed)[0]!.step.href).toBe('/patients/ana');
  });
});

describe('an adverse event', () => {
  const context = {
    patient: { id: 'ana', name: 'Ana Petrov' },
    recorder: { reference: 'Practitioner/ml' },
    kindName: 'A bruise',
    now: '2026-11-27T10:00:00-05:00',
  };
  const form = {
    ...emptyHarm('2026-11-26'),
    kind: 'bruise',
    severity: 'mild',
    done: 'Cold pack',
    outcome: 'recovering',
    encounter: 'Encounter/e1',
    suspected: ['Procedure/p1'],
  };
  it('comes back as it was written', () => {
    const event = harmEvent(form, context);
    expect(readHarm(event, '2026-11-27')).toEqual(form);
    expect(event.event!.coding![0]).toMatchObject({ system: systems.adverseEvent, code: 'bruise' });
    expect(event.suspectEntity).toEqual([{ instance: { reference: 'Procedure/p1' } }]);
    expect(harmText(event, '2026-11-27')).toBe('Mild · It is getting better · Cold pack');
  });
  it('is completed without losing what others wrote, and can be emptied again', () => {
    const other = { url: 'https://example.org/x', valueString: 'y' };
    const old = { ...harmEvent(form, context), id: '1', location: { reference: 'Location/r' } };
    old.extension!.push(other);
    old.event!.text = 'A bruise: on the calf, blue';
    const now = harmEvent({ ...form, done: '', outcome: '', suspected: [] }, { ...context, now: 'later' }, old);
    expect(now).toMatchObject({ id: '1', location: { reference: 'Location/r' }, extension: [other] });
    expect(now.event!.text).toBe('A bruise: on the calf, blue');
    expect(harmEvent({ ...form, kind: 'fall' }, context, old).event!.text).toBe('A bruise');
    expect(now.outcome).toBeUndefined();
    expect(now.suspectEntity).toBeUndefined();
    expect(now.recordedDate).toBe(context.now);
    expect(extensions.actionTaken).toContain('action-taken');
  });
});

describe('what is counted', () => {
  it('is read rule by rule and sorted as one likes', () => {
    const rule = (id: string, fired: number, reviewBy: string, ...more: fhir4.ParametersParameter[]) => ({
      name: 'rule',
      part: [code('id', id), string('name', id), { name: 'fired', valueInteger: fired }, { name: 'reviewBy', valueDate: reviewBy }, ...more],
    });
    const rules = readRulesReport({
      resourceType: 'Parameters',
      parameter: [
        rule('a', 1, '2027-01-01'),
        rule('b', 3, '2026-01-01', { name: 'reviewOverdue', valueBoolean: true }, {
          name: 'reason',
          part: [code('code', 'adapted'), { name: 'count', valueInteger: 2 }],
        }),
        rule('c', 3, '2028-01-01'),
      ],
    });
    expect(rules[1]).toMatchObject({ reviewOverdue: true, reasons: [{ code: 'adapted', count: 2 }], cleared: 0 });
    const order = (by: Parameters<typeof sortRules>[1]) => sortRules(rules, by).map((one) => one.code).join('');
    expect([order('fired'), order('reviewBy'), order('name')]).toEqual(['bca', 'bac', 'abc']);
  });
  it('has no rate where nobody answered', () => {
    const harms = readHarms({ resourceType: 'Parameters', parameter: [{ name: 'sessions', valueInteger: 4 }] });
    expect(harms).toMatchObject({ sessions: 4, answered: 0, rate: undefined, kinds: [] });
    const rate = { name: 'rate', part: [{ name: 'value', valueDecimal: 4.5 }, { name: 'low', valueDecimal: 1.2 }, { name: 'high', valueDecimal: 15 }] };
    expect(readHarms({ resourceType: 'Parameters', parameter: [rate] }).rate).toEqual({ value: 4.5, low: 1.2, high: 15 });
  });
  it('is of whole days that end with today', () => {
    expect(lastDays(30, '2026-11-27')).toEqual({ start: '2026-10-29', end: '2026-11-27' });
  });
});

describe('a time that is held', () => {
  it('is told from one that is booked', () => {
    const at = (id: string, status: fhir4.Appointment['status']): { resource: fhir4.Appointment } => ({
      resource: { resourceType: 'Appointment', id, status, start: '2026-11-27T09:00:00Z', participant: [] },
    });
    const entry = [at('a', 'pending'), at('b', 'booked'), at('c', 'proposed')];
    const plan = readDay({ resourceType: 'Bundle', type: 'searchset', entry }, '2026-11-27', 'UTC');
    expect(plan.visits.map((visit) => visit.state)).toEqual(['held', 'booked', 'held']);
  });
});
