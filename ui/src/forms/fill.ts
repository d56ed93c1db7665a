// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A form that is being filled: which items are asked (enableWhen), where an answer lies when groups repeat, and the way to
// a QuestionnaireResponse and back. A question inside the second row of the repeating group "medicine" has the key
// "medicine:b/dose", where "b" names the row; the rows themselves are listed under the group's key.
// https://hl7.org/fhir/R4/questionnaire.html · https://hl7.org/fhir/R4/questionnaireresponse.html
import { childrenOf, isQuestion, optionAnswer, sameCoding, sameValue, type Answer, type Item } from './items';

export type Filled = { answers: Record<string, Answer[]>; rows: Record<string, string[]> };
export const empty: Filled = { answers: {}, rows: {} };

type Place = { item: Item; parent?: Place };

/** The places of a form's items by linkId. */
export type Form = { questionnaire: fhir4.Questionnaire; places: Map<string, Place> };

export function formOf(questionnaire: fhir4.Questionnaire): Form {
  const places = new Map<string, Place>();
  const walk = (items: Item[] = [], parent?: Place) => {
    for (const item of items) {
      const place = { item, parent };
      places.set(item.linkId, place);
      walk(item.item, place);
    }
  };
  walk(questionnaire.item);
  return { questionnaire, places };
}

export const keyOf = (scope: string, linkId: string) => scope + linkId;
export const rowScope = (scope: string, group: Item, row: string) => `${scope}${group.linkId}:${row}/`;
export const rowsOf = (filled: Filled, scope: string, group: Item) =>
  filled.rows[keyOf(scope, group.linkId)] ?? (group.required ? ['a'] : []);

export const answersAt = (filled: Filled, scope: string, item: Item) => filled.answers[keyOf(scope, item.linkId)] ?? [];

/** The repeating groups that a place lies in, outermost first. */
function loopsOf({ parent }: Place): Item[] {
  if (!parent) return [];
  return [...loopsOf(parent), ...(parent.item.type === 'group' && parent.item.repeats ? [parent.item] : [])];
}

/** What a condition in `scope` hears of a question: its answer in one's own row, or in every row when it lies in rows of its own. */
function heard(form: Form, filled: Filled, question: string, scope: string, trail: string[]): Answer[] {
  const place = form.places.get(question);
  if (!place) return [];
  const loops = loopsOf(place);
  const mine = scope.split('/').filter(Boolean);
  const shared = mine.findIndex((part, i) => !loops[i] || !part.startsWith(`${loops[i].linkId}:`));
  const own = (shared < 0 ? mine : mine.slice(0, shared)).map((part) => `${part}/`);
  const begin = own.join('');
  const keys =
    own.length === loops.length
      ? [begin + question]
      : Object.keys(filled.answers).filter((key) => key.startsWith(begin) && key.endsWith(`/${question}`));
  return keys
    .filter((key) => isAsked(form, filled, place, key.slice(0, key.length - question.length), trail))
    .flatMap((key) => filled.answers[key] ?? []);
}

type When = fhir4.QuestionnaireItemEnableWhen;

const plain = (answer: Answer) =>
  answer.valueBoolean ??
  answer.valueInteger ??
  answer.valueDecimal ??
  answer.valueQuantity?.value ??
  answer.valueString ??
  answer.valueDate ??
  answer.valueDateTime ??
  answer.valueTime;

function meets(when: When, answer: Answer): boolean {
  if (when.answerCoding) {
    const same = answer.valueCoding !== undefined && sameCoding(answer.valueCoding, when.answerCoding);
    return when.operator === '!=' ? !same : when.operator === '=' && same;
  }
  const given = plain(answer);
  const wanted =
    when.answerBoolean ??
    when.answerInteger ??
    when.answerDecimal ??
    when.answerQuantity?.value ??
    when.answerString ??
    when.answerDate ??
    when.answerDateTime ??
    when.answerTime;
  if (given === undefined || wanted === undefined) return false;
  const unit = when.answerQuantity?.code ?? when.answerQuantity?.unit;
  const had = answer.valueQuantity?.code ?? answer.valueQuantity?.unit;
  if (unit && had && unit !== had) return when.operator === '!=';
  switch (when.operator) {
    case '=':
      return given === wanted;
    case '!=':
      return given !== wanted;
    case '>':
      return given > wanted;
    case '<':
      return given < wanted;
    case '>=':
      return given >= wanted;
    case '<=':
      return given <= wanted;
    case 'exists':
      return true;
  }
}

/** Of many answers one is enough; a question without an answer meets nothing but "exists: false". */
function holds(form: Form, filled: Filled, when: When, scope: string, trail: string[]): boolean {
  const answers = heard(form, filled, when.question, scope, trail);
  if (when.operator === 'exists') return answers.length > 0 === (when.answerBoolean ?? true);
  return answers.some((answer) => meets(when, answer));
}

/** An answer to a question that is not asked (any more) decides nothing; a circle of conditions ends as not asked. */
function isAsked(form: Form, filled: Filled, place: Place, scope: string, trail: string[]): boolean {
  const { item, parent } = place;
  if (trail.includes(item.linkId)) return false;
  if (parent && !isAsked(form, filled, parent, parentScope(parent, scope), trail)) return false;
  if (!item.enableWhen?.length) return true;
  const next = [...trail, item.linkId];
  const results = item.enableWhen.map((when) => holds(form, filled, when, scope, next));
  return item.enableBehavior === 'all' ? results.every(Boolean) : results.some(Boolean);
}

