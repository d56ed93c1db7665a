// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { changeWords, readEvidence } from './evidence';
import { find, readLibrary, type Entry } from './library';
import { codeFrom, newRule, newTechnique, phasesOf, readRule, readTechnique, templateOf, toRule, toTechnique } from './ownLibrary';

const B = 'https://tripsis.org/fhir/';

describe('the library', () => {
  const rule: fhir4.PlanDefinition = {
    resourceType: 'PlanDefinition',
    id: 'rule-fever',
    title: 'Fever',
    status: 'active',
    purpose: 'Infection',
    version: '2026.11',
    type: { coding: [{ code: 'eca-rule' }] },
    effectivePeriod: { end: '2027-05-21' },
    extension: [
      {
        url: `${B}StructureDefinition/rule`,
        extension: [
          { url: 'rule', valueCoding: { code: 'fever' } },
          { url: 'level', valueCode: 'absolute' },
          { url: 'technique', valueCode: 'all' },
          { url: 'owner', valueString: 'unassigned' },
          { url: 'overridable', valueCode: 'no' },
        ],
      },
    ],
    relatedArtifact: [{ type: 'citation', label: 'known:werner', citation: 'Werner (not re-read in a source)' }],
    action: [{ action: [{ textEquivalent: 'Do not treat.', participant: [{ type: 'practitioner' }] }] }],
  };
  const entries = readLibrary({
    techniques: [toTechnique({ ...newTechnique, title: 'Čupping dry' })],
    plans: [rule],
    muscles: [{ code: 'soleus', name: 'Soleus', property: { region: 'leg_posterior', side: 'paired' } }],
    regions: [{ code: 'leg_posterior', name: 'Calf', property: {} }],
    instruments: [{ code: 'nprs', name: 'Numeric Pain Rating Scale', property: { min: '0', max: '10', licence: 'free' } }],
    claims: [],
  });

  it('tells who answers for a rule, and which source was not re-read', () => {
    const fever = entries.find((entry) => entry.code === 'fever')!;
    expect(fever.about).toBe('Stops treatment');
    expect(fever.facts).toContainEqual({ label: 'Who answers for it', text: 'Nobody has signed this yet' });
    expect(fever.facts).toContainEqual({ label: 'Lifted', text: 'Never by hand' });
    expect(fever.sources).toEqual([{ text: 'Werner (not re-read in a source)', read: false }]);
    expect(fever.own).toBe(false);
  });

  it('is found by words, whatever their accents, the title first', () => {
    expect(find(entries, 'cupping', '').map((entry) => entry.title)).toEqual(['Čupping dry']);
    expect(find(entries, 'calf', '').map((entry) => entry.code)).toEqual(['soleus']);
    expect(find(entries, 'infection treat', '').map((entry) => entry.code)).toEqual(['fever']);
    expect(find(entries, '', 'measure').map((entry) => entry.code)).toEqual(['nprs']);
    expect(find(entries, 'nothing like it', '')).toEqual([]);
    const titled = (title: string, text: string): Entry => ({ ...entries[0]!, title, facts: [{ label: '', text }] });
    expect(find([titled('A', 'neck'), titled('Neck', '')], 'neck', '').map((e) => e.title)).toEqual(['Neck', 'A']);
  });
});

