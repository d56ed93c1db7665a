// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A question with several right answers as pills that are switched on and off.
import { cx } from '../lib/text';
import u from '../styles/u.module.css';

type Props = {
  label: string;
  choices: readonly { code: string; name: string }[];
  value: readonly string[];
  onChange: (value: string[]) => void;
};

export function PickMany({ label, choices, value, onChange }: Props) {
  const flip = (code: string) =>
    onChange(value.includes(code) ? value.filter((other) => other !== code) : [...value, code]);
  return (
    <div>
      <p className={cx(u.small, u.strong)} aria-hidden>
        {label}
      </p>
      <div className={cx(u.row, u.tight)} role="group" aria-label={label} style={{ marginTop: 6 }}>
        {choices.map((choice) => (
          <button
            key={choice.code}
            type="button"
            className={u.pick}
            style={{ whiteSpace: 'normal', textAlign: 'left' }}
            aria-pressed={value.includes(choice.code)}
            onClick={() => flip(choice.code)}
          >
            {choice.name}
          </button>
        ))}
      </div>
    </div>
  );
}
