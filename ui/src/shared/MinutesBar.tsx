// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Minutes in one tap: the usual lengths as one bar, and a minute more or less at its ends.
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import css from './controls.module.css';

const usual = [5, 10, 15, 20, 25, 30];

type Props = { label: string; value: number; min?: number; max?: number; onChange: (value: number) => void };

export function MinutesBar({ label, value, min = 1, max = 90, onChange }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const set = (next: number) => {
    const held = Math.min(max, Math.max(min, next));
    if (held !== value) onChange(held);
  };
  const point = (event: PointerEvent) => {
    if (event.type === 'pointermove' && !event.buttons) return;
    const box = bar.current!.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * usual.length);
    set(usual[Math.min(usual.length - 1, Math.max(0, at))]!);
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    const end = { Home: min, End: max }[event.key];
    if (step === undefined && end === undefined) return;
    event.preventDefault();
    set(end ?? value + step!);
  };
  return (
    <div className={css.minutes} role="group" aria-label={label}>
      <button type="button" aria-label={`${label}: less`} disabled={value <= min} onClick={() => set(value - 1)}>
        <IconMinus size={18} aria-hidden />
      </button>
      <div
        ref={bar}
        className={css.scale}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={`${value} minutes`}
        onPointerDown={point}
        onPointerMove={point}
        onKeyDown={key}
      >
        {usual.map((length) => (
          <span key={length} aria-hidden data-on={length <= value || undefined} data-at={length === value || undefined}>
            {length}
          </span>
        ))}
      </div>
      <button type="button" aria-label={`${label}: more`} disabled={value >= max} onClick={() => set(value + 1)}>
        <IconPlus size={18} aria-hidden />
      </button>
    </div>
  );
}