describe('the practice’s own', () => {
  it('makes codes of titles', () => {
    expect(codeFrom('Cupping, wet!')).toBe('cupping_wet');
    expect(codeFrom('2 Hände')).toBe('hande');
  });

  it('writes and reads a technique', () => {
    const form = { ...newTechnique, title: 'Cupping', aims: 'warm\ncalm', training: true, sources: 'A book' };
    const resource = toTechnique(form);
    expect(resource.meta?.tag).toEqual([{ system: `${B}CodeSystem/origin`, code: 'practice' }]);
    expect(resource.code?.coding?.[0]?.code).toBe('cupping');
    expect(readTechnique(resource)).toEqual(form);
  });

  it('writes and reads a rule; a change keeps its code', () => {
    const form = {
      ...newRule,
      title: 'Fresh tattoo',
      why: 'Open skin',
      level: 'local',
      match: 'all' as const,
      when: [
        { kind: 'diagnosis' as const, codes: 'L08, T14.1' },
        { kind: 'answer' as const, finding: 'open_wound' },
        { kind: 'age' as const, op: '>=' as const, years: 18 },
        { kind: 'measure' as const, measure: 'systolic', op: '>=' as const, value: 150 },
      ],
      techniques: ['deep_tissue'],
      therapist: 'Leave it out.',
      lifts: 'Healed.',
      owner: 'Dr W',
      reviewBy: '2027-11-27',
    };
    const resource = toRule(form);
    const expression = JSON.parse(resource.action![0]!.condition![0]!.expression!.expression!);
    expect(expression).toEqual({
      history: 'ignored',
      trigger: {
        all: [
          { icd10: ['L08', 'T14.1'] },
          { finding: ['open_wound'] },
          { age: '>=', years: 18 },
          { vital: 'systolic', op: '>=', value: 150, unit: 'mm[Hg]', within: 'P1D' },
        ],
      },
    });
    expect(readRule(resource)).toEqual(form);
    const stored = { ...resource, id: 'x', meta: { ...resource.meta, versionId: '1' } };
    const changed = toRule({ ...form, title: 'Tattoo' }, stored);
    expect(changed.id).toBe('x');
    expect(changed.extension![0]!.extension![0]!.valueCoding?.code).toBe('fresh_tattoo');
  });

  it('makes a template of a protocol', () => {
    const protocol: fhir4.PlanDefinition = {
      resourceType: 'PlanDefinition',
      id: 'p-clbp',
      url: `${B}PlanDefinition/p-clbp`,
      title: 'Back',
      status: 'active',
      action: [
        {
          code: [{ coding: [{ code: 'phase' }] }],
          title: 'Settle',
          extension: [{ url: `${B}StructureDefinition/phase`, extension: [{ url: 'per-week', valueDecimal: 1 }] }],
          action: [
            {
              title: 'Swedish, 20 minutes',
              extension: [{ url: `${B}StructureDefinition/block`, extension: [{ url: 'minutes', valueInteger: 20 }] }],
            },
          ],
        },
      ],
    };
    const made = templateOf(protocol, { title: 'Our back', phases: [{ perWeek: 2, minutes: [25] }], status: 'active' });
    expect(made.id).toBeUndefined();
    expect(made.url).toBeUndefined();
    expect(phasesOf(made)).toEqual([{ title: 'Settle', perWeek: 2, blocks: [{ title: 'Swedish', minutes: 25 }] }]);
    expect(made.action![0]!.action![0]!.title).toBe('Swedish, 25 minutes');
  });
});

describe('the evidence', () => {
  it('says a change with its interval and way, and of few patients nothing', () => {
    const answer: fhir4.Parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'warning', valueString: 'No proof.' },
        {
          name: 'claim',
          part: [
            { name: 'id', valueCode: 'lbp' },
            { name: 'source', valueString: 'A (not re-read in a source)' },
            {
              name: 'own',
              part: [
                { name: 'measure', valueCode: 'nprs' },
                { name: 'direction', valueCode: 'lower-better' },
                { name: 'patients', valueInteger: 23 },
                { name: 'change', valueDecimal: -3.04 },
                { name: 'low', valueDecimal: -4 },
                { name: 'high', valueDecimal: -2.1 },
                { name: 'improved30', valueInteger: 12 },
              ],
            },
            { name: 'own', part: [{ name: 'tooFew', valueBoolean: true }] },
          ],
        },
      ],
    };
    const { warning, claims } = readEvidence(answer);
    expect(warning).toBe('No proof.');
    expect(claims[0]!.sources[0]!.read).toBe(false);
    expect(changeWords(claims[0]!.own[0]!)).toBe('3.0 points lower (better); 95 % interval −4.0 to −2.1; 23 patients');
    expect(changeWords(claims[0]!.own[1]!)).toBe('Fewer than 5 patients were measured twice');
  });
});
