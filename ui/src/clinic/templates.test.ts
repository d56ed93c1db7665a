// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A template comes back as the lines that were saved, and carries nothing of the patient they were saved from.
import { describe, expect, it } from 'vitest';
import { readTemplate, templateList } from './templates';
import { makeSite, type Work } from './work';

const line: Work = {
  id: 'x',
  site: makeSite('muscle', 'soleus', 'right', 'Soleus'),
  technique: 'petrissage',
  techniqueName: 'Petrissage',
  minutes: 12,
  pressure: 5,
  before: 7,
  after: 2,
  from: 'Composition/of-ana',
};
const owner = { reference: 'Practitioner/ml', name: 'Maya Lind' };
const list = { ...templateList('Calf', [line, { ...line, minutes: 3 }], owner, '2026-11-23T10:00:00-05:00'), id: 'l1' };

describe('a template', () => {
  it('holds technique, place, minutes and pressure in order', () => {
    const { name, work } = readTemplate(list);
    expect(name).toBe('Calf');
    expect(work.map(({ id: _, ...rest }) => rest)).toEqual(
      [12, 3].map((minutes) => {
        const { id: _, from: __, ...rest } = line;
        return { ...rest, minutes, before: null, after: null };
      }),
    );
    expect(new Set(work.map((one) => one.id)).size).toBe(2);
  });
  it('names no patient and no note', () => {
    expect(JSON.stringify(list)).not.toMatch(/Patient|Composition/);
  });
  it('passes over what it cannot read', () => {
    expect(readTemplate({ ...list, contained: [] }).work).toEqual([]);
  });
});
