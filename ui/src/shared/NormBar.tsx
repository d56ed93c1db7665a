// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What was measured beside the reference value of adults: a bar to the value, a tick at the norm, the ends that references
// give as a band. It judges nothing: the values fall with age and were not re-read in a source.
import { unitSign, type Norm } from '../clinic/motion';
import css from './plot.module.css';

type Props = { norm: Norm; unit?: string; values: (number | null)[] };

export function normLabel({ norm, unit, values }: Props): string {
  const sign = unitSign(unit);
  const measured = values.filter((value) => value !== null).map((value) => `${value}${sign}`);
  const range = norm.low === undefined ? '' : `, references give ${norm.low} to ${norm.high}${sign}`;
  return `Measured ${measured.join(', then ')}; norm of adults ${norm.value}${sign}${range}`;
}

export function NormBar(props: Props) {
  const { norm, values } = props;
  const measured = values.filter((value) => value !== null);
  const most = Math.max(norm.value, norm.high ?? 0, ...measured) * 1.05 || 1;
  const x = (value: number) => `${((Math.max(0, value) / most) * 100).toFixed(1)}%`;
  const rows = Math.max(1, measured.length);
  return (
    <svg className={css.norm} width="100%" height={rows * 10 + 4} role="img" aria-label={normLabel(props)}>
      <rect className={css.ground} width="100%" y={2} height={rows * 10} rx={4} />
      {norm.low !== undefined && norm.high !== undefined && (
        <rect
          className={css.normBand}
          x={x(norm.low)}
          width={`${(((norm.high - norm.low) / most) * 100).toFixed(1)}%`}
          y={2}
          height={rows * 10}
        />
      )}
      {measured.map((value, i) => (
        <rect key={i} className={css.measured} width={x(value)} y={4 + i * 10} height={6} rx={3} />
      ))}
      <line className={css.tick} x1={x(norm.value)} x2={x(norm.value)} y1={0} y2={rows * 10 + 4} />
    </svg>
  );
}
