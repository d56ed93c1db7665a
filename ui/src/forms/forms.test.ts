// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Forms without a screen: what is asked, what is missing, the response and the way back, rows, steps and signatures.
import { describe, expect, it } from 'vitest';
import { addRow, answer, dropRow, noToRest } from './change';
import { problems } from './check';
import { asked, empty, enabled, filledFrom, formOf, initialOf, responseOf, type Filled } from './fill';
import { drawnSvg, isEnough, pathOf, thin, typedSvg } from './ink';
import { anchors, calculated, childrenOf, isScale, isSignature, type Answer, type Item } from './items';
import { calculate } from './score';
import { stepsOf } from './steps';

type Q = fhir4.Questionnaire;
const form = (...item: Item[]) => formOf({ resourceType: 'Questionnaire', url: 'urn:q', status: 'active', item } as Q);
const filled = (answers: Record<string, Answer[]>, rows: Filled['rows'] = {}): Filled => ({ answers, rows });
const about = { patient: { id: 'p', name: 'Ana' }, authored: '2026-11-23T10:00:00-05:00' };
const when = (w: Partial<fhir4.QuestionnaireItemEnableWhen>) => [
  { question: 'q', operator: '=', ...w } as fhir4.QuestionnaireItemEnableWhen,
];
const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
const coding = (code: string) => ({ system: 'urn:s', code });

