// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// An amendment stands beside the note that it is about: the chart counts the visit once and reads the corrected lines.
import { describe, expect, it } from 'vitest';
import { systems } from '../fhir/canonical';
import { uuidv7 } from '../lib/uuid';
import { amendmentBundle, isCorrected } from './amend';
import { lastAt, readChart } from './chart';
import { noteBundle } from './note';
import { makeSite, type Work } from './work';

const line = (code: string, minutes: number): Work => ({
  id: uuidv7(),
  site: makeSite('muscle', code, 'left', code),
  technique: 'effleurage',
  techniqueName: 'Effleurage',
  minutes,
  pressure: 3,
  before: null,
  after: null,
});
const signer = { reference: 'Practitioner/ml', name: 'Maya Lind' };
const zone = 'America/New_York';

/** As the server would: every created entry under its id, references turned to Type/id. */
function store(stored: fhir4.FhirResource[], bundle: fhir4.Bundle): fhir4.FhirResource[] {
  let text = JSON.stringify(bundle);
  for (const entry of bundle.entry!)
    text = text.replaceAll(
      `"reference":"${entry.fullUrl}"`,
      `"reference":"${entry.resource!.resourceType}/${entry.fullUrl!.slice(9)}"`,
    );
  const entries = (JSON.parse(text) as fhir4.Bundle).entry!;
  return [...stored, ...entries.map((e) => ({ ...e.resource!, id: e.fullUrl!.slice(9) }) as fhir4.FhirResource)];
}
const patient: fhir4.Patient = { resourceType: 'Patient', id: 'p1', name: [{ family: 'Petrov' }] };
const chartOf = (all: fhir4.FhirResource[]) =>
  readChart(
    { resourceType: 'Bundle', type: 'searchset', entry: [patient, ...all].map((resource) => ({ resource })) },
    zone,
  );

const signed = store(
  [],
  noteBundle({
    kind: 'session',
    patient: { id: 'p1', name: 'Petrov' },
    practitioner: signer,
    service: { coding: [{ system: systems.service, code: 'treatment-30' }] },
    work: [line('soleus', 10), line('popliteus', 5)],
    pain: { before: 5, after: 3 },
    text: 'Better',
    zone,
    now: new Date('2026-11-23T16:32:00Z'),
  }),
);
const [note] = chartOf(signed).notes;
const amend = (text: string, work: Work[] | null) =>
  amendmentBundle({ note: note!, text, work, practitioner: signer, zone, now: new Date('2026-11-24T09:00:00Z') });

describe('an amendment that adds words', () => {
  const bundle = amend('The patient also told of <dizziness>.', null);
  const [composition] = bundle.entry!.map((e) => e.resource as fhir4.Composition);
  it('appends to the note, of the same patient and visit, with a signature of its own', () => {
    expect(composition).toMatchObject({ status: 'amended', subject: { reference: 'Patient/p1' } });
    expect(composition!.relatesTo).toEqual([
      { code: 'appends', targetReference: { reference: `Composition/${note!.id}` } },
    ]);
    expect(composition!.encounter).toEqual(note!.composition.encounter);
    expect(bundle.entry!.map((e) => e.resource!.resourceType)).toEqual(['Composition', 'Provenance']);
  });
  it('is shown under the note, which counts once', () => {
    const chart = chartOf(store(signed, bundle));
    expect(chart.notes).toHaveLength(1);
    expect(chart.notes[0]!.amendments.map((a) => [a.text, a.work])).toEqual([
      ['The patient also told of <dizziness>.', null],
    ]);
    expect(chart.notes[0]!.work).toEqual(note!.work);
  });
});

describe('an amendment that corrects lines', () => {
  const right = [{ ...note!.work[0]!, minutes: 20 }, note!.work[1]!];
  const bundle = amend('Twenty minutes, not ten.', right);
  const chart = chartOf(store(signed, bundle));
  it('brings the changed line anew and refers to the other', () => {
    expect(bundle.entry!.map((e) => e.resource!.resourceType)).toEqual(['Procedure', 'Composition', 'Provenance']);
    const composition = bundle.entry![1]!.resource as fhir4.Composition;
    expect(composition.relatesTo![0]!.code).toBe('replaces');
    expect(composition.section![1]!.entry!.map((e) => e.reference)).toEqual([
      bundle.entry![0]!.fullUrl,
      `Procedure/${note!.work[1]!.id}`,
    ]);
  });
  it('changes what counts, not what was charted', () => {
    expect(chart.notes[0]!.work.map((w) => w.minutes)).toEqual([20, 5]);
    expect(chart.notes[0]!.charted.map((w) => w.minutes)).toEqual([10, 5]);
    expect(lastAt(chart.notes, 'left muscle soleus')!.minutes).toBe(20);
  });
  it('may take every line away', () => {
    const none = chartOf(store(signed, amend('Nothing was done.', [])));
    expect(none.notes[0]!.work).toEqual([]);
    expect(JSON.stringify(amend('Nothing was done.', []))).not.toMatch(/null|\[\]|\{\}|:""/);
  });
  it('is told from none', () => {
    expect(isCorrected(note!.work, note!.work)).toBe(false);
    expect(isCorrected(note!.work, right)).toBe(true);
    expect(isCorrected(note!.work, note!.work.slice(1))).toBe(true);
  });
});

describe('a note entered in error', () => {
  it('is kept apart and never counted', () => {
    const wrong = signed.map((r) =>
      r.resourceType === 'Composition' ? { ...r, status: 'entered-in-error' as const } : r,
    );
    const chart = chartOf(wrong);
    expect([chart.notes.length, chart.mistakes.length, chart.used]).toEqual([0, 1, 0]);
    expect(chart.mistakes[0]!.inError).toBe(true);
  });
});
