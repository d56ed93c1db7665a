// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A group that repeats: one sheet for each medicine, operation or activity, and a button for one more.
import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useId, useRef } from 'react';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import { addRow, dropRow } from './change';
import { rowScope, rowsOf } from './fill';
import css from './forms.module.css';
import { childrenOf, helpOf, type Item as ItemType } from './items';
import { Item } from './Question';
import { useDrawn } from './useForm';

export function Rows({ group, scope }: { group: ItemType; scope: string }) {
  const { filled, change } = useDrawn();
  const id = useId();
  const rows = rowsOf(filled, scope, group);
  const help = helpOf(group);
  const sheet = useRef<HTMLDivElement>(null);
  // A new row begins with the focus in it; after one is taken away, the next thing to do is to add.
  const wanted = useRef<'row' | 'add' | null>(null);
  useEffect(() => {
    const inRow = `[data-row="${CSS.escape(rows.at(-1) ?? '')}"] :is(input, select, textarea, button, [role=slider])`;
    if (wanted.current)
      sheet.current?.querySelector<HTMLElement>(wanted.current === 'row' ? inRow : '[data-add]')?.focus();
    wanted.current = null;
  }, [rows]);
  return (
    <div className={css.question} role="group" aria-labelledby={id} data-link={group.linkId} ref={sheet}>
      <div>
        <p className={css.label} id={id}>
          {group.text}
        </p>
        {help && <p className={cx(u.small, u.muted)}>{help}</p>}
      </div>
      {rows.map((row, i) => (
        <div
          key={row}
          className={css.row}
          data-row={row}
          role="group"
          aria-label={`${group.text ?? 'Entry'}, number ${i + 1}`}
        >
          {childrenOf(group).map((item) => (
            <Item key={item.linkId} item={item} scope={rowScope(scope, group, row)} />
          ))}
          <button
            type="button"
            className={cx(u.plainlink, css.drop)}
            onClick={() => {
              wanted.current = 'add';
              change((old) => dropRow(old, scope, group, row));
            }}
          >
            <IconTrash size={18} aria-hidden /> Remove number {i + 1}
          </button>
        </div>
      ))}
      <Button
        variant="default"
        className={css.add}
        leftSection={<IconPlus size={18} />}
        data-add
        onClick={() => {
          wanted.current = 'row';
          change((old) => addRow(old, scope, group));
        }}
      >
        {rows.length ? 'Add another' : 'Add'}
        <span className={u.unseen}>: {group.text}</span>
      </Button>
    </div>
  );
}