describe('enableWhen', () => {
  const type = { valueBoolean: 'boolean', valueCoding: 'choice' } as const;
  const cases: [string, Answer[], Partial<fhir4.QuestionnaireItemEnableWhen>, boolean][] = [
    ['= true', [{ valueBoolean: true }], { answerBoolean: true }, true],
    ['= true, no', [{ valueBoolean: false }], { answerBoolean: true }, false],
    ['= without an answer', [], { answerBoolean: true }, false],
    ['!= of another number', [{ valueInteger: 3 }], { operator: '!=', answerInteger: 2 }, true],
    ['!= of the same', [{ valueInteger: 2 }], { operator: '!=', answerInteger: 2 }, false],
    ['!= without an answer', [], { operator: '!=', answerInteger: 2 }, false],
    ['> above', [{ valueInteger: 3 }], { operator: '>', answerInteger: 2 }, true],
    ['> at', [{ valueInteger: 2 }], { operator: '>', answerInteger: 2 }, false],
    ['>= at', [{ valueDecimal: 2 }], { operator: '>=', answerDecimal: 2 }, true],
    ['< below', [{ valueDate: '2026-01-01' }], { operator: '<', answerDate: '2026-02-01' }, true],
    ['<= above', [{ valueDate: '2026-03-01' }], { operator: '<=', answerDate: '2026-02-01' }, false],
    ['= a word', [{ valueString: 'a' }], { answerString: 'a' }, true],
    ['= a coding', [{ valueCoding: coding('a') }], { answerCoding: coding('a') }, true],
    [
      '= a coding of another system',
      [{ valueCoding: { system: 'urn:t', code: 'a' } }],
      { answerCoding: coding('a') },
      false,
    ],
    ['!= a coding', [{ valueCoding: coding('b') }], { operator: '!=', answerCoding: coding('a') }, true],
    ['one of many', [{ valueCoding: coding('b') }, { valueCoding: coding('a') }], { answerCoding: coding('a') }, true],
    ['exists', [{ valueInteger: 0 }], { operator: 'exists', answerBoolean: true }, true],
    ['exists, nothing', [], { operator: 'exists', answerBoolean: true }, false],
    ['does not exist', [], { operator: 'exists', answerBoolean: false }, true],
    [
      'a quantity',
      [{ valueQuantity: { value: 3, code: 'kg' } }],
      { operator: '>', answerQuantity: { value: 2, code: 'kg' } },
      true,
    ],
    [
      'a quantity in another unit',
      [{ valueQuantity: { value: 3, code: 'g' } }],
      { operator: '>', answerQuantity: { value: 2, code: 'kg' } },
      false,
    ],
  ];
  it.each(cases)('%s', (_, answers, condition, expected) => {
    const kind = answers[0]?.valueCoding ? type.valueCoding : type.valueBoolean;
    const f = form({ linkId: 'q', type: kind }, { linkId: 'x', type: 'string', enableWhen: when(condition) });
    expect(enabled(f, filled({ q: answers }), f.places.get('x')!.item)).toBe(expected);
  });

  const two = [...when({ answerBoolean: true }), { question: 'r', operator: '=', answerBoolean: true } as const];
  it.each([
    ['any', true, false, true],
    ['any', false, false, false],
    ['all', true, false, false],
    ['all', true, true, true],
  ] as const)('%s of two: %s and %s', (enableBehavior, q, r, expected) => {
    const x: Item = { linkId: 'x', type: 'string', enableWhen: two, enableBehavior };
    const f = form({ linkId: 'q', type: 'boolean' }, { linkId: 'r', type: 'boolean' }, x);
    const given = filled({ q: [{ valueBoolean: q }], r: [{ valueBoolean: r }] });
    expect(enabled(f, given, x)).toBe(expected);
  });

  it('hears nothing from a question that is not asked any more, and ends in a circle', () => {
    const yes = when({ answerBoolean: true });
    const f = form(
      { linkId: 'q', type: 'boolean' },
      { linkId: 'mid', type: 'boolean', enableWhen: yes },
      { linkId: 'end', type: 'boolean', enableWhen: [{ ...yes[0]!, question: 'mid' }] },
      { linkId: 'self', type: 'boolean', enableWhen: [{ ...yes[0]!, question: 'self' }] },
    );
    const given = (q: boolean) =>
      filled({ q: [{ valueBoolean: q }], mid: [{ valueBoolean: true }], self: [{ valueBoolean: true }] });
    expect(asked(f, given(true)).map((a) => a.key)).toEqual(['q', 'mid', 'end']);
    expect(asked(f, given(false)).map((a) => a.key)).toEqual(['q']);
  });

  const medicine: Item = {
    linkId: 'medicine',
    type: 'group',
    repeats: true,
    text: 'Medicine',
    item: [
      { linkId: 'name', type: 'string', required: true },
      { linkId: 'thinner', type: 'boolean' },
      { linkId: 'inr', type: 'decimal', enableWhen: [{ question: 'thinner', operator: '=', answerBoolean: true }] },
    ],
  };
  it('looks in its own row first, and in all rows from outside', () => {
    const f = form(medicine, {
      linkId: 'any',
      type: 'string',
      enableWhen: [{ question: 'thinner', operator: '=', answerBoolean: true }],
    });
    const given = filled({ 'medicine:b/thinner': [{ valueBoolean: true }] }, { medicine: ['a', 'b'] });
    expect(asked(f, given).map((a) => a.key)).toEqual([
      'medicine:a/name',
      'medicine:a/thinner',
      'medicine:b/name',
      'medicine:b/thinner',
      'medicine:b/inr',
      'any',
    ]);
  });

  it('adds and drops rows, and answers go with their row', () => {
    const f = form(medicine);
    let state = addRow(addRow(empty, '', medicine), '', medicine);
    expect(state.rows).toEqual({ medicine: ['a', 'b'] });
    state = answer(answer(state, 'medicine:a/name', [{ valueString: 'A' }]), 'medicine:b/name', [{ valueString: 'B' }]);
    state = dropRow(state, '', medicine, 'a');
    expect(responseOf(f, state, about).item).toEqual([
      { linkId: 'medicine', text: 'Medicine', item: [{ linkId: 'name', answer: [{ valueString: 'B' }] }] },
    ]);
    expect(addRow(state, '', medicine).rows).toEqual({ medicine: ['b', 'a'] });
    expect(state.answers['medicine:a/name']).toBeUndefined();
    expect(problems(f, addRow(state, '', medicine)).map((p) => p.key)).toEqual(['medicine:a/name']);
  });
});

