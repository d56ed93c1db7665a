// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The whole form as one page: its parts under their titles, and how far one is.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { cx, plural } from '../lib/text';
import { Notice } from '../shared/Notice';
import u from '../styles/u.module.css';
import { noToRest } from './change';
import { answersAt, enabled, questionsAsked } from './fill';
import css from './forms.module.css';
import { childrenOf, flat, type Item as ItemType } from './items';
import { Item } from './Question';
import { useDrawn } from './useForm';

export type Frame = { sendText: string; busy: boolean; aside?: ReactNode; send: () => void; problemCount: number };

/** Items that stand between the groups make a part of their own. */
function partsOf(items: ItemType[] = []): { id: string; title?: string; items: ItemType[] }[] {
  const parts: { id: string; title?: string; items: ItemType[] }[] = [];
  for (const item of items) {
    if (item.type === 'group' && !item.repeats)
      parts.push({ id: item.linkId, title: item.text, items: childrenOf(item) });
    else if (parts.length && parts.at(-1)!.id === '') parts.at(-1)!.items.push(item);
    else parts.push({ id: '', items: [item] });
  }
  return parts;
}

export function Page({ sendText, busy, aside, send, problemCount }: Frame) {
  const { form, filled } = useDrawn();
  const asked = questionsAsked(form, filled).filter(({ item }) => !item.readOnly);
  const done = asked.filter(({ item, scope }) => answersAt(filled, scope, item).length).length;
  return (
    <>
      {partsOf(form.questionnaire.item).map((part, i) => (
        <Part key={part.id + i} part={part} />
      ))}
      <div className={css.foot}>
        {problemCount > 0 && (
          <Notice tone="hold" title={`${plural(problemCount, 'answer')} still to look at`}>
            They are marked above.
          </Notice>
        )}
        <div className={cx(u.row, u.between)}>
          <p className={cx(u.small, u.muted, u.num)} role="status">
            {done} of {plural(asked.length, 'question')} answered
          </p>
          <div className={u.row}>
            {aside}
            <Button disabled={done === 0} loading={busy} onClick={send}>
              {sendText}
            </Button>
          </div>
        </div>
      </div>
    </>
  );
}

function Part({ part }: { part: { id: string; title?: string; items: ItemType[] } }) {
  const { form, filled, change } = useDrawn();
  const group = form.places.get(part.id)?.item;
  if (group && !enabled(form, filled, group)) return null;
  const within = new Set(flat(part.items).map((item) => item.linkId));
  const open = questionsAsked(form, filled).filter(({ item }) => within.has(item.linkId) && item.type === 'boolean');
  return (
    <section className={css.part} aria-label={part.title ?? 'Questions'}>
      {(part.title || open.length > 2) && (
        <div className={cx(u.row, u.between)}>
          <h2>{part.title ?? 'Questions'}</h2>
          {open.length > 2 && (
            <button type="button" className={u.plainlink} onClick={() => change((old) => noToRest(form, old, within))}>
              No to the rest
            </button>
          )}
        </div>
      )}
      {part.items.map((item) => (
        <Inner key={item.linkId} item={item} />
      ))}
    </section>
  );
}

/** A group inside a part keeps its title. */
function Inner({ item }: { item: ItemType }) {
  const { form, filled } = useDrawn();
  if (item.type !== 'group' || item.repeats) return <Item item={item} scope="" />;
  if (!enabled(form, filled, item)) return null;
  return (
    <div className={css.part} role="group" aria-label={item.text}>
      <h3>{item.text}</h3>
      {childrenOf(item).map((inner) => (
        <Inner key={inner.linkId} item={inner} />
      ))}
    </div>
  );
}
