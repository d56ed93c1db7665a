// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whether the session was given. The other three are always possible; under a hard stop they are all that is.
import type { NoteKind } from '../../clinic/chart';
import { cx } from '../../lib/text';
import u from '../../styles/u.module.css';
import css from './note.module.css';

const kinds: { kind: NoteKind; name: string }[] = [
  { kind: 'session', name: 'Given' },
  { kind: 'not-given', name: 'Not given' },
  { kind: 'stopped', name: 'Stopped' },
  { kind: 'referred', name: 'Referred' },
];

type Props = { kind: NoteKind; stopped: boolean; onKind: (kind: NoteKind) => void };

export function KindPicker({ kind, stopped, onKind }: Props) {
  return (
    <div className={cx(u.row, u.tight, css.kinds)} role="group" aria-label="Was the session given?">
      {kinds.map((one) => (
        <button
          key={one.kind}
          type="button"
          className={u.pick}
          aria-pressed={kind === one.kind}
          disabled={stopped && one.kind === 'session'}
          onClick={() => onKind(one.kind)}
        >
          {one.name}
        </button>
      ))}
    </div>
  );
}
