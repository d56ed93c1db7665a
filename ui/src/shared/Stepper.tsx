// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Minus, value, plus: large targets that a knuckle can hit.
import { IconMinus, IconPlus } from '@tabler/icons-react';
import css from './controls.module.css';

type Props = {
  label: string;
  value: number;
  unit: string;
  step?: number;
  min?: number;
  max?: number;
  onChange: (value: number) => void;
};

export function Stepper({ label, value, unit, step = 1, min = 0, max = 999, onChange }: Props) {
  const set = (next: number) => onChange(Math.min(max, Math.max(min, next)));
  return (
    <div className={css.stepper} role="group" aria-label={label}>
      <button type="button" aria-label={`${label}: less`} disabled={value <= min} onClick={() => set(value - step)}>
        <IconMinus size={18} aria-hidden />
      </button>
      <output aria-live="polite">
        <b>{value}</b>
        <span>{unit}</span>
      </output>
      <button type="button" aria-label={`${label}: more`} disabled={value >= max} onClick={() => set(value + step)}>
        <IconPlus size={18} aria-hidden />
      </button>
    </div>
  );
}
