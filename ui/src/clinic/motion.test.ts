// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { normLabel } from '../shared/NormBar';
import { motionObservations, normOf, normText, readMotions, referenceOf } from './motion';

const rotation = { property: { norm: '60', low: '60', high: '80', unit: 'deg' } };

describe('the reference value of a movement', () => {
  it('is read with the ends that references give, where they do', () => {
    expect(normOf(rotation)).toEqual({ value: 60, low: 60, high: 80 });
    expect(normOf({ property: { norm: '0' } })).toEqual({ value: 0, low: undefined, high: undefined });
    expect(normOf({ property: {} })).toBeUndefined();
    expect(normOf(undefined)).toBeUndefined();
  });
  it('is said in words, in its unit', () => {
    expect(normText(rotation)).toBe('norm 60°, 60 to 80');
    expect(normText({ property: { norm: '45', unit: 'mm' } })).toBe('norm 45 mm');
    expect(normText({ property: {} })).toBe('');
  });
  it('goes with what is charted, and comes back with it', () => {
    const at = {
      subject: { reference: 'Patient/p' },
      encounter: { reference: 'Encounter/e' },
      author: { reference: 'Practitioner/t' },
      start: '2026-11-23T10:00:00-05:00',
      end: '2026-11-23T11:00:00-05:00',
    };
    const reference = referenceOf(rotation)!;
    const one = { id: 'm', movement: 'cervical_rotation', name: 'Cervical rotation', unit: 'deg', before: 50, after: null };
    const [charted] = motionObservations({ ...one, side: 'left', method: 'active', reference }, at);
    expect(charted!.referenceRange![0]).toMatchObject({ low: { value: 60, code: 'deg' }, high: { value: 80 } });
    expect(charted!.referenceRange![0]!.text).toContain('60 degrees');
    expect(readMotions([charted!], at.start)[0]!.reference).toEqual(reference);
    expect(referenceOf({ property: { norm: '45', unit: 'mm' } })!.low).toBeUndefined();
    expect(referenceOf({ property: {} })).toBeUndefined();
  });
  it('stands beside what was measured', () => {
    const norm = normOf(rotation)!;
    expect(normLabel({ norm, values: [40, null] })).toBe('Measured 40°; norm of adults 60°, references give 60 to 80°');
    expect(normLabel({ norm: { value: 45 }, unit: 'mm', values: [30, 35] })).toBe(
      'Measured 30 mm, then 35 mm; norm of adults 45 mm',
    );
  });
});
