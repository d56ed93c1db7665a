// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Plans, measures, diagnoses and attachments: what is read, what is written, and what a change amounts to.
import { describe, expect, it } from 'vitest';
import { extensions, systems } from '../fhir/canonical';
import { bytesOf, documentOf, fitted } from './attachment';
import { acceptance, editedGoal, gradeOf, nextFrequency, readProposal, reviewOf } from './plan';
import { conditionOf, mistaken, permissions, resolved, saidBetween, usualPayer } from './record';

const at = '2026-11-23T10:30:00-05:00';
const dose = [
  { url: 'minutes', valueInteger: 60 },
  { url: 'per-week', valueDecimal: 0.5 },
  { url: 'weeks', valueInteger: 8 },
];
const plan: fhir4.CarePlan = {
  resourceType: 'CarePlan',
  extension: [{ url: extensions.dose, extension: dose }],
  status: 'draft',
  intent: 'proposal',
  subject: { reference: 'Patient/ana' },
  goal: [{ reference: 'urn:uuid:g' }, { reference: 'Goal/own' }],
};
const goal: fhir4.Goal = {
  resourceType: 'Goal',
  lifecycleStatus: 'proposed',
  description: { text: 'Pain' },
  subject: { reference: 'Patient/ana' },
  target: [{ detailQuantity: { value: 3, comparator: '<=' }, dueDate: '2026-12-20' }],
};
const parts = (name: string, ...part: fhir4.ParametersParameter[]) => ({ name, part });
const bundle: fhir4.Bundle = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    { fullUrl: 'urn:uuid:p', resource: plan },
    { fullUrl: 'urn:uuid:g', resource: goal },
    {
      resource: {
        resourceType: 'Parameters',
        parameter: [
          { name: 'visits', valueInteger: 4 },
          parts('warning', { name: 'code', valueCode: 'under-dosed' }, { name: 'text', valueString: 'Too little.' }),
          parts('reason', { name: 'text', valueString: 'So' }, { name: 'verified', valueBoolean: true }),
        ],
      } as fhir4.Parameters,
    },
  ],
};

describe('a plan', () => {
  const proposal = readProposal(bundle);
  it('is read with its dose, warnings and reasons', () => {
    expect(proposal.dose).toEqual({ minutes: 60, perWeek: 0.5, weeks: 8 });
    expect(proposal.visits).toBe(4);
    expect(proposal.warnings).toEqual([{ code: 'under-dosed', text: 'Too little.' }]);
    expect(proposal.reasons[0]).toMatchObject({ text: 'So', verified: true, sources: [] });
    expect(gradeOf('very_low')!.dots).toBe(1);
    expect(gradeOf('convention')).toBeNull();
  });
  it('is agreed on in one transaction, which ends the plan before it', () => {
    const former = [{ ...plan, id: 'old', status: 'active' as const, meta: { versionId: '3' } }];
    const signed = { name: 'x', reference: 'Practitioner/ml', svg: '' };
    const patient = { name: 'Ana', reference: 'Patient/ana', svg: 'PHN2Zz4=' };
    const { entry } = acceptance({ proposal, goals: [], former, therapist: signed, patient, at });
    const made = entry!.map((one) => one.resource!);
    const accepted = made[0] as fhir4.CarePlan;
    expect([accepted.status, accepted.intent]).toEqual(['active', 'plan']);
    // The goal that was left out is not referred to; the one that was there before is.
    expect(accepted.goal).toEqual([{ reference: 'Goal/own' }]);
    expect(entry![1]!.request).toMatchObject({ method: 'PUT', url: 'CarePlan/old', ifMatch: 'W/"3"' });
    expect((made[1] as fhir4.CarePlan).status).toBe('revoked');
    const provenance = made[2] as fhir4.Provenance;
    expect(provenance.agent.map((a) => a.who.reference)).toEqual(['Practitioner/ml', 'Patient/ana']);
    expect(provenance.signature!.map((s) => s.data)).toEqual([undefined, 'PHN2Zz4=']);
  });
  it('goes from one sensible frequency to the next', () => {
    expect(nextFrequency(1, 1.25)).toBe(1.5);
    expect(nextFrequency(1, 0.75)).toBe(0.5);
    expect(nextFrequency(0.25, 0)).toBe(0.25);
    expect(nextFrequency(7, 7.25)).toBe(7);
  });
  it('has goals that keep what was not edited', () => {
    expect(editedGoal(goal, { target: 2 }).target![0]).toEqual({
      detailQuantity: { value: 2, comparator: '<=' },
      dueDate: '2026-12-20',
    });
    expect(editedGoal({ ...goal, target: undefined }, { text: 'Drive' })).not.toHaveProperty('target.0');
  });
  it('is reviewed with evidence and a decision', () => {
    const by = { display: 'Maya' };
    const input = { plan: { ...plan, id: 'p' }, patient: 'ana', decision: 'taper', why: ' better ', by, at } as const;
    const review = reviewOf({ ...input, evidence: ['Observation/1'] });
    expect(review).toMatchObject({ description: 'taper', summary: 'better' });
    expect(review.investigation![0]!.item).toEqual([{ reference: 'Observation/1' }]);
    expect(reviewOf({ ...input, evidence: [] }).investigation).toBeUndefined();
  });
});

