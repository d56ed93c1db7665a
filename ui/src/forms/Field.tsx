// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The browser's own fields in the look of the others. A form's question is their label, so they need none of their own; and a
// phone that fills in a form does not fetch what draws labels.
import type { ComponentProps } from 'react';
import { cx } from '../lib/text';
import css from './forms.module.css';

type Invalid = { invalid?: boolean };
const mark = (invalid?: boolean) => (invalid ? { 'aria-invalid': true as const } : {});

export const Field = ({ invalid, className, ...rest }: ComponentProps<'input'> & Invalid) => (
  <input {...rest} {...mark(invalid)} className={cx(css.field, className)} />
);

export const Area = ({ invalid, ...rest }: ComponentProps<'textarea'> & Invalid) => (
  <textarea {...rest} {...mark(invalid)} rows={3} className={css.field} />
);

type SelectProps = ComponentProps<'select'> & Invalid & { data: { value: string; label: string }[] };

export const Select = ({ invalid, data, ...rest }: SelectProps) => (
  <select {...rest} {...mark(invalid)} className={css.field}>
    {data.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </select>
);
