// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The worklist: what comes first, whose it is, the one thing to do, and what is kept when it is done.
import { describe, expect, it } from 'vitest';
import { systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import type { Need } from './day';
import { beyond, concerning, doneTask, readWorklist } from './tasks';

const zone = 'America/New_York';
function task(code: string, part: Partial<fhir4.Task> = {}, computed = true): Stored<fhir4.Task> {
  return {
    resourceType: 'Task',
    id: code,
    ...(computed && { meta: { tag: [{ system: systems.attention, code: 'computed' }] } }),
    status: 'requested',
    intent: 'order',
    code: { coding: [{ system: systems.task, code }] },
    for: { reference: 'Patient/ana' },
    ...part,
  };
}
const ana: Stored<fhir4.Patient> = { resourceType: 'Patient', id: 'ana', name: [{ given: ['Ana'], family: 'Petrov' }] };
const list = (...tasks: Stored<fhir4.Task>[]) =>
  readWorklist(
    { resourceType: 'Bundle', type: 'searchset', entry: [...tasks, ana].map((resource) => ({ resource })) },
    zone,
  );

describe('the worklist', () => {
  it('is read worst first, then by what is due', () => {
    const due = (end: string) => ({ restriction: { period: { end } } });
    const items = list(
      task('licence-expiring', { priority: 'routine' }),
      task('visits-left', { priority: 'asap', ...due('2026-12-01') }),
      task('form-missing', { priority: 'asap', ...due('2026-11-24T02:00:00Z') }),
      task('crisis', { priority: 'stat' }, false),
    );
    expect(items.map((item) => item.code)).toEqual(['crisis', 'form-missing', 'visits-left', 'licence-expiring']);
    expect(items.map((item) => item.tone)).toEqual(['stop', 'info', 'info', 'plain']);
    expect(items[1]!.due).toBe('2026-11-23');
    expect(items[0]!.who).toBe('Ana Petrov');
  });
  it('gives every task one thing to do', () => {
    const step = (...of: Parameters<typeof task>) => list(task(...of))[0]!.step;
    expect(step('unsigned-note', { focus: { reference: 'Appointment/a1' } })).toEqual({
      word: 'Open note',
      href: '/note/a1',
    });
    expect(step('draft').href).toBe('/note/new?patient=ana');
    expect(step('review-due').href).toBe('/patients/ana/plan?review');
    expect(step('visits-left').href).toBe('/patients/ana');
    expect(step('licence-expiring', { for: { reference: 'Practitioner/ml' } }).does).toBe('licence');
    expect(step('crisis', {}, false)).toEqual({ word: 'Mark done', does: 'done' });
    expect(step('something', { for: undefined }).href).toBe('/');
  });
  it('concerns its owner, and everybody where nobody owns it', () => {
    const items = list(task('crisis', { owner: { reference: 'Practitioner/ml' } }), task('draft'));
    expect(concerning(items, 'Practitioner/jo').map((i) => i.code)).toEqual(['draft']);
    expect(concerning(items, null)).toHaveLength(2);
  });
  it('does not say twice what the day says', () => {
    const items = list(
      task('unsigned-note', { focus: { reference: 'Appointment/a1' } }),
      task('clearance', {}),
      task('visits-left'),
    );
    const need = (action: Need['action']) => ({ visit: { id: 'a1', patient: 'ana' }, action }) as Need;
    expect(beyond(items, [need('Note')]).map((i) => i.code)).toEqual(['clearance', 'visits-left']);
    expect(beyond(items, [need('Review')]).map((i) => i.code)).toEqual(['visits-left']);
    expect(beyond(items, [])).toHaveLength(3);
  });
  it('keeps what was done', () => {
    const by = { reference: 'Practitioner/ml' };
    const told = task('crisis', { note: [{ text: 'called' }] }, false);
    const done = doneTask(told, ' spoke with her ', '2026-11-23T11:00:00-05:00', by);
    expect(done.status).toBe('completed');
    expect(done.executionPeriod!.end).toBe('2026-11-23T11:00:00-05:00');
    expect(done.note!.map((n) => n.text)).toEqual(['called', 'spoke with her']);
    expect(doneTask(task('x'), ' ', '2026-11-23T11:00:00-05:00', by).note).toBeUndefined();
  });
});
