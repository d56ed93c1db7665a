// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The changes that a person makes to a form: an answer, a row more or less, and "no to the rest", which is an explicit act
// and never a default.
import { asked, keyOf, newRow, rowsOf, type Filled, type Form } from './fill';
import type { Answer, Item } from './items';

export const answer = (filled: Filled, key: string, given: Answer[]): Filled => ({
  ...filled,
  answers: { ...filled.answers, [key]: given },
});

export function addRow(filled: Filled, scope: string, group: Item): Filled {
  const rows = rowsOf(filled, scope, group);
  return { ...filled, rows: { ...filled.rows, [keyOf(scope, group.linkId)]: [...rows, newRow(rows)] } };
}

/** The row's answers go with it, so that a later row of the same name begins empty. */
export function dropRow(filled: Filled, scope: string, group: Item, row: string): Filled {
  const key = keyOf(scope, group.linkId);
  const gone = `${key}:${row}/`;
  const kept = <T>(all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).filter(([at]) => !at.startsWith(gone)));
  return {
    answers: kept(filled.answers),
    rows: { ...kept(filled.rows), [key]: rowsOf(filled, scope, group).filter((one) => one !== row) },
  };
}

/** Every yes-or-no question among these that applies and is open is answered with no. */
export function noToRest(form: Form, filled: Filled, linkIds: Set<string>): Filled {
  const open = asked(form, filled).filter(
    ({ item, key }) =>
      linkIds.has(item.linkId) && item.type === 'boolean' && !item.readOnly && !filled.answers[key]?.length,
  );
  const no = open.map(({ key }): [string, Answer[]] => [key, [{ valueBoolean: false }]]);
  return { ...filled, answers: { ...filled.answers, ...Object.fromEntries(no) } };
}
