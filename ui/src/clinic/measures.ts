// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Scores over time, one line a measure, and what the change amounts to: a clear change is at least what the instrument's
// own studies call one (its property clear-change); anything smaller is too small to tell.
import { systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { codeIn } from '../fhir/read';
import { dayOf, type Day } from '../lib/time';

export type Instrument = { code: string; name: string; property: Record<string, string> };
export type Score = { id: string; day: Day; at: string; value: number };
export type Measure = {
  code: string;
  name: string;
  unit: string;
  scores: Score[];
  min: number;
  max: number;
  /** In points; undefined where no source gives one. */
  clear?: number;
  lowerIsBetter: boolean;
  sources: string;
  verified: boolean;
};

const valueOf = (o: fhir4.Observation) => o.valueInteger ?? o.valueQuantity?.value;
const whenOf = (o: fhir4.Observation) => o.effectiveDateTime ?? o.effectiveInstant ?? o.issued;
const number = (text: string | undefined) => (text && Number.isFinite(Number(text)) ? Number(text) : undefined);

/** What a journal measures beside the instruments. */
const daily: Record<string, string> = { 'sleep-quality': 'Sleep', stress: 'Stress' };

export function readMeasures(observations: Stored<fhir4.Observation>[], known: Instrument[], zone: string): Measure[] {
  const scores = new Map<string, Score[]>();
  for (const one of observations) {
    const measure = codeIn(one.code, systems.measure);
    const code = measure?.endsWith('-score') ? measure.slice(0, -6) : measure && daily[measure] ? measure : undefined;
    const value = valueOf(one);
    const at = whenOf(one);
    if (!code || value === undefined || !at || one.status === 'entered-in-error') continue;
    const score = { id: one.id, day: dayOf(at, zone), at, value };
    scores.set(code, [...(scores.get(code) ?? []), score]);
  }
  return [...scores].map(([code, list]) => {
    const property = known.find((one) => one.code === code)?.property ?? {};
    return {
      code,
      name: daily[code] ?? known.find((one) => one.code === code)?.name ?? code.toUpperCase(),
      unit: property.unit ?? '',
      scores: list.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
      min: number(property.min) ?? 0,
      max: number(property.max) ?? 10,
      clear: number(property['clear-change']),
      lowerIsBetter: (property.direction ?? 'lower-better') !== 'higher-better' && code !== 'sleep-quality',
      sources: property.sources ?? '',
      verified: property.verified === 'true',
    };
  });
}

export type Change = { by: number; word: string; tone: 'ok' | 'hold' | 'plain' };

const points = (value: number) => `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.round(Math.abs(value) * 10) / 10}`;

/** The newest score against the first; null while there is only one. */
export function changeOf(measure: Measure): Change | null {
  const first = measure.scores[0];
  const last = measure.scores.at(-1);
  if (!first || !last || first === last) return null;
  const by = last.value - first.value;
  if (measure.clear === undefined) return { by, word: `${points(by)}, no threshold known`, tone: 'plain' };
  if (Math.abs(by) < measure.clear) return { by, word: `${points(by)} too small to tell`, tone: 'plain' };
  const better = measure.lowerIsBetter ? by < 0 : by > 0;
  return { by, word: `${points(by)} ${better ? 'clear change' : 'clearly worse'}`, tone: better ? 'ok' : 'hold' };
}

/** Scores on the scale of 0 to 10 that a small line is drawn in. */
export const onTen = (measure: Measure) =>
  measure.scores.map((s) => ((s.value - measure.min) / Math.max(1, measure.max - measure.min)) * 10);
