// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How somebody feels before and after a session beside the pain: one physical and one emotional item, 0 to 10, both optional.
// What is said right after a session is not compared over time, as with pain.
import { capital } from '../lib/text';

export const feelings = {
  'tension-before': 'Tension before the session, 0 to 10',
  'tension-after': 'Tension after the session, 0 to 10',
  'mood-before': 'Mood before the session, 0 to 10',
  'mood-after': 'Mood after the session, 0 to 10',
} as const;

export type FeelingCode = keyof typeof feelings;
export type Feeling = Partial<Record<FeelingCode, number>>;

export const feelingCodes = Object.keys(feelings) as FeelingCode[];

const pair = (name: string, before?: number, after?: number) =>
  before === undefined && after === undefined ? [] : [`${name} ${before ?? 'not rated'} → ${after ?? 'not rated'}`];

/** "Tension 7 → 3, mood 5 → 8, of 10." Empty where nothing was rated. */
export function feelingText(feeling: Feeling): string {
  const said = [
    ...pair('tension', feeling['tension-before'], feeling['tension-after']),
    ...pair('mood', feeling['mood-before'], feeling['mood-after']),
  ];
  return said.length ? `${capital(said.join(', '))}, of 10.` : '';
}
