// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Therapists or rooms as columns, time down the page, 88 px an hour. A tap on a free place books there.
import { useEffect, useRef, type MouseEvent } from 'react';
import { closedHours, type Column, type DayPlan, type Visit } from '../../clinic/day';
import { clock } from '../../lib/time';
import { cx } from '../../lib/text';
import { VisitCard } from '../../shared/VisitCard';
import u from '../../styles/u.module.css';
import css from './grid.module.css';

type Props = {
  plan: DayPlan;
  columns: Column[];
  at: (visit: Visit) => string | undefined;
  rooms: boolean;
  now: number | null;
  onOpen: (visit: Visit) => void;
  onFree: (wish: { therapist?: string; room?: string; time: string }) => void;
};

const px = 88 / 60;

export function DayGrid({ plan, columns, at, rooms, now, onOpen, onFree }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const { from, to } = plan;
  const first = now ?? Math.min(...plan.visits.map((v) => v.start), from + 120);
  useEffect(() => {
    grid.current?.scrollTo({ top: (first - from) * px - 240 });
    // Only when the day begins to be shown; the minutes that pass must not move what one reads.
  }, [from, plan.visits.length === 0]);
  const place = (start: number, end: number) => ({ top: (start - from) * px, height: (end - start) * px - 3 });
  const free = (event: MouseEvent<HTMLElement>, ref: string) => {
    if (event.target !== event.currentTarget) return;
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    const time = clock(Math.floor((from + y / px) / 15) * 15);
    onFree(rooms ? { room: ref, time } : { therapist: ref, time });
  };
  const style = { gridTemplateColumns: `48px repeat(${Math.max(1, columns.length)}, minmax(112px, 1fr))` };
  return (
    <div className={cx(u.card, css.grid)} ref={grid} role="region" aria-label="The team’s day" tabIndex={0}>
      <div className={css.head} style={style}>
        <span />
        {columns.map((column) => (
          <div key={column.ref}>
            <b>{column.name}</b>
            <span className={u.muted}>{column.note}</span>
          </div>
        ))}
      </div>
      <div className={css.body} style={{ ...style, height: (to - from) * px }}>
        <div className={css.hours} aria-hidden>
          {Array.from({ length: (to - from) / 60 }, (_, i) => (
            <span key={i} style={{ top: i * 88 }}>
              {clock(from + i * 60)}
            </span>
          ))}
        </div>
        {columns.length === 0 && <p className={cx(u.empty, u.muted)}>Nobody works here on this day.</p>}
        {columns.map((column) => (
          <section key={column.ref} aria-label={column.name} onClick={(event) => free(event, column.ref)}>
            {closedHours(column.open, { from, to }).map((span) => (
              <i key={span.from} className={css.off} style={place(span.from, span.to)} />
            ))}
            <ol>
              {plan.visits
                .filter((visit) => at(visit) === column.ref)
                .map((visit) => (
                  <li key={visit.id} style={place(visit.start, visit.end)}>
                    <VisitCard visit={visit} onOpen={onOpen} />
                  </li>
                ))}
            </ol>
          </section>
        ))}
        {now !== null && now >= from && now <= to && (
          <div className={css.now} style={{ top: (now - from) * px }}>
            <span>{clock(now)}</span>
          </div>
        )}
      </div>
    </div>
  );
}
