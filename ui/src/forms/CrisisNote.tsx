// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a person in danger needs to read now. The words are the form's; the numbers in them can be called by a tap.
import { IconLifebuoy } from '@tabler/icons-react';
import { Fragment } from 'react';
import css from './forms.module.css';

/** "Call or text 988" and 911: what can be dialled, and nothing that only looks like it (a score, a year). */
const numbers = /\b(988|911|112|\+?\d[\d -]{6,}\d)\b/;

export function CrisisNote({ text }: { text: string }) {
  return (
    <div className={css.crisis} role="alert" data-crisis>
      <IconLifebuoy size={28} stroke={1.75} aria-hidden />
      <p>
        {text.split(numbers).map((part, i) =>
          i % 2 ? (
            <a key={i} href={`tel:${part.replace(/[ -]/g, '')}`}>
              {part}
            </a>
          ) : (
            <Fragment key={i}>{part}</Fragment>
          ),
        )}
      </p>
    </div>
  );
}
