// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One visit in the day grid: who, what for, which session, and what is in the way. State is told by tint and icon.
import { IconCheck, IconDoorEnter, IconHourglass, IconPlayerPlay, IconUserX } from '@tabler/icons-react';
import type { Visit, VisitState } from '../clinic/day';
import { clock } from '../lib/time';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import { Flags } from './Flags';
import type { Tone } from './Tag';
import css from './visit.module.css';

export const stateWords: Record<VisitState, string> = {
  held: 'held',
  booked: 'booked',
  arrived: 'arrived',
  now: 'in session',
  done: 'done',
  missed: 'did not come',
};
export const stateIcons = {
  held: IconHourglass,
  booked: null,
  arrived: IconDoorEnter,
  now: IconPlayerPlay,
  done: IconCheck,
  missed: IconUserX,
} as const;

export const stateTone = (state: VisitState): Tone =>
  state === 'held' ? 'hold' : state === 'missed' || state === 'done' ? 'plain' : 'ok';

/** Under a hard stop: the way on is the review. */
export const stopped = (visit: Visit) =>
  visit.decision === 'stop' && visit.treatment && visit.state !== 'done' && visit.state !== 'missed';

/** "7/10" when both are known, else how long it takes. */
export function visitCount(visit: Visit): string {
  if (visit.number && visit.authorised) return `${visit.number}/${visit.authorised}`;
  return `${visit.end - visit.start} min`;
}

export function VisitCard({ visit, onOpen }: { visit: Visit; onOpen: (visit: Visit) => void }) {
  const Icon = stateIcons[visit.state];
  const long = visit.end - visit.start;
  return (
    <button
      type="button"
      className={cx(
        css.visit,
        css[visit.state],
        stopped(visit) && css.stopped,
        long < 60 && css.short,
        long < 45 && css.tiny,
      )}
      data-visit={visit.id}
      onClick={() => onOpen(visit)}
    >
      <span className={u.unseen}>
        {clock(visit.start)} to {clock(visit.end)},{' '}
      </span>
      <span className={css.name}>
        <b>{visit.who}</b>
        {Icon && <Icon size={15} stroke={2.25} role="img" aria-label={stateWords[visit.state]} />}
      </span>
      <span className={css.what}>{visit.complaint}</span>
      <span className={css.foot}>
        {visitCount(visit)}
        <Flags visit={visit} />
      </span>
    </button>
  );
}
