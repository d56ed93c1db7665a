// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A question with a few short answers as pills: one tap instead of a list that opens.
import { cx } from '../lib/text';
import u from '../styles/u.module.css';

type Props<C extends string> = {
  label: string;
  choices: readonly { code: C; name: string; off?: boolean }[];
  value: C | '';
  onPick: (code: C) => void;
};

export function Picks<C extends string>({ label, choices, value, onPick }: Props<C>) {
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
            aria-pressed={choice.code === value}
            disabled={choice.off}
            onClick={() => onPick(choice.code)}
          >
            {choice.name}
          </button>
        ))}
      </div>
    </div>
  );
}
