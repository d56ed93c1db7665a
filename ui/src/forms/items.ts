// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What an item of a Questionnaire asks for beyond its type: the extensions of R4 and SDC that the renderer knows, read in
// one place. https://hl7.org/fhir/R4/questionnaire-profiles.html
import { extensions } from '../fhir/canonical';

export type Item = fhir4.QuestionnaireItem;
export type Answer = fhir4.QuestionnaireResponseItemAnswer;
type Extended = { extension?: fhir4.Extension[] };

const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/';
const ordinals = [`${hl7}ordinalValue`, `${hl7}itemWeight`];

const find = (item: Extended, url: string) => item.extension?.find((extension) => extension.url === url);

/** The code of `questionnaire-itemControl`, such as `slider` or `drop-down`. */
export const control = (item: Item) =>
  find(item, `${hl7}questionnaire-itemControl`)?.valueCodeableConcept?.coding?.[0]?.code;

export const flat = (items: Item[] = []): Item[] => items.flatMap((item) => [item, ...flat(item.item)]);

const number = (extension?: fhir4.Extension) => extension?.valueInteger ?? extension?.valueDecimal;

export const minOf = (item: Item) => number(find(item, `${hl7}minValue`));
export const maxOf = (item: Item) => number(find(item, `${hl7}maxValue`));
export const minDateOf = (item: Item) => find(item, `${hl7}minValue`)?.valueDate;
export const maxDateOf = (item: Item) => find(item, `${hl7}maxValue`)?.valueDate;
export const stepOf = (item: Item) => find(item, `${hl7}questionnaire-sliderStepValue`)?.valueInteger ?? 1;
export const entryFormat = (item: Item) => find(item, `${hl7}entryFormat`)?.valueString;
export const calculated = (item: Item) => find(item, `${sdc}sdc-questionnaire-calculatedExpression`)?.valueExpression;
export const crisisText = (item: Item) => find(item, extensions.crisisText)?.valueString;
export const minutesToFill = (form: fhir4.Questionnaire) => find(form, extensions.minutesToFill)?.valueInteger;
export const isForStaff = (form: fhir4.Questionnaire) => find(form, extensions.audience)?.valueCode === 'staff';

export const ordinal = (option: fhir4.QuestionnaireItemAnswerOption): number | undefined => {
  const all = [...(option.extension ?? []), ...(option.valueCoding?.extension ?? [])];
  return all.find((extension) => ordinals.includes(extension.url))?.valueDecimal;
};

/** The units that a quantity may have; the first is the one to begin with. */
export function unitsOf(item: Item): fhir4.Coding[] {
  const options = item.extension?.filter((extension) => extension.url === `${hl7}questionnaire-unitOption`) ?? [];
  const fixed = find(item, `${hl7}questionnaire-unit`)?.valueCoding;
  return [...options.map((option) => option.valueCoding), fixed].filter((unit) => unit !== undefined);
}

/** A whole number from 0 to 10 is a bar, whether or not the form says "slider". */
export const isScale = (item: Item) =>
  item.type === 'integer' && minOf(item) === 0 && maxOf(item) === 10 && stepOf(item) === 1;

/** A slider over other whole numbers, such as −7 to 7, is drawn as its numbers. */
export function steppedNumbers(item: Item): number[] {
  const [min, max] = [minOf(item), maxOf(item)];
  if (item.type !== 'integer' || control(item) !== 'slider' || min === undefined || max === undefined) return [];
  return max - min > 20 ? [] : Array.from({ length: max - min + 1 }, (_, i) => min + i);
}

const aside = ['lower', 'upper', 'help', 'flyover', 'prompt', 'unit'];

/** The words at the two ends of a scale. */
export const anchors = (item: Item) => {
  const text = (code: string) => item.item?.find((inner) => inner.type === 'display' && control(inner) === code)?.text;
  return { lower: text('lower'), upper: text('upper') };
};

/** Sentences that explain a question: displays inside it marked as help. */
export const helpOf = (item: Item) =>
  (item.item ?? [])
    .filter((inner) => inner.type === 'display' && ['help', 'flyover', 'prompt'].includes(control(inner) ?? ''))
    .map((inner) => inner.text)
    .join(' ');

/** What is drawn inside of an item as items of their own. */
export const childrenOf = (item: Item) =>
  (item.item ?? []).filter((inner) => !(inner.type === 'display' && aside.includes(control(inner) ?? '')));

export const isQuestion = (item: Item) => item.type !== 'group' && item.type !== 'display';

/** An answer of one tap: after it, the next question may come by itself. */
export const isOneTap = (item: Item) =>
  !item.repeats && (item.type === 'boolean' || item.type === 'choice') && control(item) !== 'drop-down';

/** The text of an answer's value, to compare and to show. */
export function valueText(answer: Answer): string {
  if (answer.valueBoolean !== undefined) return answer.valueBoolean ? 'Yes' : 'No';
  if (answer.valueCoding) return answer.valueCoding.display ?? answer.valueCoding.code ?? '';
  if (answer.valueQuantity) return `${answer.valueQuantity.value} ${answer.valueQuantity.unit ?? ''}`.trim();
  if (answer.valueAttachment) return answer.valueAttachment.title ?? 'Attached';
  const plain = answer.valueInteger ?? answer.valueDecimal ?? answer.valueString ?? answer.valueDate;
  return String(plain ?? answer.valueDateTime ?? answer.valueTime?.slice(0, 5) ?? '');
}

export function sameValue(a: Answer, b: Answer): boolean {
  if (a.valueCoding && b.valueCoding) return sameCoding(a.valueCoding, b.valueCoding);
  if (a.valueAttachment || b.valueAttachment) return a.valueAttachment?.data === b.valueAttachment?.data;
  return valueText(a) === valueText(b);
}

export const sameCoding = (a: fhir4.Coding, b: fhir4.Coding) =>
  a.code === b.code && (!a.system || !b.system || a.system === b.system);

/** An option of a choice as the answer that choosing it gives. */
export function optionAnswer(option: fhir4.QuestionnaireItemAnswerOption): Answer {
  if (option.valueCoding) {
    const { extension: _, ...coding } = option.valueCoding;
    return { valueCoding: coding };
  }
  if (option.valueInteger !== undefined) return { valueInteger: option.valueInteger };
  if (option.valueDate) return { valueDate: option.valueDate };
  if (option.valueTime) return { valueTime: option.valueTime };
  return { valueString: option.valueString };
}

/** An attachment that is signed with a finger rather than photographed. */
export const isSignature = (item: Item) =>
  control(item) === 'signature' ||
  item.linkId.endsWith('signature') ||
  (item.extension ?? []).some((e) => e.url === `${hl7}mimeType` && e.valueCode === 'image/svg+xml');
