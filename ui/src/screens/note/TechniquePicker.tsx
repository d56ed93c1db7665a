// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The technique of a line: the ones used in this note and the common ones as chips, every other by name. One that may not
// be used says why when it is chosen, and stays unchosen.
import { NativeSelect } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Concept } from '../../app/queries';
import type { Bar } from '../../clinic/limits';
import { plainName } from '../../clinic/work';
import { cx } from '../../lib/text';
import u from '../../styles/u.module.css';
import { BarNote } from './BarNote';
import css from './work.module.css';

/** Shown as chips where the server knows them; a preference of this screen, not a list of what exists. */
const common = ['effleurage', 'petrissage', 'myofascial_release', 'trigger_point_compression', 'muscle_stripping'];

type Props = {
  value: string;
  used: string[];
  all: Concept[];
  /** What speaks against a technique at this place, and not against every other there. */
  barsOf: (technique: string) => Bar[];
  onChange: (technique: Concept) => void;
  onRecord: (bar: Bar) => void;
};

export function TechniquePicker({ value, used, all, barsOf, onChange, onRecord }: Props) {
  const [asked, setAsked] = useState<Concept | null>(null);
  const row = useRef<HTMLDivElement>(null);
  // The chosen one may lie beyond the edge of the row.
  useEffect(() => {
    const pressed = row.current?.querySelector<HTMLElement>('[aria-pressed=true]');
    if (pressed) row.current?.scrollTo({ left: pressed.offsetLeft - row.current.offsetLeft - 60 });
  }, [value]);
  const known = (code: string) => all.find((t) => t.code === code);
  const chips = [...new Set([value, ...used, ...common])].flatMap((code) => known(code) ?? []).slice(0, 5);
  const take = (technique: Concept | undefined) => {
    if (!technique) return;
    const barred = technique.code !== value && barsOf(technique.code).length > 0;
    setAsked(barred ? technique : null);
    if (!barred) onChange(technique);
  };
  return (
    <div className={css.techniques}>
      <div className={cx(u.row, u.tight, css.chips)} ref={row} role="group" aria-label="Technique">
        {chips
          .sort((a, b) => all.indexOf(a) - all.indexOf(b))
          .map((technique) => (
            <button
              key={technique.code}
              type="button"
              className={u.pick}
              aria-pressed={value === technique.code}
              onClick={() => take(technique)}
            >
              {technique.code !== value && barsOf(technique.code).length > 0 && (
                <IconLock size={16} role="img" aria-label="Not now:" />
              )}
              {plainName(technique.name)}
            </button>
          ))}
        <NativeSelect
          aria-label="Any technique"
          className={css.other}
          value={chips.some((t) => t.code === value) ? '' : value}
          data={[
            { value: '', label: 'Other …' },
            ...all.map((technique) => ({ value: technique.code, label: technique.name })),
          ]}
          onChange={(event) => take(known(event.currentTarget.value))}
        />
      </div>
      {asked &&
        barsOf(asked.code).map((bar) => (
          <BarNote key={bar.kind + bar.code} bar={bar} title={plainName(asked.name)} onRecord={onRecord} />
        ))}
    </div>
  );
}
