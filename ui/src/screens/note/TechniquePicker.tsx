// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The technique of a line: the ones used in this note and the common ones as chips, every other by name.
import { NativeSelect } from '@mantine/core';
import type { Concept } from '../../app/queries';
import { plainName } from '../../clinic/work';
import { cx } from '../../lib/text';
import u from '../../styles/u.module.css';
import css from './work.module.css';

/** Shown as chips where the server knows them; a preference of this screen, not a list of what exists. */
const common = ['effleurage', 'petrissage', 'myofascial_release', 'trigger_point_compression', 'muscle_stripping'];

type Props = { value: string; used: string[]; all: Concept[]; onChange: (technique: Concept) => void };

export function TechniquePicker({ value, used, all, onChange }: Props) {
  const known = (code: string) => all.find((t) => t.code === code);
  const chips = [...new Set([value, ...used, ...common])].flatMap((code) => known(code) ?? []).slice(0, 5);
  return (
    <div className={css.techniques}>
      <div className={cx(u.row, u.tight, css.chips)} role="group" aria-label="Technique">
        {chips
          .sort((a, b) => all.indexOf(a) - all.indexOf(b))
          .map((technique) => (
            <button
              key={technique.code}
              type="button"
              className={u.pick}
              aria-pressed={value === technique.code}
              onClick={() => onChange(technique)}
            >
              {plainName(technique.name)}
            </button>
          ))}
      </div>
      <NativeSelect
        aria-label="Any technique"
        value={value}
        data={all.map((technique) => ({ value: technique.code, label: technique.name }))}
        onChange={(event) => {
          const found = known(event.currentTarget.value);
          if (found) onChange(found);
        }}
      />
    </div>
  );
}
