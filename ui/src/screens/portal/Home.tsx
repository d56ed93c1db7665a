// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The next visit, what to do before it, and how it goes: nothing else.
import { Button, Center, Loader } from '@mantine/core';
import { IconCheck, IconMapPin, IconReceipt, IconWriting } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useSession, useSignOut, useZone } from '../../app/session';
import { useNow } from '../../app/useNow';
import { greeting, honest, type Portal, type Visit } from '../../clinic/portal';
import { dayOf, longDay, minutesOf, type Day } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { Sparkline } from '../../shared/Sparkline';
import u from '../../styles/u.module.css';
import css from './portal.module.css';
import { Diaries } from './Diaries';
import { Todo } from './Todo';
import { useCheckIn, usePortal } from './usePortal';

export default function Home() {
  const { practice } = useSession();
  const zone = useZone();
  const now = useNow();
  const today = dayOf(now, zone);
  const portal = usePortal();
  const signOut = useSignOut();
  if (portal.isError) return <Failure error={portal.error} again={() => void portal.refetch()} />;
  if (!portal.data) {
    return (
      <Center mih="60vh">
        <Loader aria-label="Loading your page" />
      </Center>
    );
  }
  const given = portal.data.patient.name?.[0]?.given?.[0];
  const hello = greeting(Math.floor(minutesOf(now, zone) / 60));
  return (
    <>
      <header>
        <p className={cx(u.small, u.muted)}>{practice.name}</p>
        <h1 className={css.hello}>{given ? `${hello}, ${given}` : hello}</h1>
      </header>
      <NextVisit portal={portal.data} today={today} />
      <Todo portal={portal.data} today={today} />
      <Diaries portal={portal.data} />
      <Better portal={portal.data} />
      <Records portal={portal.data} />
      <button type="button" className={cx(u.plainlink, css.out)} onClick={() => void signOut()}>
        Sign out
      </button>
    </>
  );
}

const when = (visit: Visit, today: Day) => (visit.day === today ? 'today' : longDay(visit.day, today));

function NextVisit({ portal, today }: { portal: Portal; today: Day }) {
  const checkIn = useCheckIn();
  const { next, later } = portal;
  if (!next) {
    return (
      <Card title="Next visit">
        <p className={u.muted}>No visit is booked. Call the clinic to make one.</p>
      </Card>
    );
  }
  const here = next.status === 'arrived' || next.status === 'checked-in';
  return (
    <Card>
      <p className={cx(u.small, u.muted)}>Next visit, {when(next, today)}</p>
      <p className={css.when}>
        {next.start} {next.end && <span>to {next.end}</span>}
      </p>
      {(next.who || next.room) && (
        <p className={css.line}>
          <IconMapPin size={18} aria-hidden />
          {[next.who, next.room].filter(Boolean).join(', ')}
        </p>
      )}
      <Failure error={checkIn.error} />
      {here && (
        <p className={css.here} data-tone="ok" role="status">
          <IconCheck size={20} aria-hidden /> You are checked in. Please take a seat.
        </p>
      )}
      {!here && next.day === today && (
        <Button h={52} mt="md" fullWidth loading={checkIn.isPending} onClick={() => checkIn.mutate(next.id)}>
          I am here
        </Button>
      )}
      {later.length > 0 && (
        <details className={cx(u.small, css.later)}>
          <summary>{plural(later.length, 'later visit')}</summary>
          <ul>
            {later.map((visit) => (
              <li key={visit.id} className={u.num}>
                {longDay(visit.day, today)}, {visit.start}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

function Better({ portal }: { portal: Portal }) {
  const { ratings, target } = portal;
  const said = honest(ratings, target);
  const values = ratings.map((r) => r.value);
  return (
    <Card
      title="Am I getting better?"
      action={
        <Link className={u.plainlink} href="/portal/progress">
          See more
        </Link>
      }
    >
      <div className={css.better}>
        <p>
          <Change change={said.change} /> {said.text} {said.rest}
        </p>
        {values.length > 1 && (
          <Sparkline
            values={values}
            goal={target}
            width={104}
            height={64}
            label={`Pain from ${values[0]} to ${values.at(-1)}`}
          />
        )}
      </div>
    </Card>
  );
}

export function Change({ change }: { change?: [number, number] }) {
  if (!change) return null;
  return (
    <>
      Your pain went from{' '}
      <b className={u.num}>
        {change[0]} to {change[1]}
      </b>
    </>
  );
}

function Records({ portal }: { portal: Portal }) {
  return (
    <ul className={css.links}>
      <li>
        <Link href="/portal/notes">
          <IconWriting size={22} stroke={1.75} aria-hidden />
          <span className={u.grow}>Notes of your visits</span>
          <span className={cx(u.small, u.muted, u.num)}>{portal.notes.length || 'none yet'}</span>
        </Link>
      </li>
      {portal.toPay.map((bill) => (
        <li key={bill.id} className={css.bill}>
          <IconReceipt size={22} stroke={1.75} aria-hidden />
          <span className={u.grow}>To pay at your visit</span>
          <span className={u.num}>
            {bill.value} {bill.currency}
          </span>
        </li>
      ))}
    </ul>
  );
}
