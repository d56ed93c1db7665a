// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Questionnaires without a screen: which items are asked (enableWhen), how they are grouped, and the response they make.
// https://hl7.org/fhir/R4/questionnaire.html

type Item = fhir4.QuestionnaireItem;
type Answer = fhir4.QuestionnaireResponseItemAnswer;
export type Answers = Record<string, Answer[]>;

export const flat = (items: Item[] = []): Item[] => items.flatMap((item) => [item, ...flat(item.item)]);

export const answered = (item: Item, answers: Answers) => Boolean(answers[item.linkId]?.length);

const plain = (answer?: Answer) =>
  answer &&
  (answer.valueBoolean ??
    answer.valueInteger ??
    answer.valueDecimal ??
    answer.valueQuantity?.value ??
    answer.valueString ??
    answer.valueDate ??
    answer.valueCoding?.code);

function holds(when: fhir4.QuestionnaireItemEnableWhen, answers: Answers): boolean {
  const given = plain(answers[when.question]?.[0]);
  const wanted =
    when.answerBoolean ??
    when.answerInteger ??
    when.answerDecimal ??
    when.answerQuantity?.value ??
    when.answerString ??
    when.answerDate ??
    when.answerCoding?.code;
  if (when.operator === 'exists') return (given !== undefined) === (when.answerBoolean ?? true);
  if (given === undefined || wanted === undefined) return false;
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
  }
}

export function enabled(item: Item, answers: Answers): boolean {
  if (!item.enableWhen?.length) return true;
  const results = item.enableWhen.map((when) => holds(when, answers));
  return item.enableBehavior === 'all' ? results.every(Boolean) : results.some(Boolean);
}

/** The form as titled parts: its groups, and what stands outside of any. */
export function sections(items: Item[] = []): { title: string; items: Item[] }[] {
  const loose = items.filter((item) => item.type !== 'group');
  const groups = items.filter((item) => item.type === 'group');
  return [
    ...(loose.length ? [{ title: 'Questions', items: loose.flatMap((item) => [item, ...flat(item.item)]) }] : []),
    ...groups.map((group) => ({
      title: group.text ?? 'Questions',
      items: flat(group.item).filter((item) => item.type !== 'group'),
    })),
  ];
}

/** Only what was asked and answered; groups keep their place. */
export function responseOf(
  questionnaire: fhir4.Questionnaire,
  answers: Answers,
  patient: { id: string; name: string },
  authored: string,
): fhir4.QuestionnaireResponse {
  const walk = (items: Item[] = []): fhir4.QuestionnaireResponseItem[] =>
    items
      .filter((item) => item.type !== 'display' && enabled(item, answers))
      .map((item) => {
        const inner = walk(item.item);
        const answer = answers[item.linkId] ?? [];
        const said: fhir4.QuestionnaireResponseItem = { linkId: item.linkId, text: item.text };
        if (item.type === 'group') return { ...said, ...(inner.length && { item: inner }) };
        if (!answer.length) return said;
        return { ...said, answer: inner.length ? [{ ...answer[0], item: inner }] : answer };
      })
      .filter((said) => said.answer?.length || said.item?.length);
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: questionnaire.url,
    status: 'completed',
    subject: { reference: `Patient/${patient.id}`, display: patient.name },
    authored,
    item: walk(questionnaire.item),
  };
}
