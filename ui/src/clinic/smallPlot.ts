// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The arithmetic of a small plot: all of a patient's share the time axis, each has the value axis of its instrument. The
// band around the first value is what is no clear change (or may be measurement error); the line at its better edge is where a change becomes meaningful.
import { addDays, daysBetween, type Day } from '../lib/time';
import type { Measure, Point } from './measures';

export type Span = { from: Day; to: Day };
export type Frame = { width: number; height: number; left: number; right: number; top: number; bottom: number };
export type Dot = { x: number; y: number; point: Point };
/** Part of the line; `far` where so long was nothing measured that the way between is a guess. */
export type Stretch = { d: string; far: boolean };
export type SmallPlot = {
  dots: Dot[];
  stretches: Stretch[];
  low: number;
  high: number;
  y: (value: number) => number;
  /** Where a change is meaningful, on the better side of the first value. */
  clearY?: number;
  band?: { top: number; bottom: number };
};

/** Longer than this between two values, and the line between them is dashed (a convention of this program). */
export const longGap = 42;

/** From the first value of any measure until today, four weeks at least, so that two values do not look like a cliff. */
export function spanOf(measures: Measure[], today: Day): Span {
  const days = measures.flatMap((one) => one.points.map((point) => point.day)).sort();
  const to = [today, days.at(-1) ?? today].sort().at(-1)!;
  const first = days[0] ?? to;
  return { from: daysBetween(first, to) < 28 ? addDays(to, -28) : first, to };
}

/** The instrument's own range; where it has none, or values beyond it, what was measured with a margin. */
export function rangeOf({ low, high, points, clear, noise }: Measure): [number, number] {
  const values = points.map((point) => point.value);
  const first = values[0] ?? 0;
  const near = clear ?? noise ?? 0;
  const seen = [...values, first - near, first + near];
  const margin = Math.max(1, (Math.max(...seen) - Math.min(...seen)) * 0.1);
  return [
    Math.min(low ?? Math.min(...seen) - margin, ...values),
    Math.max(high ?? Math.max(...seen) + margin, ...values),
  ];
}

export function smallPlot(measure: Measure, span: Span, frame: Frame): SmallPlot {
  const [low, high] = rangeOf(measure);
  const inner = { width: frame.width - frame.left - frame.right, height: frame.height - frame.top - frame.bottom };
  const days = Math.max(1, daysBetween(span.from, span.to));
  const x = (day: Day) => frame.left + (daysBetween(span.from, day) / days) * inner.width;
  const y = (value: number) => frame.top + (1 - (value - low) / Math.max(1e-6, high - low)) * inner.height;
  const held = (value: number) => y(Math.min(high, Math.max(low, value)));
  const dots = measure.points.map((point) => ({ x: x(point.day), y: y(point.value), point }));
  const at = (dot: Dot) => `${dot.x.toFixed(1)} ${dot.y.toFixed(1)}`;
  const stretches = dots.slice(1).map((dot, i) => ({
    d: `M${at(dots[i]!)}L${at(dot)}`,
    far: daysBetween(dots[i]!.point.day, dot.point.day) > longGap,
  }));
  const first = measure.points[0]?.value;
  const { clear, noise } = measure;
  const near = clear ?? noise;
  if (first === undefined || near === undefined) return { dots, stretches, low, high, y };
  const goal = measure.better === 'higher' ? first + near : first - near;
  return {
    dots,
    stretches,
    low,
    high,
    y,
    clearY: clear !== undefined && goal >= low && goal <= high ? y(goal) : undefined,
    band: { top: held(first + near), bottom: held(first - near) },
  };
}
