// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A draft is the transaction that will be signed: whatever is on the screen must come back from it on another device.
import { describe, expect, it } from 'vitest';
import { extensions, systems } from '../fhir/canonical';
import { codeIn } from '../fhir/read';
import { uuidv7 } from '../lib/uuid';
import { assessment } from './assessment';
import type { NoteKind } from './chart';
import { qualities, smooth, type Stroke } from './drawing';
import { kinds, type Finding } from './findings';
import type { Motion } from './motion';
import { noteBundle, type NoteInput } from './note';
import { emptyDraft, isUntouched, readDraft, type Draft } from './noteDraft';
import { makeSite, type SideCode, type Site, type Work } from './work';
import type { Zone } from './zones';

/** A small generator with a seed, so that a failure can be repeated (mulberry32). */
function random(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number) => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]) => list[below(list.length)]!;
  return { below, pick, maybe: <T>(value: () => T): T | null => (below(2) ? value() : null) };
}
type Random = ReturnType<typeof random>;

const sides: SideCode[] = ['left', 'right', 'midline'];
const words = ['Better & freer', '<b>tight</b>', 'it’s “fine”', 'two\nlines', 'ä ö — 5 °', 'x', "don't", '&amp; so'];

const muscleSite = (r: Random, n: number): Site => makeSite('muscle', `muscle_${n}`, r.pick(sides), `Muscle ${n}`);
const regionSite = (r: Random, n: number): Site => makeSite('region', `region_${n}`, r.pick(sides), `Region ${n}`);
const many = <T>(r: Random, make: (n: number) => T): T[] => Array.from({ length: r.below(4) }, (_, n) => make(n));

const work = (r: Random, n: number): Work => ({
  id: uuidv7(),
  site: muscleSite(r, n),
  technique: `technique_${r.below(5)}`,
  techniqueName: 'A technique (of some kind)',
  minutes: 1 + r.below(90),
  pressure: r.below(11),
  before: r.maybe(() => r.below(11)),
  after: r.maybe(() => r.below(11)),
  ...(r.below(2) ? { from: `Composition/${r.below(2)}` } : {}),
});

function finding(r: Random, n: number): Finding {
  const kind = r.pick(kinds);
  const score = kind.rated ? r.maybe(() => r.below(11)) : null;
  return {
    id: uuidv7(),
    site: muscleSite(r, n),
    kind: kind.kind,
    grade: score === null ? r.pick(kind.grades).code : null,
    score,
    referral: r.below(2) ? 'temple & eyebrow' : '',
    ...(r.below(2) ? { spot: { view: r.pick(['front', 'back'] as const), x: r.below(1112), y: r.below(1720) } } : {}),
  };
}

const motion = (r: Random, n: number): Motion => {
  const before = r.maybe(() => r.below(180));
  return {
    id: uuidv7(),
    movement: `movement_${n}`,
    name: `Movement ${n}`,
    side: r.pick(sides),
    method: r.pick(['active', 'passive'] as const),
    unit: r.pick(['deg', 'mm']),
    before,
    after: before === null ? r.below(180) : r.maybe(() => r.below(180)),
  };
};

const stroke = (r: Random): Stroke => ({
  view: r.pick(['front', 'back'] as const),
  quality: r.pick(qualities).code,
  d: r.below(3) ? smooth(Array.from({ length: 1 + r.below(9) }, () => ({ x: r.below(999), y: r.below(999) }))) : '',
  regions: many(r, (n) => regionSite(r, n)),
});

const zone = (r: Random, n: number): Zone => ({
  id: uuidv7(),
  site: regionSite(r, n),
  reason: r.below(2) ? 'a bruise, until Friday' : '',
});

function draft(r: Random): Draft {
  const kind = r.pick<NoteKind>(['session', 'session', 'session', 'not-given', 'stopped', 'referred']);
  const given = kind === 'session';
  return {
    id: uuidv7(),
    kind,
    work: given ? many(r, (n) => work(r, n)) : [],
    pain: { before: r.maybe(() => r.below(11)), after: r.maybe(() => r.below(11)) },
    feeling: r.below(2) ? { 'tension-before': r.below(11), 'mood-after': r.below(11) } : {},
    own: given ? r.maybe(() => r.pick(words)) : null,
    reason: given ? '' : r.pick(words),
    findings: many(r, (n) => finding(r, n)),
    motions: many(r, (n) => motion(r, n)),
    strokes: many(r, () => stroke(r)),
    zones: many(r, (n) => zone(r, n)),
    lifted: many(r, (n) => `flag-${n}`),
    aftercare: r.below(2) ? r.pick(words) : '',
    reaction: r.below(2) ? r.pick(words) : '',
  };
}

const flag = (id: string): fhir4.Flag & { id: string } => ({
  resourceType: 'Flag',
  id,
  meta: { versionId: '3' },
  status: 'active',
  code: { coding: [{ system: systems.flag, code: 'avoid-zone' }], text: 'A scar' },
  subject: { reference: 'Patient/p1' },
});

