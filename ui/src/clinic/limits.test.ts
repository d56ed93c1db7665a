// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What may not be done, and why: local rules, avoid zones, consent by region, training.
import { describe, expect, it } from 'vitest';
import { systems } from '../fhir/canonical';
import { codeIn } from '../fhir/read';
import type { Issue } from '../fhir/screening';
import { consentsTo, lineBars, placeBars, withRegion, type Limits } from './limits';
import { makeSite, type Site } from './work';
import { readZone, zoneFlag, inZone, type Zone } from './zones';

const issue = (part: Partial<Issue>): Issue => ({
  rule: 'bruise',
  name: 'Fresh bruise',
  why: '',
  level: 'local',
  urgency: 'routine',
  techniques: ['all'],
  regions: ['upper_arm'],
  because: [],
  action: 'Stay off it.',
  lifts: '',
  overridable: 'no',
  sources: [],
  ...part,
});
const regions: Record<string, string> = { triceps_brachii: 'upper_arm', pectoralis_major: 'chest', soleus: 'leg_posterior' };
const muscle = (code: string, side: Site['side'] = 'left') => makeSite('muscle', code, side, code);
const limits = (part: Partial<Limits> = {}): Limits => ({
  issues: [],
  patient: 'ana',
  on: '2026-11-23',
  zones: [],
  consents: [],
  trained: new Set(),
  techniques: [
    { code: 'effleurage', name: 'Effleurage', property: {} },
    { code: 'cupping', name: 'Cupping', property: { 'requires-training': 'true' } },
  ],
  regionOf: (site) => (site.kind === 'region' ? site.code : regions[site.code]),
  consentRegionOf: (site) => (regions[site.code] === 'chest' ? 'chest' : undefined),
  ...part,
});
const consent = (region: string, type: 'permit' | 'deny' = 'permit'): fhir4.Consent & { id: string } => ({
  resourceType: 'Consent',
  id: 'c1',
  status: 'active',
  scope: { coding: [{ code: 'treatment' }] },
  category: [{ coding: [{ system: systems.consent, code: 'treatment' }] }],
  provision: { type: 'permit', provision: [{ type, code: [{ coding: [{ system: systems.consentRegion, code: region }] }] }] },
});

describe('a place', () => {
  it('is barred by a local rule for its region', () => {
    const given = limits({ issues: [issue({})] });
    expect(placeBars(given, muscle('triceps_brachii')).map((b) => b.code)).toEqual(['bruise']);
    expect(placeBars(given, muscle('soleus'))).toEqual([]);
  });
  it('is not barred by a precaution, nor by a rule of unknown place', () => {
    const given = limits({ issues: [issue({ level: 'precaution' }), issue({ regions: ['site'] })] });
    expect(placeBars(given, muscle('triceps_brachii'))).toEqual([]);
  });
  it('is barred by an avoid zone on its own side', () => {
    const zone: Zone = { id: 'z', site: makeSite('region', 'leg_posterior', 'left', 'Calf'), reason: 'varicose veins' };
    const given = limits({ zones: [zone] });
    expect(placeBars(given, muscle('soleus'))[0]!.text).toBe('Avoid zone Calf, left: varicose veins.');
    expect(placeBars(given, muscle('soleus', 'right'))).toEqual([]);
    expect(inZone({ ...zone, site: makeSite('region', 'leg_posterior', 'midline', 'Calf') }, 'leg_posterior', 'right')).toBe(true);
  });
});

describe('a technique', () => {
  it('is barred by a local rule that names it', () => {
    const given = limits({ issues: [issue({ techniques: ['cupping'], regions: ['all'] })], trained: new Set(['cupping']) });
    expect(lineBars(given, muscle('soleus'), 'cupping').map((b) => b.kind)).toEqual(['rule']);
    expect(lineBars(given, muscle('soleus'), 'effleurage')).toEqual([]);
  });
  it('needs its training, and nothing else does', () => {
    expect(lineBars(limits(), muscle('soleus'), 'cupping').map((b) => b.kind)).toEqual(['training']);
    expect(lineBars(limits({ trained: new Set(['cupping']) }), muscle('soleus'), 'cupping')).toEqual([]);
    expect(lineBars(limits(), muscle('soleus'), 'effleurage')).toEqual([]);
  });
  it('needs the consent to its region', () => {
    expect(lineBars(limits(), muscle('pectoralis_major'), 'effleurage').map((b) => b.kind)).toEqual(['consent']);
    expect(lineBars(limits({ consents: [consent('chest')] }), muscle('pectoralis_major'), 'effleurage')).toEqual([]);
    expect(lineBars(limits({ consents: [consent('chest', 'deny')] }), muscle('pectoralis_major'), 'effleurage')).toHaveLength(1);
    expect(lineBars(limits({ consents: [consent('abdomen')] }), muscle('pectoralis_major'), 'effleurage')).toHaveLength(1);
  });
});

describe('a consent to one more region', () => {
  const patient = { reference: 'Patient/p1' };
  it('is a new one where there is none', () => {
    const made = withRegion([], patient, 'chest', '2026-11-23T10:00:00-05:00');
    expect(made.id).toBeUndefined();
    expect(consentsTo([{ ...made, id: 'new' }], 'chest')).toBe(true);
  });
  it('keeps what was permitted, and turns a no into a yes', () => {
    const both = withRegion([consent('abdomen')], patient, 'chest', '2026-11-23T10:00:00-05:00');
    expect(both.id).toBe('c1');
    expect(consentsTo([{ ...both, id: 'c1' }], 'abdomen')).toBe(true);
    const turned = withRegion([consent('chest', 'deny')], patient, 'chest', '2026-11-23T10:00:00-05:00');
    expect(turned.provision!.provision).toHaveLength(1);
    expect(consentsTo([{ ...turned, id: 'c1' }], 'chest')).toBe(true);
  });
  it('counts only while it is active', () => {
    expect(consentsTo([{ ...consent('chest'), status: 'inactive' }], 'chest')).toBe(false);
  });
});

describe('a zone', () => {
  const at = { subject: { reference: 'Patient/p1' }, encounter: { reference: 'Encounter/e' }, author: { reference: 'Practitioner/x' }, start: '2026-11-23', end: '2026-11-23' };
  it('comes back from its Flag', () => {
    for (const reason of ['', 'a scar']) {
      const zone: Zone = { id: 'z', site: makeSite('region', 'knee', 'left', 'Knee'), reason };
      expect(readZone({ ...zoneFlag(zone, at), id: 'z' })).toEqual(zone);
    }
  });
  it('is no other Flag', () => {
    const other = zoneFlag({ id: 'z', site: makeSite('region', 'knee', 'left', 'Knee'), reason: '' }, at);
    expect(readZone({ ...other, code: { coding: [{ system: systems.flag, code: 'crisis' }] } })).toBeUndefined();
    expect(codeIn(other.code, systems.flag)).toBe('avoid-zone');
  });
});
