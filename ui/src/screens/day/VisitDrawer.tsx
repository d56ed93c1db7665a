// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The visit at a glance: safety first, then how it goes, then the next step. Under a hard stop the way on is the review.
import { Button, Drawer } from '@mantine/core';
import { IconCalendarOff, IconDoorEnter, IconFileText, IconPencil, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useChart, useScreening, useUpdate } from '../../app/queries';
import type { Visit } from '../../clinic/day';
import { totalMinutes } from '../../clinic/work';
import { clock, shortDay, type Day } from '../../lib/time';
import { capital, cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Flags } from '../../shared/Flags';
import { Safety } from '../../shared/Safety';
import { Sparkline } from '../../shared/Sparkline';
import { Tag } from '../../shared/Tag';
import { held, stateIcons, stateWords } from '../../shared/VisitCard';
import u from '../../styles/u.module.css';
import css from './drawer.module.css';

type Props = { visit: Visit | null; day: Day; today: Day; phone: boolean; onClose: () => void };

export function VisitDrawer({ visit, day, today, phone, onClose }: Props) {
  return (
    <Drawer
      opened={Boolean(visit)}
      onClose={onClose}
      position={phone ? 'bottom' : 'right'}
      size={phone ? '88%' : 440}
      radius={phone ? 16 : 0}
      transitionProps={{ duration: 140 }}
      closeButtonProps={{ 'aria-label': 'Close', size: 44 }}
      title={<span className={css.title}>{visit?.who}</span>}
    >
      {visit && <Inside key={visit.id} visit={visit} day={day} today={today} onClose={onClose} />}
    </Drawer>
  );
}

function Inside({ visit, day, today, onClose }: { visit: Visit; day: Day; today: Day; onClose: () => void }) {
  const chart = useChart(visit.patient || undefined);
  const screening = useScreening(visit.patient || undefined, day);
  const Icon = stateIcons[visit.state];
  const last = chart.data?.notes.find((note) => note.kind === 'session');
  const ratings = chart.data?.ratings ?? [];
  const now = ratings.at(-1);
  const number = visit.number ?? (chart.data && visit.state !== 'done' ? chart.data.used + 1 : undefined);
  const authorised = chart.data?.authorised ?? visit.authorised;
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
              tone={visit.state === 'missed' || visit.state === 'done' ? 'plain' : 'ok'}
              icon={Icon && <Icon size={14} aria-hidden />}
            >
              {capital(stateWords[visit.state])}
            </Tag>
          )}
          {!screening.data && <Flags visit={visit} words />}
        </div>
      </div>
      <Failure error={screening.error ?? chart.error} />
      {screening.data && <Safety screening={screening.data} most={4} />}
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
      <Actions visit={visit} onClose={onClose} />
    </div>
  );
}

const places = (work: { site: { name: string } }[]) =>
  [...new Set(work.map((w) => w.site.name.toLowerCase()))].slice(0, 3).join(', ');

function Actions({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const update = useUpdate<fhir4.Appointment>();
  const [asking, setAsking] = useState(false);
  const stop = held(visit);
  const open = visit.state === 'booked' || visit.state === 'arrived';
  const set = (status: fhir4.Appointment['status']) =>
    update.mutate({ ...visit.appointment, status }, { onSuccess: () => status === 'cancelled' && onClose() });
  return (
    <div className={css.actions}>
      {update.error && (
        <div className={css.wide}>
          <Failure error={update.error} />
        </div>
      )}
      {asking ? (
        <>
          <p className={cx(css.wide, u.small)}>Cancel this visit? The time becomes free for others.</p>
          <Button variant="default" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <Button color="red.9" loading={update.isPending} onClick={() => set('cancelled')}>
            Cancel the visit
          </Button>
        </>
      ) : (
        <>
          {stop ? (
            <Button
              component={Link}
              href={`/patients/${visit.patient}`}
              leftSection={<IconShieldCheck size={18} />}
              className={css.wide}
            >
              Review safety
            </Button>
          ) : (
            <Button
              component={Link}
              href={`/note/${visit.id}`}
              leftSection={<IconPencil size={18} />}
              className={css.wide}
            >
              {visit.state === 'done' ? 'Open note' : 'Start note'}
            </Button>
          )}
          {stop ? (
            <Button
              component={Link}
              href={`/note/${visit.id}`}
              variant="default"
              leftSection={<IconPencil size={18} />}
            >
              Chart why not
            </Button>
          ) : (
            <Button
              component={Link}
              href={`/patients/${visit.patient}`}
              variant="default"
              leftSection={<IconFileText size={18} />}
            >
              Chart
            </Button>
          )}
          {visit.state === 'booked' && !stop && (
            <Button
              variant="default"
              leftSection={<IconDoorEnter size={18} />}
              loading={update.isPending}
              onClick={() => set('arrived')}
            >
              Arrived
            </Button>
          )}
          {open && (
            <Button variant="default" leftSection={<IconCalendarOff size={18} />} onClick={() => setAsking(true)}>
              Cancel visit
            </Button>
          )}
        </>
      )}
    </div>
  );
}