const inputOf = (state: Draft): NoteInput => ({
  id: state.id,
  kind: state.kind,
  patient: { id: 'p1', name: 'Ana Petrov' },
  practitioner: { reference: 'Practitioner/ml', name: 'Maya Lind' },
  service: { coding: [{ system: systems.service, code: 'treatment-60' }] },
  work: state.work,
  pain: state.pain,
  text: state.kind === 'session' ? (state.own ?? assessment(state.work, state.pain, state.findings)) : state.reason,
  findings: state.findings,
  motions: state.motions,
  strokes: state.strokes,
  zones: state.zones,
  lifts: state.lifted.map(flag),
  feeling: state.feeling,
  aftercare: state.aftercare,
  reaction: state.reaction,
  zone: 'America/New_York',
  now: new Date('2026-11-23T16:32:00Z'),
});

describe('a draft', () => {
  it('comes back from its transaction, whatever was entered', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const state = draft(random(seed));
      const kept = JSON.parse(JSON.stringify(noteBundle(inputOf(state)))) as fhir4.Bundle;
      expect(readDraft(kept), `seed ${seed}`).toEqual(state);
    }
  });
  it('gives the same note again when it is made again', () => {
    const state = { ...draft(random(7)), kind: 'session' as const };
    const again = readDraft(noteBundle(inputOf(state)))!;
    const urls = (of: Draft) =>
      noteBundle(inputOf(of))
        .entry!.filter((e) => /Composition|Procedure/.test(e.resource!.resourceType))
        .map((e) => e.fullUrl);
    expect(urls(again)).toEqual(urls(state));
  });
  it('is nothing when the Bundle holds no note', () => {
    expect(readDraft(undefined)).toBeUndefined();
    expect(readDraft({ resourceType: 'Bundle', type: 'transaction' })).toBeUndefined();
  });
  it('is untouched until somebody enters something', () => {
    expect(isUntouched(emptyDraft())).toBe(true);
    expect(isUntouched({ ...emptyDraft(), reaction: 'dizzy' })).toBe(false);
    expect(isUntouched({ ...emptyDraft(), lifted: ['1'] })).toBe(false);
  });
});

describe('what a note derives from', () => {
  const r = random(11);
  const lines = [
    { ...work(r, 1), from: 'Composition/old' },
    { ...work(r, 2), from: undefined },
    { ...work(r, 3), from: 'Composition/older' },
  ];
  const bundle = noteBundle(inputOf({ ...emptyDraft(), work: lines }));
  const signature = bundle.entry!.find((e) => e.resource!.resourceType === 'Provenance')!.resource as fhir4.Provenance;
  it('stands in the signature, with the lines that were carried forward', () => {
    expect(signature.entity!.map((e) => [e.role, e.what.reference])).toEqual([
      ['derivation', 'Composition/old'],
      ['derivation', 'Composition/older'],
    ]);
    expect(signature.entity![0]!.extension).toEqual([
      { url: extensions.carried, valueReference: { reference: `urn:uuid:${lines[0]!.id}` } },
    ]);
  });
  it('does not stand there when nothing was carried forward', () => {
    const fresh = noteBundle(inputOf({ ...emptyDraft(), work: [lines[1]!] }));
    expect(JSON.stringify(fresh)).not.toContain('derivation');
  });
});

describe('findings and zones in the transaction', () => {
  const r = random(3);
  const state = {
    ...emptyDraft(),
    findings: [finding(r, 1)],
    motions: [{ ...motion(r, 1), before: 40, after: 55 }],
    strokes: [stroke(r)],
    zones: [zone(r, 1)],
    lifted: ['flag-1'],
  };
  const bundle = noteBundle(inputOf(state));
  const note = bundle.entry!.find((e) => e.resource!.resourceType === 'Composition')!.resource as fhir4.Composition;
  it('are sections of the note, each with its Observations', () => {
    const section = (title: string) => note.section!.find((s) => s.title === title);
    expect(section('Findings')!.entry).toHaveLength(1);
    expect(section('Range of motion')!.entry).toHaveLength(2);
    expect(section('Pain drawing')!.entry).toHaveLength(1);
  });
  it('keep zones out of the note, so that a later one can lift them', () => {
    const flags = bundle.entry!.filter((e) => e.resource!.resourceType === 'Flag');
    const listed = note.section!.flatMap((s) => s.entry ?? []).map((e) => e.reference);
    expect(flags.map((e) => e.request!.method)).toEqual(['POST', 'PUT']);
    expect(flags.every((e) => !listed.includes(e.fullUrl))).toBe(true);
    expect((flags[1]!.resource as fhir4.Flag).status).toBe('inactive');
    expect(flags[1]!.request!.ifMatch).toBe('W/"3"');
    expect(note.section!.find((s) => s.title === 'Avoid')!.text!.div).toContain('No longer avoided: A scar');
  });
  it('have no empty members: the server refuses them', () => {
    expect(JSON.stringify(bundle)).not.toMatch(/null|\[\]|\{\}|:""/);
  });
  it('name what moved, who moved it, and in which unit', () => {
    const all = bundle.entry!.map((e) => e.resource as fhir4.Observation);
    const moved = all.filter((o) => o.resourceType === 'Observation' && codeIn(o.code, systems.movement));
    expect(moved.map((o) => o.valueQuantity!.value)).toEqual([40, 55]);
    expect(moved.every((o) => o.valueQuantity!.system === systems.ucum)).toBe(true);
  });
});
