// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What stands in the way of sending: each problem names its question's key, so that it is said in place and the focus can go
// to the first. Texts say what to do.
import { plural } from '../lib/text';
import { questionsAsked, type Asked, type Filled, type Form } from './fill';
import { maxDateOf, maxOf, minDateOf, minOf, type Answer, type Item } from './items';

export type Problem = { key: string; linkId: string; text: string };

function numberProblem(item: Item, value: number | undefined): string | undefined {
  if (value === undefined || !Number.isFinite(value)) return 'Write a number.';
  if (item.type === 'integer' && !Number.isInteger(value)) return 'Write a whole number.';
  const [min, max] = [minOf(item), maxOf(item)];
  const beyond = (min !== undefined && value < min) || (max !== undefined && value > max);
  if (!beyond) return undefined;
  if (min !== undefined && max !== undefined) return `Write a number from ${min} to ${max}.`;
  return min !== undefined ? `Write ${min} or more.` : `Write ${max} or less.`;
}

function dateProblem(item: Item, value: string | undefined): string | undefined {
  if (!value || !/^\d{4}(-\d{2}(-\d{2})?)?/.test(value)) return 'Write the date in full.';
  const [min, max] = [minDateOf(item), maxDateOf(item)];
  if (min && value < min) return `The date cannot be before ${min}.`;
  return max && value > max ? `The date cannot be after ${max}.` : undefined;
}

function valueProblem(item: Item, answer: Answer): string | undefined {
  switch (item.type) {
    case 'integer':
      return numberProblem(item, answer.valueInteger);
    case 'decimal':
      return numberProblem(item, answer.valueDecimal);
    case 'quantity':
      return numberProblem(item, answer.valueQuantity?.value);
    case 'date':
      return dateProblem(item, answer.valueDate);
    case 'dateTime':
      return dateProblem(item, answer.valueDateTime);
    case 'string':
    case 'text': {
      const over = [...(answer.valueString ?? '')].length - (item.maxLength ?? Infinity);
      return over > 0 ? `Shorten this by ${plural(over, 'character')}.` : undefined;
    }
    default:
      return undefined;
  }
}

const missing = (item: Item) => {
  if (item.type === 'attachment') return 'This is needed. Sign or choose a picture.';
  if (item.type === 'boolean' || item.type === 'choice') return 'This is needed. Choose an answer.';
  return 'This is needed. Write or choose an answer.';
};

export function problemOf({ item, key }: Asked, filled: Filled): Problem | undefined {
  if (item.readOnly) return undefined;
  const given = filled.answers[key] ?? [];
  const text = given.length
    ? given.map((answer) => valueProblem(item, answer)).find(Boolean)
    : item.required && missing(item);
  return text ? { key, linkId: item.linkId, text } : undefined;
}

export const problems = (form: Form, filled: Filled): Problem[] =>
  questionsAsked(form, filled).flatMap((one) => problemOf(one, filled) ?? []);
