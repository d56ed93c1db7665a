// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Strokes become smooth lines with few points; a line from elsewhere is never put into the page unread.
import { describe, expect, it } from 'vitest';
import { extensions, systems } from '../fhir/canonical';
import { readDrawing, smooth, strokeText, thin } from './drawing';
import { makeSite } from './work';

describe('a stroke', () => {
  it('keeps its ends and drops points that lie close together', () => {
    const points = Array.from({ length: 101 }, (_, i) => ({ x: i, y: 0 }));
    const kept = thin(points, 10);
    expect(kept[0]).toEqual({ x: 0, y: 0 });
    expect(kept.at(-1)).toEqual({ x: 100, y: 0 });
    expect(kept.length).toBe(11);
  });
  it('is a path from its first to its last point', () => {
    expect(smooth([])).toBe('');
    expect(smooth([{ x: 1.4, y: 2 }])).toBe('M1 2L1 2');
    expect(smooth([{ x: 0, y: 0 }, { x: 10, y: 10 }, { x: 20, y: 0 }])).toBe('M0 0Q10 10 15 5L20 0');
  });
  it('says where and how', () => {
    const regions = [makeSite('region', 'neck_posterior', 'left', 'Back of neck')];
    expect(strokeText({ view: 'back', quality: 'numb', d: '', regions })).toBe('Back of neck, left: numb');
    expect(strokeText({ view: 'back', quality: 'ache', d: 'M1 1L1 1', regions: [] })).toBe('Beside the body: ache');
  });
});

describe('a drawing from elsewhere', () => {
  const drawing = (d: string): fhir4.Observation => ({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: systems.measure, code: 'pain-drawing' }] },
    component: [
      {
        extension: [{ url: extensions.drawing, valueString: d }],
        code: { coding: [{ system: systems.painQuality, code: 'ache' }] },
      },
    ],
  });
  it('is read when it is a path, and shown without a line when it is not', () => {
    expect(readDrawing(drawing('M1 2L3 4'))[0]!.d).toBe('M1 2L3 4');
    expect(readDrawing(drawing('url(#x)'))[0]!.d).toBe('');
  });
  it('is passed over when it is of another kind', () => {
    const other = { ...drawing('M1 2L3 4'), code: { text: 'Something else' } };
    expect(readDrawing(other)).toEqual([]);
  });
});
