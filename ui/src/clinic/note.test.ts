// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The transaction that a signature posts: complete, in order, referring to itself, and safe to put into XHTML.
import { describe, expect, it } from 'vitest';
import { extensions, painLoinc, systems } from '../fhir/canonical';
import { codeIn } from '../fhir/read';
import { noteBundle, visitPeriod, type NoteInput } from './note';
import { makeSite, readWork, type Work } from './work';

const appointment: NoteInput['appointment'] = {
  resourceType: 'Appointment',
  id: 'a1',
  meta: {
    versionId: '7',
    tag: [
      { system: systems.screening, code: 'modify' },
      { system: 'urn:other', code: 'x' },
    ],
  },
  status: 'arrived',
  start: '2026-11-23T10:30:00-05:00',
  end: '2026-11-23T11:30:00-05:00',
  participant: [
    { actor: { reference: 'Patient/p1' }, status: 'accepted' },
    { actor: { reference: 'Location/r1' }, status: 'accepted' },
  ],
};
const line: Work = {
  id: '0193a3c8-0000-7000-8000-000000000001',
  site: makeSite('muscle', 'levator_scapulae', 'left', 'Levator scapulae'),
  technique: 'trigger_point_compression',
  techniqueName: 'Trigger point compression',
  minutes: 12,
  pressure: 4,
  before: 7,
  after: null,
};
const input: NoteInput = {
  kind: 'session',
  patient: { id: 'p1', name: 'Ana Petrov' },
  practitioner: { reference: 'Practitioner/ml', name: 'Maya Lind' },
  appointment,
  referral: 'ServiceRequest/s1',
  service: { coding: [{ system: systems.service, code: 'treatment-60' }] },
  work: [line],
  pain: { before: 5, after: 3 },
  text: 'Better & freer <b>today</b>\nNext week again',
  zone: 'America/New_York',
  now: new Date('2026-11-23T16:32:00Z'),
};

const of = <T>(bundle: fhir4.Bundle, type: string) =>
  bundle.entry!.filter((e) => e.resource?.resourceType === type).map((e) => e.resource as T);

describe('a signed session', () => {
  const bundle = noteBundle(input);
  it('holds everything once, in one transaction', () => {
    expect(bundle.type).toBe('transaction');
    expect(bundle.entry!.map((e) => `${e.request!.method} ${e.resource!.resourceType}`)).toEqual([
      'POST Encounter',
      'POST Procedure',
      'POST Observation',
      'POST Observation',
      'POST Observation',
      'POST Composition',
      'POST Provenance',
      'PUT Appointment',
    ]);
  });
  it('refers to its own entries by urn:uuid of version 7', () => {
    const urls = bundle.entry!.map((e) => e.fullUrl!);
    for (const url of urls)
      expect(url).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(urls).size).toBe(urls.length);
    const refs = [...JSON.stringify(bundle).matchAll(/"reference":"(urn:uuid:[^"]+)"/g)].map((m) => m[1]!);
    for (const ref of refs) expect(urls).toContain(ref);
  });
  it('puts every Procedure and Observation into the note', () => {
    const [note] = of<fhir4.Composition>(bundle, 'Composition');
    const entries = note!.section!.flatMap((s) => s.entry ?? []).map((e) => e.reference);
    const wanted = bundle
      .entry!.filter((e) => /Procedure|Observation/.test(e.resource!.resourceType))
      .map((e) => e.fullUrl);
    expect(entries).toEqual(wanted);
    expect(note).toMatchObject({ status: 'final', title: 'Session note', date: '2026-11-23T11:32:00-05:00' });
    expect(codeIn(note!.type, systems.note)).toBe('session');
    expect(note!.attester![0]).toMatchObject({ mode: 'professional', party: { reference: 'Practitioner/ml' } });
  });
  it('escapes what was typed', () => {
    const [note] = of<fhir4.Composition>(bundle, 'Composition');
    const { div } = note!.section!.find((s) => s.title === 'Assessment')!.text!;
    expect(div).toBe(
      '<div xmlns="http://www.w3.org/1999/xhtml"><p>Better &amp; freer &lt;b&gt;today&lt;/b&gt;</p><p>Next week again</p></div>',
    );
  });
  it('is signed by the practitioner', () => {
    const [signature] = of<fhir4.Provenance>(bundle, 'Provenance');
    const note = bundle.entry!.find((e) => e.resource!.resourceType === 'Composition')!.fullUrl;
    expect(signature!.target).toEqual([{ reference: note }]);
    expect(signature!.agent[0]!.who.reference).toBe('Practitioner/ml');
    expect(signature!.activity!.coding![0]).toMatchObject({ system: systems.completion, code: 'LA' });
    expect(signature!.signature![0]!.type[0]!.code).toBe('1.2.840.10065.1.12.1.1');
  });
  it('fulfils the appointment from the version that was read, without the computed tag', () => {
    const entry = bundle.entry!.at(-1)!;
    expect(entry.request).toEqual({ method: 'PUT', url: 'Appointment/a1', ifMatch: 'W/"7"' });
    expect((entry.resource as fhir4.Appointment).status).toBe('fulfilled');
    expect(entry.resource!.meta).toEqual({ tag: [{ system: 'urn:other', code: 'x' }] });
  });
  it('can be read back as the same line', () => {
    const procedures = of<fhir4.Procedure>(bundle, 'Procedure');
    expect(procedures[0]!.extension).toEqual([
      { url: extensions.minutes, valueInteger: 12 },
      { url: extensions.pressure, valueInteger: 4 },
    ]);
    expect(procedures[0]!.bodySite![0]!.text).toBe('Levator scapulae, left');
    const [back] = readWork(procedures, of<fhir4.Observation>(bundle, 'Observation'));
    expect({ ...back, id: line.id }).toEqual(line);
  });
  it('measures pain with our code and LOINC, tenderness at the muscle', () => {
    const all = of<fhir4.Observation>(bundle, 'Observation');
    expect(all.map((o) => codeIn(o.code, systems.measure))).toEqual(['nprs-before', 'nprs-after', 'tenderness-before']);
    expect(codeIn(all[0]!.code, systems.loinc)).toBe(painLoinc);
    expect(codeIn(all[2]!.code, systems.loinc)).toBeUndefined();
    expect(codeIn(all[2]!.bodySite, systems.side)).toBe('left');
  });
  it('measures tension and mood where they were rated, each at its time', () => {
    const feeling = { 'tension-before': 7, 'tension-after': 3, 'mood-after': 8 };
    const rated = noteBundle({ ...input, feeling });
    const all = of<fhir4.Observation>(rated, 'Observation').filter((o) => /tension|mood/i.test(o.code.text ?? ''));
    expect(all.map((o) => [codeIn(o.code, systems.measure), o.valueInteger])).toEqual(Object.entries(feeling));
    const [note] = of<fhir4.Composition>(rated, 'Composition');
    const times = of<fhir4.Encounter>(rated, 'Encounter')[0]!.period!;
    expect(all.map((o) => o.effectiveDateTime)).toEqual([times.start, times.end, times.end]);
    expect(note!.section!.find((s) => s.title === 'Measures')!.text!.div).toContain(
      'Tension 7 → 3, mood not rated → 8, of 10.',
    );
  });
  it('has no empty members: the server refuses them', () => {
    expect(JSON.stringify(bundle)).not.toMatch(/null|\[\]|\{\}|:""/);
  });
});

