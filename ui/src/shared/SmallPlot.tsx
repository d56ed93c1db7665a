// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One of many small plots of the same weeks: the values, the band that is no clear change, the line from which on a change
// is meaningful. Its label says the same in a sentence; the table stands beside it.
import { figure, rangeWords, type Measure } from '../clinic/measures';
import { smallPlot, type Span } from '../clinic/smallPlot';
import { shortDay, type Day } from '../lib/time';
import { plural } from '../lib/text';
import css from './plot.module.css';
import { useWidth } from './useWidth';

type Props = { measure: Measure; span: Span; today: Day; height?: number };

export function plotLabel(measure: Measure, today: Day): string {
  const [first, last] = [measure.points[0], measure.points.at(-1)];
  const values = (point: Measure['points'][0]) => `${figure(point.value)} on ${shortDay(point.day, today)}`;
  const head = `${measure.name}, ${rangeWords(measure)}.`;
  if (!first || !last) return `${head} No value yet.`;
  if (first === last) return `${head} One value: ${values(first)}.`;
  return `${head} ${plural(measure.points.length, 'value')}, first ${values(first)}, last ${values(last)}.`;
}

export function SmallPlot({ measure, span, today, height = 104 }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>(200);
  const frame = { width, height, left: 30, right: 8, top: 8, bottom: 20 };
  const { dots, stretches, low, high, y, clearY, band } = smallPlot(measure, span, frame);
  const right = width - frame.right;
  const base = height - frame.bottom;
  const last = dots.at(-1);
  // The name of the line stands where the band is not: below a lower line, above a higher one, inside the plot.
  const nameY = (at: number) => {
    const below = measure.better === 'higher' ? at < frame.top + 14 : at <= base - 14;
    return below ? at + 13 : at - 4;
  };
  return (
    <div ref={ref} className={css.small}>
      <svg width={width} height={height} role="img" aria-label={plotLabel(measure, today)}>
        {band && (
          <rect
            className={css.band}
            x={frame.left}
            width={right - frame.left}
            y={band.top}
            height={Math.max(0, band.bottom - band.top)}
          />
        )}
        {[low, high].map((value) => (
          <g key={value}>
            <line className={css.grid} x1={frame.left} x2={right} y1={y(value)} y2={y(value)} />
            <text x={frame.left - 6} y={y(value) + 4} textAnchor="end">
              {figure(value)}
            </text>
          </g>
        ))}
        {clearY !== undefined && (
          <>
            <line className={css.clear} x1={frame.left} x2={right} y1={clearY} y2={clearY} />
            <text className={`${css.on} ${css.clearName}`} x={frame.left + 4} y={nameY(clearY)}>
              meaningful
            </text>
          </>
        )}
        {stretches.map(({ d, far }) => (
          <path key={d} className={css.line} data-far={far || undefined} d={d} />
        ))}
        {dots.map((dot) => (
          <circle
            key={dot.point.ref + dot.point.at}
            className={dot === last ? css.end : css.dot}
            cx={dot.x}
            cy={dot.y}
            r={dot === last ? 5 : 3.5}
          />
        ))}
        <text x={frame.left} y={height - 5}>
          {shortDay(span.from, today)}
        </text>
        <text x={right} y={height - 5} textAnchor="end">
          {span.to === today ? 'Today' : shortDay(span.to, today)}
        </text>
      </svg>
    </div>
  );
}
