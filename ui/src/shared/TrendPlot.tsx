// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The outcome plot: ratings so far, the line of a clear change and the goal. Lines differ in style and carry their names; a
// sentence and a table say the same to a screen reader.
import type { Rating } from '../clinic/chart';
import { plot, plotSentence } from '../clinic/plot';
import { shortDay, type Day } from '../lib/time';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './plot.module.css';
import { useWidth } from './useWidth';

type Props = { ratings: Rating[]; goal?: number; today: Day; height?: number };

export function TrendPlot({ ratings, goal, today, height = 248 }: Props) {
  const [ref, width] = useWidth<HTMLElement>();
  const frame = { width, height, left: 28, right: 12, top: 10, bottom: 26 };
  const { points, ticks, todayX, clear, y } = plot(ratings, today, frame);
  const right = width - frame.right;
  const path = points.map((p, i) => `${i ? 'L' : 'M'}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join('');
  // Names stand at the right end, where the newest ratings are; a name moves above its line when the line is low.
  const named = (value: number) => (value < 1 ? y(value) - 6 : y(value) + 16);
  const clash = clear !== null && goal !== undefined && Math.abs(clear - goal) < 1;
  return (
    <figure className={css.trend} ref={ref}>
      <svg width={width} height={height} role="img" aria-label={plotSentence(ratings, goal)}>
        {[0, 2, 4, 6, 8, 10].map((v) => (
          <g key={v}>
            <line className={css.grid} x1={frame.left} x2={right} y1={y(v)} y2={y(v)} />
            <text x={frame.left - 8} y={y(v) + 4} textAnchor="end">
              {v}
            </text>
          </g>
        ))}
        <line className={css.now} x1={todayX} x2={todayX} y1={frame.top} y2={height - frame.bottom} />
        {clear !== null && (
          <>
            <line className={css.clear} x1={frame.left} x2={right} y1={y(clear)} y2={y(clear)} />
            <text className={cx(css.on, css.clearName)} x={frame.left + 6} y={clash ? y(clear) - 6 : named(clear)}>
              Clear change ≤ {clear}
            </text>
          </>
        )}
        {goal !== undefined && (
          <>
            <line className={css.goal} x1={frame.left} x2={right} y1={y(goal)} y2={y(goal)} />
            <text className={cx(css.on, css.goalName)} x={frame.left + 6} y={named(goal)}>
              Goal ≤ {goal}
            </text>
          </>
        )}
        {points.length > 1 && <path className={css.line} d={path} />}
        {points.map((p) => (
          <circle key={p.rating.id} className={css.dot} cx={p.x} cy={p.y} r={5} />
        ))}
        {ticks.map((t) => (
          <text key={t.label} x={t.x} y={height - 6} className={t.now ? css.today : undefined} textAnchor={t.anchor}>
            {t.label}
          </text>
        ))}
      </svg>
      {ratings.length > 0 && (
        <details className={u.small}>
          <summary>Ratings as a table</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col">Pain, 0 to 10</th>
              </tr>
            </thead>
            <tbody>
              {ratings.map((r) => (
                <tr key={r.id}>
                  <td>{shortDay(r.day, today)}</td>
                  <td>{r.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </figure>
  );
}
