// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the patient's page makes of $portal: the next visit, forms that are due, and sentences that claim no more than
// the ratings show.
import { describe, expect, it } from 'vitest';
import { systems } from '../fhir/canonical';
import type { Rating } from './chart';
import { dueForms, greeting, honest, readPortal } from './portal';

const zone = 'America/New_York';
const today = '2026-11-23';
const bundle = (...resources: object[]) =>
  ({ resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) }) as fhir4.Bundle;
const visit = (id: string, start: string, status = 'booked') => ({
  resourceType: 'Appointment',
  id,
  status,
  start,
  participant: [{ actor: { reference: 'Practitioner/m', display: 'Maya Lind' }, status: 'accepted' }],
});
const task = (code: string, url?: string) => ({
  resourceType: 'Task',
  id: `t-${url}`,
  code: { coding: [{ system: systems.task, code }] },
  input: [{ type: { text: 'form' }, valueCanonical: url }],
});
const rated = (...values: number[]) =>
  values.map((value, i): Rating => ({ day: `2026-10-${12 + i * 7}`, at: '', value, id: String(i) }));

describe('the portal', () => {
  it('takes the first open visit from today on, also one that has begun', () => {
    const read = readPortal(
      bundle(
        { resourceType: 'Patient', id: 'p' },
        visit('later', '2026-11-30T10:00:00-05:00'),
        visit('now', '2026-11-23T09:00:00-05:00', 'arrived'),
        visit('gone', '2026-11-23T08:00:00-05:00', 'cancelled'),
        visit('past', '2026-11-22T08:00:00-05:00'),
      ),
      zone,
      today,
    );
    expect(read.next).toMatchObject({ id: 'now', start: '09:00', who: 'Maya Lind' });
    expect(read.later.map((v) => v.id)).toEqual(['later']);
  });
  it('reads due forms from the tasks with the code form', () => {
    const url = 'https://tripsis.org/fhir/Questionnaire/consent|1';
    expect(dueForms(bundle(task('form', url), task('crisis'), task('form')))).toEqual([{ id: 'consent' }]);
  });
  it('keeps the worst pain of the journal apart from the ratings', () => {
    const worst = (id: string, value: number, at: string): fhir4.Observation => ({
      resourceType: 'Observation',
      id,
      status: 'final',
      code: { coding: [{ system: 'https://tripsis.org/fhir/CodeSystem/measure', code: 'pain-worst' }] },
      effectiveDateTime: at,
      valueInteger: value,
    });
    const read = readPortal(
      bundle(
        { resourceType: 'Patient', id: 'p' },
        worst('b', 4, '2026-11-20T10:00:00-05:00'),
        worst('a', 7, '2026-11-18T10:00:00-05:00'),
      ),
      zone,
      today,
    );
    expect(read.ratings).toEqual([]);
    expect(read.worst).toEqual([
      { day: '2026-11-18', value: 7 },
      { day: '2026-11-20', value: 4 },
    ]);
  });
});

describe('the honest sentence', () => {
  it.each([
    [[], undefined, 'No ratings yet.', /before each visit/],
    [[6], undefined, 'Your pain was 6 of 10.', /second rating/],
    [[7, 5], 3, 'in 7 days: a clear change.', /2 points from your goal of 3/],
    [[7, 6, 6], 3, 'in 2 weeks: too small a change to tell from chance.', /3 points/],
    [[4, 6], 3, 'in 7 days: clearly more pain; please tell your therapist.', /3 points/],
    [[7, 3], 3, 'in 7 days: a clear change.', /reached your goal/],
  ] as const)('%j with the goal %s', (values, goal, text, rest) => {
    const said = honest(rated(...values), goal);
    expect(said.text).toBe(text);
    expect(said.rest).toMatch(rest);
  });
  it('greets by the hour of the clinic', () => {
    expect([8, 12, 18].map(greeting)).toEqual(['Good morning', 'Good afternoon', 'Good evening']);
  });
});
