// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The visit at a glance: safety first, then how it goes, then the next step. Under a hard stop the way on is the review.
import { Drawer } from '@mantine/core';
import { useState } from 'react';
import { useChart, useScreening } from '../../app/queries';
import { useZone } from '../../app/session';
import { useNow } from '../../app/useNow';
import type { Visit } from '../../clinic/day';
import { intentOf, intents, nameOf, reasonOf, reasons } from '../../clinic/visit';
import { totalMinutes } from '../../clinic/work';
import { clock, minutesOf, shortDay, type Day } from '../../lib/time';
import { capital, cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Flags } from '../../shared/Flags';
import { FormsMissing } from '../../shared/FormsMissing';
import Safety from '../../safety/Safety';
import { Sparkline } from '../../shared/Sparkline';
import { Tag } from '../../shared/Tag';
import { stateIcons, stateTone, stateWords } from '../../shared/VisitCard';
import u from '../../styles/u.module.css';
import css from './drawer.module.css';
import { VisitActions } from './VisitActions';

type Props = { visit: Visit | null; day: Day; today: Day; phone: boolean; onClose: () => void };

export function VisitDrawer({ visit, day, today, phone, onClose }: Props) {
  // Escape closes what lies on top.
  const [covered, setCovered] = useState(false);
  return (
    <Drawer
      opened={Boolean(visit)}
      closeOnEscape={!covered}
      trapFocus={!covered}
      onClose={onClose}
      position={phone ? 'bottom' : 'right'}
      size={phone ? '88%' : 440}
      radius={phone ? 16 : 0}
      transitionProps={{ duration: 140 }}
      closeButtonProps={{ 'aria-label': 'Close', size: 44 }}
      title={<span className={css.title}>{visit?.who}</span>}
    >
      {visit && <Inside key={visit.id} visit={visit} day={day} today={today} onClose={onClose} onDialog={setCovered} />}
    </Drawer>
  );
}

type InsideProps = Omit<Props, 'visit' | 'phone'> & { visit: Visit; onDialog: (open: boolean) => void };

function Inside({ visit, day, today, onClose, onDialog }: InsideProps) {
  const chart = useChart(visit.patient || undefined);
  const screening = useScreening(visit.patient || undefined, day);
  const minute = minutesOf(useNow(), useZone());
  const Icon = stateIcons[visit.state];
  const last = chart.data?.notes.find((note) => note.kind === 'session');
  const ratings = chart.data?.ratings ?? [];
  const now = ratings.at(-1);
  const number = visit.number ?? (chart.data && visit.state !== 'done' ? chart.data.used + 1 : undefined);
  const authorised = chart.data?.authorised ?? visit.authorised;
  const reason = nameOf(reasons, reasonOf(visit.appointment));
  const intent = nameOf(intents, intentOf(visit.appointment))?.toLowerCase();
  return (
    <div className={cx(u.stack, css.drawer)} data-autofocus tabIndex={-1}>
      <div>
        <p className={cx(u.muted, u.num)}>
          {clock(visit.start)}–{clock(visit.end)} · {visit.therapistName} · {visit.roomName}
        </p>
        <div className={cx(u.row, u.tight, css.what)}>
          {visit.complaint && <span className={u.strong}>{visit.complaint}</span>}
          {authorised && number && (
            <Tag>
              Visit {number} of {authorised}
            </Tag>
          )}
          {visit.state !== 'booked' && (
            <Tag
              tone={stateTone(visit.state)}
              icon={Icon && <Icon size={14} aria-hidden />}
            >
              {capital(stateWords[visit.state])}
            </Tag>
          )}
          {!screening.data && <Flags visit={visit} words />}
        </div>
      </div>
      <Failure error={screening.error ?? chart.error} />
      {screening.data && (
        <Safety
          screening={screening.data}
          patient={{ id: visit.patient, name: visit.who }}
          on={day === today ? 'today' : 'on that day'}
          most={4}
          onDialog={onDialog}
        />
      )}
      {visit.attention.includes('form-missing') && visit.state !== 'done' && <FormsMissing patient={visit.patient} />}
      {now && (
        <div className={css.pain}>
          <div>
            <p className={cx(u.small, u.muted)}>
              {now.day === today ? 'Pain today' : `Pain, ${shortDay(now.day, today)}`}
            </p>
            <p className={u.big}>
              {now.value} <span className={cx(u.small, u.muted)}>from {ratings[0]!.value}</span>
            </p>
          </div>
          <Sparkline
            values={ratings.slice(-12).map((r) => r.value)}
            goal={chart.data?.target}
            label={`Pain over ${ratings.length} ratings, from ${ratings[0]!.value} to ${now.value}`}
          />
        </div>
      )}
      {chart.data && (
        <dl className={u.facts}>
          {chart.data.goal && (
            <>
              <dt>Goal</dt>
              <dd>“{chart.data.goal.description.text}”</dd>
            </>
          )}
          {last && (
            <>
              <dt>Last time</dt>
              <dd>
                {shortDay(last.day, today)}, {totalMinutes(last.work)} min on {places(last.work)}
                {last.before !== undefined && last.after !== undefined && `. Pain ${last.before} → ${last.after}`}
              </dd>
            </>
          )}
          {(reason || intent) && (
            <>
              <dt>Reason</dt>
              <dd>{[reason, intent && `${intent} visit`].filter(Boolean).join(', ')}</dd>
            </>
          )}
          {authorised && (
            <>
              <dt>Visits</dt>
              <dd>
                {Math.max(0, authorised - chart.data.used)} of {authorised} authorised left
              </dd>
            </>
          )}
        </dl>
      )}
      <VisitActions visit={visit} begun={day < today || (day === today && visit.start <= minute)} onClose={onClose} />
    </div>
  );
}

const places = (work: { site: { name: string } }[]) =>
  [...new Set(work.map((w) => w.site.name.toLowerCase()))].slice(0, 3).join(', ');
