// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The phone's day: my own list, or the whole team's in the order of time.
import { SegmentedControl } from '@mantine/core';
import { IconCheck, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { DayPlan, Visit } from '../../clinic/day';
import { clock } from '../../lib/time';
import { capital, cx } from '../../lib/text';
import { Flags } from '../../shared/Flags';
import { Tag } from '../../shared/Tag';
import { stateTone, stateWords, visitCount } from '../../shared/VisitCard';
import u from '../../styles/u.module.css';
import css from './list.module.css';

type Props = { plan: DayPlan; now: number | null; me: string | null; onOpen: (visit: Visit) => void };

export function DayList({ plan, now, me, onOpen }: Props) {
  const [whose, setWhose] = useState(me ? 'Me' : 'Team');
  const shown = plan.visits.filter((v) => whose === 'Team' || v.therapist === me);
  const next = now === null ? undefined : shown.find((v) => v.start > now);
  return (
    <section className={cx(u.card, css.list)} aria-label="Visits">
      {me && (
        <SegmentedControl fullWidth aria-label="Whose day" value={whose} onChange={setWhose} data={['Me', 'Team']} />
      )}
      {shown.length === 0 && <p className={cx(u.empty, u.muted)}>No visits on this day.</p>}
      <ol>
        {shown.map((visit) => (
          <li key={visit.id}>
            {visit === next && (
              <div className={css.now}>
                <span>{clock(now!)}</span>
              </div>
            )}
            <button type="button" data-done={visit.state === 'done' || undefined} onClick={() => onOpen(visit)}>
              <span className={css.time}>
                <b>{clock(visit.start)}</b>
                <span className={cx(u.muted, u.tiny)}>{clock(visit.end)}</span>
              </span>
              <span className={u.grow}>
                <span className={cx(u.row, u.tight)}>
                  <b>{visit.who}</b>
                  <span className={cx(u.muted, u.small, u.num)}>{visitCount(visit)}</span>
                </span>
                <span className={cx(u.small, u.muted, css.what)}>
                  {visit.complaint}
                  {whose === 'Team' && ` · ${visit.therapistName}`}
                </span>
                <Flags visit={visit} words />
              </span>
              {visit.state === 'done' ? (
                <IconCheck size={20} role="img" aria-label="Done" />
              ) : (
                <>
                  {visit.state !== 'booked' && (
                    <Tag tone={stateTone(visit.state)}>{capital(stateWords[visit.state])}</Tag>
                  )}
                  <IconChevronRight size={18} className={u.muted} aria-hidden />
                </>
              )}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
