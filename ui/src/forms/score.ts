// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Calculated answers (SDC calculatedExpression). The FHIRPath evaluator weighs more than a screen, so it is fetched only for
// a form that calculates, and only where the score is shown: the server scores for itself.
// https://hl7.org/fhir/uv/sdc/STU3/StructureDefinition-sdc-questionnaire-calculatedExpression.html
import { responseOf, type Filled, type Form } from './fill';
import { calculated, flat, ordinal, type Answer, type Item } from './items';

const isCalculated = (item: Item) => {
  const expression = calculated(item);
  return expression?.language === 'text/fhirpath' && Boolean(expression.expression);
};

export const calculatedItems = (form: Form) => flat(form.questionnaire.item).filter(isCalculated);

type Said = fhir4.QuestionnaireResponseItem;

/** The response as plain data: each answer also under `value`, a coding with the number that its option stands for. */
function plainly(form: Form, items: Said[] = []): unknown[] {
  return items.map((said) => {
    const options = form.places.get(said.linkId)?.item.answerOption ?? [];
    const value = (answer: Answer) => {
      if (!answer.valueCoding) return Object.entries(answer).find(([name]) => name.startsWith('value'))?.[1];
      const option = options.find((o) => o.valueCoding?.code === answer.valueCoding?.code);
      const scored = option && ordinal(option);
      return { ...answer.valueCoding, ...(scored !== undefined && { ordinalValue: scored }) };
    };
    return {
      ...said,
      ...(said.answer && { answer: said.answer.map((a) => ({ ...a, value: value(a), item: plainly(form, a.item) })) }),
      ...(said.item && { item: plainly(form, said.item) }),
    };
  });
}

function answerOf(item: Item, value: unknown): Answer[] {
  if (typeof value === 'number') {
    if (item.type === 'integer') return [{ valueInteger: Math.round(value) }];
    if (item.type === 'quantity') return [{ valueQuantity: { value } }];
    return [{ valueDecimal: Math.round(value * 1000) / 1000 }];
  }
  if (typeof value === 'boolean') return [{ valueBoolean: value }];
  return typeof value === 'string' ? [{ valueString: value }] : [];
}

/** The calculated answers for what is filled in so far; none where an expression has no result. */
export async function calculate(form: Form, filled: Filled): Promise<Filled['answers']> {
  const { default: fhirpath } = await import('fhirpath');
  const said = responseOf(form, filled, { patient: { id: 'x' }, authored: '' });
  const resource = { ...said, item: plainly(form, said.item) };
  // "ordinal()" is SDC's; a coding carries its number here as data.
  const spoken = (text: string) => text.replace(/\.(ordinal|weight)\(\)/g, '.ordinalValue');
  const results = calculatedItems(form).map(async (item): Promise<[string, Answer[]]> => {
    const known = { resource, questionnaire: form.questionnaire };
    const found: unknown[] = await fhirpath.evaluate(resource, spoken(calculated(item)!.expression!), known);
    return [item.linkId, found.length === 1 ? answerOf(item, found[0]) : []];
  });
  return Object.fromEntries(await Promise.all(results));
}
