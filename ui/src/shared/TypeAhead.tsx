// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A text field that suggests while one types (the ARIA combobox with a list). Arrow keys move, Enter takes, Escape closes.
import { TextInput } from '@mantine/core';
import { useId, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import css from './typeahead.module.css';

export type Option = { key: string; label: string; note?: string };
type Props<O extends Option> = {
  label: string;
  hideLabel?: boolean;
  placeholder?: string;
  text: string;
  options: O[];
  none?: string;
  icon?: ReactNode;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  required?: boolean;
  onText: (text: string) => void;
  onTake: (option: O) => void;
};

export function TypeAhead<O extends Option>(props: Props<O>) {
  const { label, hideLabel, placeholder, text, options, none, icon, autoFocus, inputRef, required } = props;
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const id = useId();
  const shown = open && text.trim() !== '';
  const active = Math.min(at, options.length - 1);
  const take = (option: O | undefined) => {
    if (!option) return;
    setOpen(false);
    setAt(0);
    props.onTake(option);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt(Math.max(0, Math.min(options.length - 1, shown ? active + step : 0)));
    } else if (event.key === 'Enter' && shown && options.length) {
      event.preventDefault();
      take(options[active]);
    } else if (event.key === 'Escape' && shown) {
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    <div className={css.root}>
      <TextInput
        ref={inputRef}
        label={hideLabel ? undefined : label}
        aria-label={hideLabel ? label : undefined}
        placeholder={placeholder}
        leftSection={icon}
        autoFocus={autoFocus}
        required={required}
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={shown && options.length ? `${id}-${active}` : undefined}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          props.onText(event.currentTarget.value);
          setOpen(true);
          setAt(0);
        }}
        onKeyDown={key}
        onBlur={() => setOpen(false)}
      />
      {shown && options.length > 0 && (
        <ul id={id} role="listbox" aria-label={label} className={css.list}>
          {options.map((option, i) => (
            <li
              key={option.key}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(option)}
            >
              <span>{option.label}</span>
              {option.note && <span className={css.note}>{option.note}</span>}
            </li>
          ))}
        </ul>
      )}
      {shown && options.length === 0 && none && (
        <p id={id} role="status" className={css.list}>
          {none}
        </p>
      )}
    </div>
  );
}
