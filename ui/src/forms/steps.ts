// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A form cut into screens for a phone: one question each. Words between the questions go to the question that they stand
// before; a repeating group is one screen with its rows; a part's title stands above each of its questions.
import { enabled, type Filled, type Form } from './fill';
import { childrenOf, type Item } from './items';

export type Step = { id: string; title?: string; part?: Item; intro: Item[]; item?: Item };

export function stepsOf(form: Form, filled: Filled): Step[] {
  const steps: Step[] = [];
  let intro: Item[] = [];
  const push = (item: Item, title?: string, part?: Item) => {
    steps.push({ id: item.linkId, title, part, intro, item });
    intro = [];
  };
  const walk = (items: Item[], title?: string, part?: Item) => {
    for (const item of items) {
      if (!enabled(form, filled, item) || item.readOnly) continue;
      if (item.type === 'display') intro.push(item);
      else if (item.type === 'group' && !item.repeats) walk(childrenOf(item), item.text ?? title, item);
      else {
        push(item, title, part);
        if (item.type !== 'group') walk(childrenOf(item), title, part);
      }
    }
  };
  walk(form.questionnaire.item ?? []);
  if (intro.length) steps.push({ id: 'last-words', intro });
  return steps;
}