/** The scope of a parent: that of its row's outside, when it is the group whose row this is. */
function parentScope(parent: Place, scope: string): string {
  const parts = scope.split('/').filter(Boolean);
  if (!parts.at(-1)?.startsWith(`${parent.item.linkId}:`)) return scope;
  return parts
    .slice(0, -1)
    .map((part) => `${part}/`)
    .join('');
}

export function enabled(form: Form, filled: Filled, item: Item, scope = ''): boolean {
  const place = form.places.get(item.linkId);
  return place ? isAsked(form, filled, place, scope, []) : false;
}

export type Asked = { item: Item; scope: string; key: string };

/** Every question and display that applies, in order, with the rows of repeating groups. */
export function asked(form: Form, filled: Filled): Asked[] {
  const walk = (items: Item[] = [], scope: string): Asked[] =>
    items
      .filter((item) => enabled(form, filled, item, scope))
      .flatMap((item): Asked[] => {
        if (item.type !== 'group')
          return [{ item, scope, key: keyOf(scope, item.linkId) }, ...walk(childrenOf(item), scope)];
        if (!item.repeats) return walk(childrenOf(item), scope);
        return rowsOf(filled, scope, item).flatMap((row) => walk(childrenOf(item), rowScope(scope, item, row)));
      });
  return walk(form.questionnaire.item, '');
}

export const questionsAsked = (form: Form, filled: Filled) =>
  asked(form, filled).filter(({ item }) => isQuestion(item));

/** The answers that the form itself begins with. */
export function initialOf(form: Form): Filled {
  const answers: Filled['answers'] = {};
  for (const { item } of form.places.values()) {
    const chosen = (item.answerOption ?? []).filter((option) => option.initialSelected);
    if (item.initial?.length) answers[item.linkId] = item.initial as Answer[];
    else if (chosen.length)
      answers[item.linkId] = chosen.map((o) => ({ valueCoding: o.valueCoding, valueString: o.valueString }));
  }
  return { answers, rows: {} };
}

type Said = fhir4.QuestionnaireResponseItem;

function saidAt(form: Form, filled: Filled, items: Item[], scope: string): Said[] {
  return items
    .filter((item) => item.type !== 'display' && enabled(form, filled, item, scope))
    .flatMap((item): Said[] => {
      const said: Said = { linkId: item.linkId, ...(item.text && { text: item.text }) };
      if (item.type === 'group' && item.repeats)
        return rowsOf(filled, scope, item).map((row) => ({
          ...said,
          item: saidAt(form, filled, item.item ?? [], rowScope(scope, item, row)),
        }));
      const inner = saidAt(form, filled, item.item ?? [], scope);
      if (item.type === 'group') return [{ ...said, item: inner }];
      const answer = answersAt(filled, scope, item);
      return [
        { ...said, answer: inner.length && answer[0] ? [{ ...answer[0], item: inner }, ...answer.slice(1)] : answer },
      ];
    })
    .filter((said) => said.answer?.length || said.item?.length);
}

export type About = { patient: { id: string; name?: string }; authored: string; author?: string };

/** Only what was asked and answered; groups keep their place. */
export function responseOf(form: Form, filled: Filled, about: About): fhir4.QuestionnaireResponse {
  const { patient, authored, author } = about;
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: form.questionnaire.url,
    status: 'completed',
    subject: { reference: `Patient/${patient.id}`, ...(patient.name && { display: patient.name }) },
    authored,
    ...(author && { author: { reference: author } }),
    item: saidAt(form, filled, form.questionnaire.item ?? [], ''),
  };
}

const rowName = (i: number) => (i < 26 ? String.fromCharCode(97 + i) : `a${i}`);

/** The name of a row that no row of the group has yet. */
export function newRow(rows: string[]): string {
  for (let i = 0; ; i++) if (!rows.includes(rowName(i))) return rowName(i);
}

/** A code that came without its words gets those of the option that it is. */
function inFull(item: Item, answer: Answer): Answer {
  if (!answer.valueCoding || answer.valueCoding.display) return answer;
  return item.answerOption?.map(optionAnswer).find((option) => sameValue(option, answer)) ?? answer;
}

/** The answers of a response, to edit it or to begin a new one with. */
export function filledFrom(form: Form, response: fhir4.QuestionnaireResponse): Filled {
  const filled: Filled = { answers: {}, rows: {} };
  const walk = (items: Said[] = [], scope: string) => {
    for (const said of items) {
      const item = form.places.get(said.linkId)?.item;
      if (!item) continue;
      if (item.type === 'group' && item.repeats) {
        const key = keyOf(scope, item.linkId);
        const row = newRow(filled.rows[key] ?? []);
        filled.rows[key] = [...(filled.rows[key] ?? []), row];
        walk(said.item, rowScope(scope, item, row));
        continue;
      }
      if (said.answer?.length)
        filled.answers[keyOf(scope, item.linkId)] = said.answer.map(({ item: _, ...answer }) => inFull(item, answer));
      walk(said.item, scope);
      said.answer?.forEach((answer) => walk(answer.item, scope));
    }
  };
  walk(response.item, '');
  return filled;
}
