// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { systems } from '../fhir/canonical';
import { assessmentBundle, assessmentProblem, findingProblem, reading, type Assessment, type Finding } from './assess';

const spurling: Finding = { id: '1', side: 'right', kind: 'special-test', name: ' Spurling ', result: 'positive' };
const turn: Finding = {
  id: '2',
  side: 'left',
  kind: 'movement',
  code: 'cervical_rotation',
  name: 'Cervical rotation',
  active: 'active',
  degrees: '47,5',
};
const girth: Finding = {
  id: '3',
  side: 'right',
  kind: 'length',
  code: 'girth',
  level: '10 cm below elbow',
  centimetres: '27.5',
};
const whole: Assessment = {
  region: { code: 'neck_posterior', name: 'Back of neck' },
  seen: 'Head held forward.',
  hypothesis: 'Overload of the levator scapulae.',
  findings: [spurling, turn, girth],
  condition: { reference: 'Condition/c1', display: 'Neck pain' },
};
const context = {
  patient: { id: 'p1', name: 'Ana Petrov' },
  practitioner: { reference: 'Practitioner/maya', name: 'Maya Chen' },
  zone: 'America/New_York',
  now: new Date('2026-11-23T15:00:00Z'),
};

describe('reading', () => {
  it('takes a comma as people write it and refuses what is no number or out of range', () => {
    expect(reading('47,5', 0, 360)).toBe(47.5);
    expect(reading(' -3 ', -60, 300)).toBe(-3);
    for (const text of ['', ' ', 'abc', '361', '-1', '1e9', 'Infinity']) expect(reading(text, 0, 360)).toBeUndefined();
  });
});

describe('what is missing', () => {
  it('is named for each kind of finding', () => {
    expect(findingProblem({ ...spurling, name: ' ' })).toContain('Name');
    expect(findingProblem({ ...spurling, result: null })).toContain('result');
    expect(findingProblem({ ...turn, code: '' })).toContain('movement');
    expect(findingProblem({ ...turn, degrees: '400' })).toContain('360');
    expect(findingProblem({ ...girth, level: '' })).toContain('level');
    expect(findingProblem({ ...girth, centimetres: 'x' })).toContain('Centimetres');
    for (const one of whole.findings) expect(findingProblem(one)).toBeUndefined();
  });

  it('keeps an empty assessment from being saved', () => {
    expect(assessmentProblem({ ...whole, region: null })).toContain('region');
    expect(assessmentProblem({ ...whole, seen: ' ', hypothesis: '', findings: [] })).toContain('found');
    expect(assessmentProblem({ ...whole, findings: [{ ...turn, degrees: '' }] })).toContain('complete');
    expect(assessmentProblem(whole)).toBeUndefined();
  });
});

describe('the transaction', () => {
  const bundle = assessmentBundle(whole, context);
  const resources = bundle.entry!.map((e) => e.resource!);
  const impression = resources.at(-1) as fhir4.ClinicalImpression;

  it('rests the impression on every finding', () => {
    expect(impression.investigation?.[0]?.item?.map((i) => i.reference)).toEqual(
      bundle.entry!.slice(0, 3).map((e) => e.fullUrl),
    );
    expect(impression.summary).toBe(whole.hypothesis);
    expect(impression.description).toBe('Back of neck: Head held forward.');
    expect(impression.problem).toEqual([whole.condition]);
  });

  it('writes values with their units and sides', () => {
    const [test, movement, length] = resources as fhir4.Observation[];
    expect(test!.code.text).toBe('Spurling');
    expect(test!.valueCodeableConcept?.coding?.[0]?.code).toBe('10828004');
    expect(movement!.valueQuantity).toMatchObject({ value: 47.5, code: 'deg' });
    expect(movement!.bodySite?.coding).toContainEqual({ system: systems.side, code: 'left' });
    expect(length!.valueQuantity).toMatchObject({ value: 27.5, code: 'cm' });
    expect(length!.code.text).toBe('Girth, 10 cm below elbow');
  });

  it('holds no investigation where nothing was tested', () => {
    const alone = assessmentBundle({ ...whole, findings: [], hypothesis: ' ' }, context);
    const only = alone.entry![0]!.resource as fhir4.ClinicalImpression;
    expect(alone.entry).toHaveLength(1);
    expect(only.investigation).toBeUndefined();
    expect(only.summary).toBeUndefined();
  });
});
