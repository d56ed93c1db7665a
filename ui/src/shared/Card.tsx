// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A white sheet with one hairline. Its heading names the region for screen readers.
import { useId, type ReactNode } from 'react';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';

type Props = { title?: ReactNode; note?: ReactNode; action?: ReactNode; className?: string; children: ReactNode };

export function Card({ title, note, action, className, children }: Props) {
  const id = useId();
  return (
    <section className={cx(u.card, className)} aria-labelledby={title ? id : undefined}>
      {title && (
        <div className={u.cardHead}>
          <div>
            <h2 id={id}>{title}</h2>
            {note && <p className={cx(u.small, u.muted)}>{note}</p>}
          </div>
          {action}
        </div>
      )}
      {children}
    </section>
  );
}
