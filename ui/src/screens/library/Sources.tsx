// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Where a statement comes from; what was not re-read in its source is marked so.
import type { Source } from '../../clinic/library';
import { cx } from '../../lib/text';
import u from '../../styles/u.module.css';

const mark = ' (not re-read in a source)';

export function Sources({ sources }: { sources: Source[] }) {
  if (!sources.length) return <p className={cx(u.small, u.muted)}>No source is given.</p>;
  return (
    <ul className={cx(u.list, u.small)}>
      {sources.map((source) => (
        <li key={source.text}>
          {source.text.replace(mark, '')}
          {!source.read && <b> Not re-read in a source: unverified.</b>}
        </li>
      ))}
    </ul>
  );
}