describe('the response', () => {
  const f = form(
    { linkId: 'fever', type: 'boolean', text: 'Fever?' },
    { linkId: 'words', type: 'display', text: 'Please read' },
    {
      linkId: 'g',
      type: 'group',
      text: 'Health',
      item: [
        {
          linkId: 'pregnant',
          type: 'boolean',
          text: 'Pregnant?',
          item: [
            {
              linkId: 'weeks',
              type: 'integer',
              enableWhen: [{ question: 'pregnant', operator: '=', answerBoolean: true }],
            },
          ],
        },
        { linkId: 'allergy', type: 'group', repeats: true, item: [{ linkId: 'to', type: 'string' }] },
      ],
    },
    { linkId: 'access', type: 'choice', repeats: true },
  );
  const given = filled(
    {
      fever: [{ valueBoolean: false }],
      pregnant: [{ valueBoolean: true }],
      weeks: [{ valueInteger: 12 }],
      'allergy:a/to': [{ valueString: 'Latex' }],
      'allergy:b/to': [{ valueString: 'Nuts' }],
      access: [{ valueCoding: coding('low-table') }, { valueCoding: coding('hearing') }],
    },
    { allergy: ['a', 'b'] },
  );
  it('keeps groups, rows and questions inside answers', () => {
    const response = responseOf(f, given, about);
    expect(response.subject).toEqual({ reference: 'Patient/p', display: 'Ana' });
    expect(response.item).toEqual([
      { linkId: 'fever', text: 'Fever?', answer: [{ valueBoolean: false }] },
      {
        linkId: 'g',
        text: 'Health',
        item: [
          {
            linkId: 'pregnant',
            text: 'Pregnant?',
            answer: [{ valueBoolean: true, item: [{ linkId: 'weeks', answer: [{ valueInteger: 12 }] }] }],
          },
          { linkId: 'allergy', item: [{ linkId: 'to', answer: [{ valueString: 'Latex' }] }] },
          { linkId: 'allergy', item: [{ linkId: 'to', answer: [{ valueString: 'Nuts' }] }] },
        ],
      },
      { linkId: 'access', answer: [{ valueCoding: coding('low-table') }, { valueCoding: coding('hearing') }] },
    ]);
  });
  it('leaves out what was not asked or not answered', () => {
    const no = answer(given, 'pregnant', [{ valueBoolean: false }]);
    expect(JSON.stringify(responseOf(f, no, about))).not.toContain('weeks');
    expect(responseOf(f, empty, about).item).toEqual([]);
  });
  it('leads back to the answers it was made of', () => {
    expect(filledFrom(f, responseOf(f, given, about))).toEqual(given);
  });
  it('gives a code that came without words those of its option', () => {
    const option = { valueCoding: { ...coding('1'), display: 'One' } };
    const asks = form({ linkId: 'a', type: 'choice', answerOption: [option] });
    const said = (code: string) =>
      ({
        resourceType: 'QuestionnaireResponse',
        status: 'in-progress',
        item: [{ linkId: 'a', answer: [{ valueCoding: coding(code) }] }],
      }) as fhir4.QuestionnaireResponse;
    expect(filledFrom(asks, said('1')).answers.a).toEqual([option]);
    expect(filledFrom(asks, said('2')).answers.a).toEqual([{ valueCoding: coding('2') }]);
  });
  it('begins with the initial values', () => {
    const preset = form(
      { linkId: 'a', type: 'string', initial: [{ valueString: 'x' }] },
      {
        linkId: 'b',
        type: 'choice',
        answerOption: [{ valueCoding: coding('1') }, { valueCoding: coding('2'), initialSelected: true }],
      },
    );
    expect(initialOf(preset).answers).toEqual({ a: [{ valueString: 'x' }], b: [{ valueCoding: coding('2') }] });
  });
  it('says no only to what is open and asked', () => {
    const next = noToRest(f, filled({ fever: [{ valueBoolean: true }] }), new Set(['fever', 'pregnant', 'weeks']));
    expect(next.answers).toEqual({ fever: [{ valueBoolean: true }], pregnant: [{ valueBoolean: false }] });
  });
});

