// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A question with a few short answers as pills, one or several of which are right: one tap instead of a list that opens.
import { cx } from '../lib/text';
import u from '../styles/u.module.css';

type Choice<C extends string> = { code: C; name: string; off?: boolean };
type Pills<C extends string> = { label: string; choices: readonly Choice<C>[]; picked: readonly string[]; onTap: (code: C) => void };

function Pills<C extends string>({ label, choices, picked, onTap }: Pills<C>) {
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
            aria-pressed={picked.includes(choice.code)}
            disabled={choice.off}
            onClick={() => onTap(choice.code)}
          >
            {choice.name}
          </button>
        ))}
      </div>
    </div>
  );
}

type One<C extends string> = Omit<Pills<C>, 'picked' | 'onTap'> & { value: C | ''; onPick: (code: C) => void };
export const Picks = <C extends string>({ value, onPick, ...rest }: One<C>) => (
  <Pills {...rest} picked={[value]} onTap={onPick} />
);

type Many = Omit<Pills<string>, 'picked' | 'onTap'> & { value: readonly string[]; onChange: (value: string[]) => void };
export const PickMany = ({ value, onChange, ...rest }: Many) => (
  <Pills
    {...rest}
    picked={value}
    onTap={(code) => onChange(value.includes(code) ? value.filter((other) => other !== code) : [...value, code])}
  />
);
