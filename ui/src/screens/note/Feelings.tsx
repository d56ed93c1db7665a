// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Tension and mood before and after, for whoever asks for them: closed until then, and a tap each.
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { feelings, type Feeling, type FeelingCode } from '../../clinic/feeling';
import { cx } from '../../lib/text';
import { ScaleBar } from '../../shared/ScaleBar';
import u from '../../styles/u.module.css';
import css from './work.module.css';

type Props = { given: boolean; feeling: Feeling; onFeeling: (feeling: Feeling) => void };
const rows: [string, string, FeelingCode, FeelingCode][] = [
  ['Tension', '10 is the worst', 'tension-before', 'tension-after'],
  ['Mood', '10 is the best', 'mood-before', 'mood-after'],
];

export function Feelings({ given, feeling, onFeeling }: Props) {
  const [open, setOpen] = useState(Object.keys(feeling).length > 0);
  const bar = (code: FeelingCode, was?: number) => (
    <ScaleBar
      label={feelings[code].replace(', 0 to 10', '')}
      value={feeling[code] ?? null}
      was={was}
      onChange={(value) => onFeeling({ ...feeling, [code]: value })}
    />
  );
  return (
    <section className={cx(u.card, css.measures)} aria-label="Tension and mood">
      <button type="button" className={cx(u.plainlink, css.feel)} aria-expanded={open} onClick={() => setOpen(!open)}>
        Tension and mood
        <IconChevronDown size={16} aria-hidden className={open ? css.turned : undefined} />
      </button>
      {open &&
        rows.map(([name, end, before, after]) => (
          <div key={name} className={cx(u.stack, u.g4)}>
            <p className={cx(u.small, u.strong)}>
              {name} before <span className={u.muted}>{end}</span>
            </p>
            {bar(before)}
            {given && (
              <>
                <p className={cx(u.small, u.strong)}>{name} after</p>
                {bar(after, feeling[before])}
              </>
            )}
          </div>
        ))}
    </section>
  );
}