describe('what stands in the way', () => {
  const range = [
    { url: `${hl7}minValue`, valueInteger: 0 },
    { url: `${hl7}maxValue`, valueInteger: 42 },
  ];
  const check = (item: Item, ...answers: Answer[]) => problems(form(item), filled({ [item.linkId]: answers }))[0]?.text;
  it.each<[string, Item, Answer[], string | undefined]>([
    ['needed', { linkId: 'a', type: 'string', required: true }, [], 'This is needed. Write or choose an answer.'],
    ['not needed', { linkId: 'a', type: 'string' }, [], undefined],
    ['read only', { linkId: 'a', type: 'integer', required: true, readOnly: true }, [], undefined],
    [
      'a signature',
      { linkId: 'a', type: 'attachment', required: true },
      [],
      'This is needed. Sign or choose a picture.',
    ],
    ['no is an answer', { linkId: 'a', type: 'boolean', required: true }, [{ valueBoolean: false }], undefined],
    [
      'above',
      { linkId: 'a', type: 'integer', extension: range },
      [{ valueInteger: 43 }],
      'Write a number from 0 to 42.',
    ],
    ['inside', { linkId: 'a', type: 'integer', extension: range }, [{ valueInteger: 42 }], undefined],
    ['not whole', { linkId: 'a', type: 'integer' }, [{ valueInteger: 1.5 }], 'Write a whole number.'],
    ['no number', { linkId: 'a', type: 'decimal' }, [{ valueDecimal: NaN }], 'Write a number.'],
    [
      'too long',
      { linkId: 'a', type: 'text', maxLength: 3 },
      [{ valueString: 'abcd' }],
      'Shorten this by 1 character.',
    ],
  ])('%s', (_, item, answers, expected) => expect(check(item, ...answers)).toBe(expected));
});

describe('steps on the phone', () => {
  const f = form(
    { linkId: 'hello', type: 'display', text: 'Welcome' },
    {
      linkId: 'g',
      type: 'group',
      text: 'Health',
      item: [
        { linkId: 'q', type: 'boolean' },
        { linkId: 'more', type: 'text', enableWhen: when({ answerBoolean: true }) },
        { linkId: 'list', type: 'group', repeats: true, item: [{ linkId: 'x', type: 'string' }] },
      ],
    },
    { linkId: 'score', type: 'decimal', readOnly: true },
    { linkId: 'bye', type: 'display', text: 'Thank you' },
  );
  it('has one question each, in its part, with the words before it', () => {
    const ids = (answers: Record<string, Answer[]>) => stepsOf(f, filled(answers)).map((s) => s.id);
    expect(ids({})).toEqual(['q', 'list', 'last-words']);
    expect(ids({ q: [{ valueBoolean: true }] })).toEqual(['q', 'more', 'list', 'last-words']);
    const [first] = stepsOf(f, empty);
    expect([first!.title, first!.intro[0]!.text]).toEqual(['Health', 'Welcome']);
  });
});

