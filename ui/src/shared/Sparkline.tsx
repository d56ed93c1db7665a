// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A small line with its last point marked and, if given, a dashed goal.
import css from './plot.module.css';

type Props = { values: readonly number[]; goal?: number; width?: number; height?: number; label: string };

export function Sparkline({ values, goal, width = 200, height = 56, label }: Props) {
  const x = (i: number) => (values.length === 1 ? width - 8 : 4 + (i / (values.length - 1)) * (width - 12));
  const y = (value: number) => 5 + (1 - value / 10) * (height - 10);
  const d = values.map((v, i) => `${i ? 'L' : 'M'}${x(i).toFixed(1)} ${y(v).toFixed(1)}`).join('');
  const last = values.at(-1);
  return (
    <svg
      className={css.spark}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      {goal !== undefined && <line className={css.goal} x1={0} x2={width} y1={y(goal)} y2={y(goal)} />}
      {values.length > 1 && <path className={css.line} d={d} />}
      {last !== undefined && <circle className={css.end} cx={x(values.length - 1)} cy={y(last)} r={4} />}
    </svg>
  );
}
