// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One reason why something may not be done, and the way to put it right where there is one.
import { Button } from '@mantine/core';
import type { Bar } from '../../clinic/limits';
import { useSession } from '../../app/session';
import { Override } from '../../safety/Override';
import css from './work.module.css';

type Props = { bar: Bar; title?: string; onRecord: (bar: Bar) => void };

const wayOut: Partial<Record<Bar['kind'], string>> = {
  rule: 'Take the line away, or choose another technique.',
  zone: 'Take the line away, or lift the zone with the Avoid tool.',
};

export function BarNote({ bar, title, onRecord }: Props) {
  const { role } = useSession();
  const { override } = bar;
  const records = bar.kind === 'consent' || (bar.kind === 'training' && role === 'owner');
  return (
    <div className={css.warning} data-tone="stop">
      <p role="alert">
        {title && <b>{title}: </b>}
        {bar.text} {bar.kind === 'training' && role !== 'owner' ? 'Ask an owner to record it.' : wayOut[bar.kind]}
      </p>
      {records && (
        <Button variant="default" size="sm" h={44} mt={8} onClick={() => onRecord(bar)}>
          {bar.kind === 'consent' ? 'Record consent' : 'Record training'}
        </Button>
      )}
      {override && <Override {...override} />}
    </div>
  );
}