describe('what an item asks for', () => {
  const scale: Item = {
    linkId: 'pain',
    type: 'integer',
    extension: [
      { url: `${hl7}minValue`, valueInteger: 0 },
      { url: `${hl7}maxValue`, valueInteger: 10 },
    ],
    item: [
      {
        linkId: 'l',
        type: 'display',
        text: 'none',
        extension: [{ url: `${hl7}questionnaire-itemControl`, valueCodeableConcept: { coding: [{ code: 'lower' }] } }],
      },
      {
        linkId: 'u',
        type: 'display',
        text: 'worst',
        extension: [{ url: `${hl7}questionnaire-itemControl`, valueCodeableConcept: { coding: [{ code: 'upper' }] } }],
      },
    ],
  };
  it('knows a scale and the words of its ends, which are no items of their own', () => {
    expect(isScale(scale)).toBe(true);
    expect(anchors(scale)).toEqual({ lower: 'none', upper: 'worst' });
    expect(childrenOf(scale)).toEqual([]);
    expect(isScale({ linkId: 'n', type: 'integer' })).toBe(false);
  });
  it('knows a signature from a picture', () => {
    expect(isSignature({ linkId: 'signature', type: 'attachment' })).toBe(true);
    expect(isSignature({ linkId: 'photo', type: 'attachment' })).toBe(false);
  });
});

describe('calculated scores', () => {
  const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression';
  const option = (code: string, value: number) => ({
    valueCoding: { ...coding(code), extension: [{ url: `${hl7}ordinalValue`, valueDecimal: value }] },
  });
  const total = (expression: string, type: 'integer' | 'decimal' = 'decimal'): Item => ({
    linkId: 'total',
    type,
    readOnly: true,
    extension: [{ url: sdc, valueExpression: { language: 'text/fhirpath', expression } }],
  });
  const items: Item[] = [
    { linkId: 'a', type: 'choice', answerOption: [option('0', 0), option('3', 3)] },
    { linkId: 'b', type: 'choice', answerOption: [option('0', 0), option('2', 2)] },
    { linkId: 'n', type: 'integer' },
  ];
  const given = filled({
    a: [{ valueCoding: coding('3') }],
    b: [{ valueCoding: coding('2') }],
    n: [{ valueInteger: 4 }],
  });
  it('sums what the chosen options stand for', async () => {
    const f = form(...items, total('%resource.item.answer.value.ordinal().sum()', 'integer'));
    expect(calculated(f.places.get('total')!.item)?.language).toBe('text/fhirpath');
    expect(await calculate(f, given)).toEqual({ total: [{ valueInteger: 5 }] });
  });
  it('takes a mean, and has no result where an answer is missing', async () => {
    const mean = "iif(%resource.item.where(linkId = 'n').exists(), %resource.item.where(linkId='n').answer.value / 3)";
    const f = form(...items, total(mean));
    expect(await calculate(f, given)).toEqual({ total: [{ valueDecimal: 1.333 }] });
    expect(await calculate(f, empty)).toEqual({ total: [] });
  });
});

describe('ink', () => {
  it('thins a stroke and keeps its end', () => {
    const line = [0, 1, 2, 3, 4].map((x) => ({ x, y: 0 }));
    expect(thin(line)).toEqual([line[0], line[3], line[4]]);
  });
  it('writes relative lines in whole numbers', () => {
    expect(
      pathOf([
        [
          { x: 1.4, y: 2 },
          { x: 5, y: 1 },
          { x: 5, y: 4 },
        ],
      ]),
    ).toBe('M1 2l4 -1 0 3');
    expect(pathOf([[{ x: 7, y: 7 }]])).toBe('M7 7l0 0');
    expect(
      drawnSvg([
        [
          { x: 0, y: 0 },
          { x: 9, y: 9 },
        ],
      ]),
    ).toContain('d="M0 0l9 9"');
  });
  it('escapes a typed name, and a dot is no signature', () => {
    expect(typedSvg(' A <b> ')).toContain('>A &lt;b&gt;</text>');
    expect(
      isEnough([
        [
          { x: 0, y: 0 },
          { x: 3, y: 3 },
        ],
      ]),
    ).toBe(false);
    expect(
      isEnough([
        [
          { x: 0, y: 0 },
          { x: 60, y: 3 },
        ],
      ]),
    ).toBe(true);
  });
});
