// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The diaries that a patient keeps between visits: which are offered, and what an entry says in one line.
import { valueText } from '../forms/items';
import { dayOf, type Day } from '../lib/time';
import { flatItems } from '../fhir/read';
import type { Measure } from './measures';
import { diaryIds } from './portal';

export type Diary = { id: string; title: string; due: boolean; text: string };

/**
 * Those that are due, and those whose measures belong to the patient's conditions; a flare-up can happen to anybody. Titles
 * are the forms'; a diary that the practice does not have is not offered.
 */
export function diariesOf(due: { id: string }[], measures: Measure[], forms: fhir4.Questionnaire[]): Diary[] {
  return diaryIds.flatMap((id) => {
    const form = forms.find((one) => one.id === id);
    const isDue = due.some((one) => one.id === id);
    const fits = isDue || id === 'flare-up' || measures.some((one) => one.form === id);
    if (!form || !fits) return [];
    const text = id === 'flare-up' ? 'When it gets much worse than usual' : isDue ? 'Not written today' : 'One entry a day';
    return [{ id, title: form.title ?? id, due: isDue, text }];
  });
}

export type DiaryEntry = { id: string; day: Day; text: string };

/** What was written, newest first: the form's words with the answers. */
export function entriesOf(responses: fhir4.QuestionnaireResponse[], zone: string): DiaryEntry[] {
  return responses
    .filter((one) => one.status !== 'entered-in-error' && one.authored)
    .sort((a, b) => Date.parse(b.authored!) - Date.parse(a.authored!))
    .map((one) => {
      const said = flatItems(one.item).filter((item) => item.answer?.length);
      const day = said.find((item) => item.linkId === 'date')?.answer?.[0]?.valueDate ?? dayOf(one.authored!, zone);
      const words = said
        .filter((item) => item.linkId !== 'date')
        .map(
          (item) => `${(item.text ?? item.linkId).replace(/[?:.]$/, '')}: ${item.answer!.map(valueText).join(', ')}`,
        );
      return { id: one.id ?? one.authored!, day, text: words.join('. ') };
    });
}
