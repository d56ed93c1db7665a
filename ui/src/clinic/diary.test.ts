// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { diariesOf, entriesOf } from './diary';
import type { Measure } from './measures';

const form = (id: string, title: string) => ({ resourceType: 'Questionnaire', id, title }) as fhir4.Questionnaire;
const forms = [
  form('headache-diary', 'Headache diary'),
  form('sleep-diary', 'Sleep diary'),
  form('flare-up', 'Flare-up'),
];
const measure = (id: string) => ({ code: id, form: id, points: [] as Measure['points'] }) as Measure;

describe('diaries', () => {
  it('are offered where they are due, or belong to a measure of the patient; a flare-up always', () => {
    expect(diariesOf([], [], forms).map((one) => one.id)).toEqual(['flare-up']);
    expect(diariesOf([{ id: 'headache-diary' }], [measure('sleep-diary')], forms)).toMatchObject([
      { id: 'headache-diary', due: true, text: 'Not written today' },
      { id: 'sleep-diary', due: false, text: 'One entry a day' },
      { id: 'flare-up' },
    ]);
  });
  it('are not offered where there is no such form', () => {
    expect(diariesOf([{ id: 'medicines-diary' }], [], forms).map((one) => one.id)).toEqual(['flare-up']);
  });
  it('list their entries, newest first, by the day that they are of', () => {
    const entry = (id: string, authored: string, ...item: fhir4.QuestionnaireResponseItem[]) =>
      ({
        resourceType: 'QuestionnaireResponse',
        id,
        status: 'completed',
        authored,
        item,
      }) as fhir4.QuestionnaireResponse;
    const headache = { linkId: 'headache', text: 'Did you have a headache?', answer: [{ valueBoolean: true }] };
    const group = { linkId: 'g', item: [{ linkId: 'hours', text: 'Hours', answer: [{ valueInteger: 4 }] }] };
    const date = { linkId: 'date', text: 'Day', answer: [{ valueDate: '2026-11-24' }] };
    const read = entriesOf(
      [
        entry('a', '2026-11-25T08:00:00-05:00', date, headache),
        entry('b', '2026-11-27T08:00:00-05:00', headache, group),
        { ...entry('c', '2026-11-27T09:00:00-05:00'), status: 'entered-in-error' },
      ],
      'America/New_York',
    );
    expect(read).toEqual([
      { id: 'b', day: '2026-11-27', text: 'Did you have a headache: Yes. Hours: 4' },
      { id: 'a', day: '2026-11-24', text: 'Did you have a headache: Yes' },
    ]);
  });
});