describe('other notes', () => {
  it.each(['not-given', 'stopped', 'referred'] as const)('%s has a reason and no treatment', (kind) => {
    const bundle = noteBundle({ ...input, kind, text: 'Fever' });
    expect(of(bundle, 'Procedure')).toEqual([]);
    const [note] = of<fhir4.Composition>(bundle, 'Composition');
    expect(note!.section!.map((s) => s.title)).toEqual(['Reason', 'Measures']);
    expect(JSON.stringify(bundle)).not.toContain('tenderness');
    expect(note!.text!.div).not.toContain('Levator');
  });
  it('finishes the encounter that was opened', () => {
    const encounter = {
      resourceType: 'Encounter',
      id: 'e1',
      meta: { versionId: '1' },
      status: 'in-progress',
      class: {},
    } as const;
    const bundle = noteBundle({ ...input, encounter });
    expect(bundle.entry![0]!.request).toEqual({ method: 'PUT', url: 'Encounter/e1', ifMatch: 'W/"1"' });
    expect(of<fhir4.Composition>(bundle, 'Composition')[0]!.encounter!.reference).toBe('Encounter/e1');
  });
  it('needs no appointment', () => {
    const bundle = noteBundle({ ...input, appointment: undefined });
    expect(of(bundle, 'Appointment')).toEqual([]);
    expect(of<fhir4.Encounter>(bundle, 'Encounter')[0]!.appointment).toBeUndefined();
  });
});

describe('when the hands were on', () => {
  const at = (text: string) => new Date(text);
  const iso = (period: { start: Date; end: Date }) => [period.start.toISOString(), period.end.toISOString()];
  it('is the appointment when it is over', () => {
    expect(iso(visitPeriod(50, at('2026-11-23T20:00:00Z'), appointment))).toEqual([
      '2026-11-23T15:30:00.000Z',
      '2026-11-23T16:30:00.000Z',
    ]);
  });
  it('ends now when it is not', () => {
    expect(iso(visitPeriod(50, at('2026-11-23T16:25:00Z'), appointment))[1]).toBe('2026-11-23T16:25:00.000Z');
  });
  it('never ends in the future, nor is shorter than the work', () => {
    expect(iso(visitPeriod(30, at('2026-11-23T15:00:00Z'), appointment))).toEqual([
      '2026-11-23T14:30:00.000Z',
      '2026-11-23T15:00:00.000Z',
    ]);
  });
});
