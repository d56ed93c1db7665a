// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The arithmetic of the outcome plot: where a day and a rating lie, which dates are named, and the sentence that says
// the same as the picture. The clear change of the 0-10 pain rating is two points.
import { addDays, daysBetween, shortDay, type Day } from '../lib/time';
import { plural } from '../lib/text';
import type { Rating } from './chart';

/** The smallest change of the NPRS that patients call an improvement (knowledge/instruments.yaml, nprs). */
export const clearChange = 2;

export type Point = { x: number; y: number; rating: Rating };
export type Tick = { x: number; label: string; anchor: 'start' | 'middle' | 'end'; now: boolean };
export type Frame = { width: number; height: number; left: number; right: number; top: number; bottom: number };
export type Plot = {
  points: Point[];
  ticks: Tick[];
  todayX: number;
  clear: number | null;
  y: (value: number) => number;
};

const gap = 64;

/** Time runs from the first rating to today, and at least four weeks, so that two ratings do not look like a cliff. */
export function plot(ratings: Rating[], today: Day, frame: Frame): Plot {
  const first = ratings[0]?.day ?? addDays(today, -28);
  const newest = [today, ratings.at(-1)?.day ?? today].sort().at(-1)!;
  const start = daysBetween(first, newest) < 28 ? addDays(newest, -28) : first;
  const span = daysBetween(start, newest);
  const inner = Math.max(1, frame.width - frame.left - frame.right);
  const x = (day: Day) => frame.left + (daysBetween(start, day) / span) * inner;
  const y = (value: number) => frame.top + (1 - value / 10) * (frame.height - frame.top - frame.bottom);
  const count = Math.max(1, Math.min(5, Math.floor(inner / gap) - 1));
  const dates = Array.from({ length: count }, (_, i) => addDays(start, Math.round((span * i) / count)));
  const todayX = x(today);
  const ticks: Tick[] = dates
    .filter((day, i) => day !== today && (i === 0 || todayX - x(day) > gap || todayX < x(day) - gap))
    .map((day, i) => ({ x: x(day), label: shortDay(day, today), anchor: i === 0 ? 'start' : 'middle', now: false }));
  ticks.push({ x: todayX, label: 'Today', anchor: todayX > frame.width - gap ? 'end' : 'middle', now: true });
  const baseline = ratings[0]?.value;
  return {
    points: ratings.map((rating) => ({ x: x(rating.day), y: y(rating.value), rating })),
    ticks,
    todayX,
    clear: baseline === undefined || baseline < clearChange ? null : baseline - clearChange,
    y,
  };
}

export type Verdict = { word: string; tone: 'ok' | 'hold' | 'plain'; text: string };

/** What the ratings amount to, without calling it proof. */
export function verdict(ratings: Rating[]): Verdict | null {
  if (ratings.length < 2) return null;
  const first = ratings[0]!.value;
  const last = ratings.at(-1)!.value;
  const change = last - first;
  if (change <= -clearChange)
    return { word: 'Clear change', tone: 'ok', text: `${-change} points better than at the start` };
  if (change >= clearChange)
    return { word: 'Clearly worse', tone: 'hold', text: `${change} points worse than at the start` };
  const size =
    change === 0
      ? 'the same as at the start'
      : `${plural(Math.abs(change), 'point')} ${change < 0 ? 'better' : 'worse'}`;
  return { word: 'Too small to tell', tone: 'plain', text: `${size}; ${clearChange} points are a clear change` };
}

export function plotSentence(ratings: Rating[], goal: number | undefined): string {
  if (!ratings.length) return 'Pain from 0 to 10. No ratings yet.';
  const first = ratings[0]!.value;
  const said = [
    `Pain from 0 to 10. ${plural(ratings.length, 'rating')}, first ${first}, now ${ratings.at(-1)!.value}.`,
  ];
  if (first >= clearChange) said.push(`A clear change is ${first - clearChange} or less.`);
  if (goal !== undefined) said.push(`The goal is ${goal} or less.`);
  return said.join(' ');
}
