// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Home: who comes when, what stands in the way, and one tap to the visit. The day is in the address, so that going back
// from a note returns to it.
import { ActionIcon, Button, Center, Loader, SegmentedControl } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconPlus, IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useDay } from '../../app/queries';
import { useSession } from '../../app/session';
import { useNow } from '../../app/useNow';
import { needs, type DayPlan, type Visit } from '../../clinic/day';
import { addDays, dayOf, longDay, minutesOf, type Day as CalendarDay } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { stopped } from '../../shared/VisitCard';
import u from '../../styles/u.module.css';
import css from './day.module.css';
import { DayGrid } from './DayGrid';
import { DayList } from './DayList';
import { DaySide } from './DaySide';
import { VisitDrawer } from './VisitDrawer';

const BookDialog = lazy(() => import('../book/BookDialog'));
const NewClientDialog = lazy(() => import('../patients/NewClientDialog'));

type Wish = { therapist?: string; room?: string; time?: string };

function summary(visits: Visit[]): string {
  const done = visits.filter((v) => v.state === 'done').length;
  const halted = visits.filter(stopped).length;
  return [plural(visits.length, 'visit'), done && `${done} done`, halted && `${halted} on hold`]
    .filter(Boolean)
    .join(' · ');
}

function columnsOf(plan: DayPlan, kind: string, me: string | null) {
  if (kind === 'Rooms') return { columns: plan.rooms, at: (v: Visit) => v.room };
  const mine = plan.therapists.filter((t) => kind !== 'Me' || t.ref === me);
  return { columns: mine, at: (v: Visit) => v.therapist };
}

export default function Day() {
  const { practice, practitioner } = useSession();
  const zone = practice.timeZone;
  const now = useNow();
  const today = dayOf(now, zone);
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const day: CalendarDay = /^\d{4}-\d\d-\d\d$/.test(asked.get('date') ?? '') ? asked.get('date')! : today;
  const plan = useDay(day);
  const [kind, setKind] = useState('Therapists');
  const [wish, setWish] = useState<Wish | null>(null);
  const [coming, setComing] = useState(false);
  const phone = useMediaQuery('(max-width: 700px)', window.innerWidth <= 700);
  const openId = asked.get('visit');

  const address = (to: CalendarDay, visit?: string) => {
    const query = new URLSearchParams();
    if (to !== today) query.set('date', to);
    if (visit) query.set('visit', visit);
    go(query.size ? `/?${query}` : '/');
  };
  const visits = plan.data?.visits ?? [];
  const open = visits.find((v) => v.id === openId) ?? null;
  const minute = day === today ? minutesOf(now, zone) : null;
  const book = (to: Wish = {}) => setWish(to);
  useHotkeys([
    ['b', () => book()],
    ['c', () => setComing(true)],
    ['n', () => open && go(`/note/${open.id}`)],
    ['ArrowLeft', () => !open && address(addDays(day, -1))],
    ['ArrowRight', () => !open && address(addDays(day, 1))],
  ]);
  const show = (visit: Visit) => address(day, visit.id);
  const shared = { plan: plan.data!, now: minute, onOpen: show };

  return (
    <div>
      <header className={cx(u.bar, css.bar)}>
        <div className={cx(u.row, u.tight, u.stay)}>
          <ActionIcon aria-label="Previous day" onClick={() => address(addDays(day, -1))}>
            <IconChevronLeft size={22} />
          </ActionIcon>
          <h1 className={css.title}>{longDay(day, today)}</h1>
          <ActionIcon aria-label="Next day" onClick={() => address(addDays(day, 1))}>
            <IconChevronRight size={22} />
          </ActionIcon>
        </div>
        <p className={cx(u.small, u.muted, css.count)}>
          {plan.data && summary(visits)}
          {day !== today && (
            <button type="button" className={u.plainlink} onClick={() => address(today)}>
              Today
            </button>
          )}
        </p>
        <div className={cx(u.row, u.push, css.tools)}>
          {!phone && (
            <SegmentedControl
              aria-label="Columns"
              value={kind}
              onChange={setKind}
              data={practitioner ? ['Therapists', 'Rooms', 'Me'] : ['Therapists', 'Rooms']}
            />
          )}
          <Button
            variant="default"
            leftSection={<IconUserPlus size={18} />}
            aria-label="New client"
            onClick={() => setComing(true)}
          >
            {phone ? 'Client' : 'New client'}
          </Button>
          <Button leftSection={<IconPlus size={18} />} onClick={() => book()}>
            Book
          </Button>
        </div>
      </header>
      {plan.isError && <Failure error={plan.error} again={() => void plan.refetch()} />}
      {plan.isPending && (
        <Center mih="50vh">
          <Loader aria-label="Loading the day" />
        </Center>
      )}
      {plan.data && (
        <div className={css.cols} aria-busy={plan.isPlaceholderData}>
          {phone ? (
            <DayList {...shared} me={practitioner} />
          ) : (
            <DayGrid {...shared} {...columnsOf(plan.data, kind, practitioner)} onFree={book} rooms={kind === 'Rooms'} />
          )}
          <DaySide needs={needs(visits, minute, day < today, practitioner)} today={today} onOpen={show} />
        </div>
      )}
      <VisitDrawer visit={open} day={day} today={today} phone={Boolean(phone)} onClose={() => address(day)} />
      {coming && (
        <Suspense>
          <NewClientDialog onClose={() => setComing(false)} />
        </Suspense>
      )}
      {wish && (
        <Suspense>
          <BookDialog day={day < today ? today : day} {...wish} onClose={() => setWish(null)} />
        </Suspense>
      )}
    </div>
  );
}
