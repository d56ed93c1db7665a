// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Ranges of motion, before and after. The movements that fall short with the muscles worked on come first in the list.
import { ActionIcon, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useCodes, type Concept } from '../../app/definitions';
import { normOf, normText, referenceOf, unitSign, type Method, type Motion } from '../../clinic/motion';
import type { SideCode } from '../../clinic/work';
import { cx } from '../../lib/text';
import { uuidv7 } from '../../lib/uuid';
import { NormBar } from '../../shared/NormBar';
import u from '../../styles/u.module.css';
import type { NoteState } from './useNote';
import type { Sites } from './useSites';
import css from './work.module.css';

/** Movements of the trunk and jaw that have no side. */
const midline = /flexion$|extension$|opening$/;
const trunk = /^(cervical|thoracic|lumbar|jaw)_/;
const hasSides = (code: string) => !trunk.test(code) || /lateral/.test(code) || !midline.test(code);

export default function Motions({ note, sites }: { note: NoteState; sites: Sites }) {
  const all = useCodes('movement').data ?? [];
  const [side, setSide] = useState<SideCode>('left');
  const [method, setMethod] = useState<Method>('active');
  const near = new Set(note.work.flatMap((line) => sites.movementsOf(line.site)));
  const first = all.filter((one) => near.has(one.code));
  const rest = all.filter((one) => !near.has(one.code));
  const option = (one: Concept) => ({ value: one.code, label: one.name });
  const add = (code: string) => {
    const movement = all.find((one) => one.code === code);
    if (!movement) return;
    const at: SideCode = hasSides(code) ? side : 'midline';
    const same = (one: Motion) => one.movement === code && one.side === at && one.method === method;
    if (note.draft.motions.some(same)) return;
    note.put('motions', {
      id: uuidv7(),
      movement: code,
      name: movement.name,
      side: at,
      method,
      unit: movement.property.unit ?? 'deg',
      before: null,
      after: null,
      reference: referenceOf(movement),
    });
  };
  return (
    <div className={css.motions} role="group" aria-label="Range of motion">
      {note.draft.motions.map((motion) => (
        <MotionLine
          key={motion.id}
          motion={motion}
          norm={all.find((one) => one.code === motion.movement)}
          onChange={(to) => note.put('motions', to)}
          onRemove={() => note.drop('motions', motion.id)}
        />
      ))}
      <div className={cx(u.row, css.addMotion)}>
        <SegmentedControl
          aria-label="Side"
          value={side}
          onChange={(to) => setSide(to as SideCode)}
          data={[
            { value: 'left', label: 'Left' },
            { value: 'right', label: 'Right' },
          ]}
        />
        <SegmentedControl
          aria-label="Who moves"
          value={method}
          onChange={(to) => setMethod(to as Method)}
          data={[
            { value: 'active', label: 'Active' },
            { value: 'passive', label: 'Passive' },
          ]}
        />
        <NativeSelect
          aria-label="Add a movement"
          className={u.grow}
          value=""
          data={[
            { value: '', label: 'Add a movement …' },
            ...(first.length ? [{ group: 'Of the muscles worked on', items: first.map(option) }] : []),
            { group: 'All others', items: rest.map(option) },
          ]}
          onChange={(event) => add(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}

type LineProps = {
  motion: Motion;
  norm?: Concept;
  onChange: (motion: Motion) => void;
  onRemove: () => void;
};

/** Degrees as typed; null for nothing and for what is no number of 0 to 220. */
function readDegrees(typed: string): number | null {
  const value = Number(typed.replace(',', '.'));
  return typed.trim() && value >= 0 && value <= 220 ? Math.round(value) : null;
}

function MotionLine({ motion, norm, onChange, onRemove }: LineProps) {
  const title = `${motion.name}${motion.side === 'midline' ? '' : `, ${motion.side}`}`;
  const reference = normOf(norm);
  const values = [motion.before, motion.after];
  const measured = values.some((value) => value !== null);
  return (
    <div data-motion={motion.movement}>
      <Entry motion={motion} title={title} norm={norm} onChange={onChange} onRemove={onRemove} />
      {reference && measured && (
        <div className={css.norm}>
          <NormBar norm={reference} unit={motion.unit} values={values} />
          <p className={cx(u.tiny, u.muted)}>
            The line is the norm of adults, not re-read in a source; it falls with age.
          </p>
        </div>
      )}
    </div>
  );
}

function Entry({ motion, title, norm, onChange, onRemove }: LineProps & { title: string }) {
  return (
    <div className={cx(u.row, u.stay, css.motion)}>
      <span className={u.grow}>
        <b className={u.small}>{title}</b>
        <span className={cx(u.tiny, u.muted, css.how)}>
          {motion.method}
          {norm && normText(norm) && `, ${normText(norm)}`}
        </span>
      </span>
      {(['before', 'after'] as const).map((when) => (
        <TextInput
          key={when}
          className={css.degrees}
          label={when === 'before' ? 'Before' : 'After'}
          aria-label={`${title}, ${motion.method}, ${when}`}
          inputMode="numeric"
          rightSection={<span className={u.tiny}>{unitSign(motion.unit)}</span>}
          value={motion[when] ?? ''}
          onChange={(event) => onChange({ ...motion, [when]: readDegrees(event.currentTarget.value) })}
        />
      ))}
      <ActionIcon aria-label={`Remove ${title}`} onClick={onRemove}>
        <IconTrash size={20} />
      </ActionIcon>
    </div>
  );
}
