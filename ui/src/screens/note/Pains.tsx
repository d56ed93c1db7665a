// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Pain before and after the session, always within reach while the rest of the note is written.
import type { Pain } from '../../clinic/assessment';
import { cx } from '../../lib/text';
import { ScaleBar } from '../../shared/ScaleBar';
import u from '../../styles/u.module.css';
import css from './work.module.css';

type Props = { given: boolean; pain: Pain; fromCheckIn: boolean; onPain: (part: Partial<Pain>) => void };

export function Pains({ given, pain, fromCheckIn, onPain }: Props) {
  return (
    <section className={cx(u.card, css.pains)} aria-label="Pain">
      <div>
        <p className={cx(u.small, u.strong)}>
          Pain before {fromCheckIn && <span className={u.muted}>from today’s rating</span>}
        </p>
        <ScaleBar label="Pain before" value={pain.before} onChange={(before) => onPain({ before })} />
      </div>
      {given && (
        <div>
          <p className={cx(u.small, u.strong)}>
            Pain after <span className={u.muted}>mark shows before</span>
          </p>
          <ScaleBar label="Pain after" value={pain.after} was={pain.before} onChange={(after) => onPain({ after })} />
        </div>
      )}
    </section>
  );
}
