// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Pain before and after, and the sentence that follows from the entries, or the reason why there was no session.
import type { Pain } from '../../clinic/assessment';
import { cx } from '../../lib/text';
import { ScaleBar } from '../../shared/ScaleBar';
import u from '../../styles/u.module.css';
import css from './work.module.css';

type Props = {
  given: boolean;
  pain: Pain;
  fromCheckIn: boolean;
  text: string;
  own: boolean;
  onPain: (part: Partial<Pain>) => void;
  onText: (text: string) => void;
  onCompose: () => void;
};

export function Measures({ given, pain, fromCheckIn, text, own, onPain, onText, onCompose }: Props) {
  return (
    <section className={cx(u.card, css.measures)} aria-label={given ? 'Pain and assessment' : 'Pain and reason'}>
      <div className={css.pains}>
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
      </div>
      <div>
        <div className={cx(u.row, u.between, u.stay)}>
          <label className={cx(u.small, u.strong)} htmlFor="assessment">
            {given ? 'Assessment' : 'Reason'}{' '}
            <span className={u.muted}>
              {!given ? 'what happened, what comes next' : own ? 'in your words' : 'written from your entries'}
            </span>
          </label>
          {given && own && (
            <button type="button" className={u.plainlink} onClick={onCompose}>
              Compose again
            </button>
          )}
        </div>
        <textarea
          id="assessment"
          className={css.sentence}
          rows={3}
          value={text}
          placeholder={given ? 'Rate the pain and tap what you worked on; the sentence writes itself.' : ''}
          onChange={(event) => onText(event.target.value)}
        />
      </div>
    </section>
  );
}
