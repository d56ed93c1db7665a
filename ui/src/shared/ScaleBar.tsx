// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// 0 to 10 as one bar: tap or slide anywhere on it. Values above `cap` are hatched and cannot be set. Nothing is chosen
// until somebody chooses: null is not zero.
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import css from './controls.module.css';

type Props = {
  label: string;
  /** The element that says what the ends mean. */
  describedBy?: string;
  value: number | null;
  was?: number | null;
  cap?: number;
  disabled?: boolean;
  onChange: (value: number) => void;
};

export function ScaleBar({ label, describedBy, value, was, cap = 10, disabled = false, onChange }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const set = (next: number) => {
    const held = Math.min(cap, Math.max(0, next));
    if (!disabled && held !== value) onChange(held);
  };
  const point = (event: PointerEvent) => {
    if (event.type === 'pointermove' && !event.buttons) return;
    const box = bar.current!.getBoundingClientRect();
    set(Math.floor(((event.clientX - box.left) / box.width) * 11));
  };
  const key = (event: KeyboardEvent) => {
    const digit = /^\d$/.test(event.key) ? Number(event.key) : undefined;
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    const end = { Home: 0, End: cap }[event.key];
    if (digit === undefined && step === undefined && end === undefined) return;
    event.preventDefault();
    set(digit ?? end ?? (value === null ? 0 : value + step!));
  };
  return (
    <div
      ref={bar}
      className={css.scale}
      role="slider"
      tabIndex={disabled ? -1 : 0}
      aria-label={label}
      aria-describedby={describedBy}
      aria-disabled={disabled || undefined}
      aria-valuemin={0}
      aria-valuemax={cap}
      aria-valuenow={value ?? 0}
      aria-valuetext={value === null ? 'not rated' : `${value} of 10`}
      onPointerDown={point}
      onPointerMove={point}
      onKeyDown={key}
    >
      {Array.from({ length: 11 }, (_, i) => (
        <span
          key={i}
          aria-hidden
          data-on={(value !== null && i <= value) || undefined}
          data-at={i === value || undefined}
          data-was={i === was || undefined}
          data-barred={i > cap || undefined}
        >
          {i}
        </span>
      ))}
    </div>
  );
}