describe('diagnoses', () => {
  const form = {
    code: ' s13.4xxa',
    text: 'Whiplash',
    side: 'left',
    region: '',
    mechanism: 'auto',
    onset: '2026-10-01',
    payer: '',
    insurer: '',
  };
  const condition = { ...conditionOf(form, 'ana', '2026-11-23'), id: 'c' };
  it('say how they came about, where, and since when', () => {
    expect(condition.code!.coding![0]!.code).toBe('S13.4XXA');
    expect(condition.extension).toEqual([{ url: extensions.mechanism, valueCode: 'auto' }]);
    expect(condition.bodySite![0]!.coding).toEqual([{ system: systems.side, code: 'left' }]);
    expect([usualPayer('auto'), usualPayer('work'), usualPayer('fall')]).toEqual(['auto', 'workers-comp', 'self']);
  });
  it('end, or are taken back with a reason', () => {
    expect(resolved(condition, '2026-11-23').abatementDateTime).toBe('2026-11-23');
    const wrong = mistaken(condition, ' wrong patient ');
    expect(wrong.clinicalStatus).toBeUndefined();
    expect(wrong.note![0]!.text).toBe('wrong patient');
  });
});

describe('what the patient said and allows', () => {
  it('is read from the forms since the last visit', () => {
    const response = (form: string, authored: string): fhir4.QuestionnaireResponse => ({
      resourceType: 'QuestionnaireResponse',
      id: authored,
      questionnaire: `https://tripsis.org/fhir/Questionnaire/${form}`,
      status: 'completed',
      authored,
      item: [
        { linkId: 'g', item: [{ linkId: 'pain', answer: [{ valueInteger: 7 }] }] },
        { linkId: 'text', answer: [{ valueString: 'Long drive' }] },
      ],
    });
    const all = [response('journal', '2026-11-22T20:00:00-05:00'), response('journal', '2026-11-01T20:00:00-05:00')];
    const said = saidBetween([...all, response('phq9', '2026-11-22T20:00:00-05:00')], '2026-11-16T10:00:00-05:00');
    expect(said).toHaveLength(1);
    expect(said[0]!.text).toBe('Pain: 7. “Long drive”');
  });
  it('is a permission by region', () => {
    const code = [{ coding: [{ system: systems.consentRegion, code: 'chest' }] }];
    const consent = { provision: { provision: [{ type: 'deny', code }] } } as unknown as fhir4.Consent;
    expect(permissions(consent)).toEqual([{ region: 'chest', allowed: false }]);
    expect(permissions(undefined)).toEqual([]);
  });
});

describe('attachments', () => {
  it('are scaled to what can be read, and belong to a referral or a note', () => {
    expect(fitted(4000, 3000)).toEqual({ width: 2000, height: 1500 });
    expect(fitted(800, 600)).toEqual({ width: 800, height: 600 });
    expect(bytesOf('aGVsbG8=')).toBe(5);
    const on = (about: Parameters<typeof documentOf>[3]) => documentOf({}, ' Letter ', 'ana', about, at);
    expect(on({ kind: 'referral', reference: 'ServiceRequest/1' }).context).toEqual({
      related: [{ reference: 'ServiceRequest/1' }],
    });
    expect(on({ kind: 'note', reference: 'Encounter/1' }).context!.encounter).toHaveLength(1);
    expect(on({ kind: 'other' }).context).toBeUndefined();
    expect(on({ kind: 'other' }).type!.text).toBe('Letter');
  });
});
