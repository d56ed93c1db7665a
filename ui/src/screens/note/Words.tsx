// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The words of the note: the sentence that follows from the entries, or the reason why there was no session; and, where
// there is something to say, how the patient reacted and what they were told for the time after.
import { Textarea } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { cx } from '../../lib/text';
import u from '../../styles/u.module.css';
import css from './work.module.css';

type Props = {
  given: boolean;
  text: string;
  own: boolean;
  reaction: string;
  aftercare: string;
  onText: (text: string) => void;
  onCompose: () => void;
  onMore: (part: { reaction?: string; aftercare?: string }) => void;
  onHappened: () => void;
};

export function Words({ given, text, own, reaction, aftercare, onText, onCompose, onMore, onHappened }: Props) {
  const [more, setMore] = useState(Boolean(reaction || aftercare));
  return (
    <section className={cx(u.card, css.measures)} aria-label={given ? 'Assessment' : 'Reason'}>
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
      <div className={cx(u.row, u.between)}>
        <button type="button" className={cx(u.plainlink, css.more)} aria-expanded={more} onClick={() => setMore(!more)}>
          Reaction and aftercare
          <IconChevronDown size={16} aria-hidden className={more ? css.turned : undefined} />
        </button>
        <button type="button" className={u.plainlink} onClick={onHappened}>
          Something happened…
        </button>
      </div>
      {more && (
        <>
          <Textarea
            label="Reaction"
            description="Anything unwanted: dizziness, bruise, sharp pain. Leave it empty where there was none."
            rows={2}
            value={reaction}
            onChange={(event) => onMore({ reaction: event.currentTarget.value })}
          />
          <Textarea
            label="Aftercare"
            description="What the patient was told for the time after."
            rows={2}
            value={aftercare}
            onChange={(event) => onMore({ aftercare: event.currentTarget.value })}
          />
        </>
      )}
    </section>
  );
}
