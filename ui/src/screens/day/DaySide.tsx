// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What needs a person: first the visits of the day that is shown, then the worklist, worst first, each with one action.
import { IconAlertTriangle, IconBan, IconDoorEnter, IconPencil } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { useWorklist } from '../../app/queries';
import { useSession } from '../../app/session';
import type { Need, Visit } from '../../clinic/day';
import { beyond, concerning, type WorkItem } from '../../clinic/tasks';
import { clock, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';
import { WorkRow } from '../work/WorkRow';
import css from './side.module.css';

const DoDialog = lazy(() => import('../work/DoDialog'));
const icons = { stop: IconBan, hold: IconAlertTriangle, info: IconPencil, plain: IconDoorEnter };
const most = 8;

type Props = { needs: Need[]; today: Day; onOpen: (visit: Visit) => void };

export function DaySide({ needs, today, onOpen }: Props) {
  const { practitioner } = useSession();
  const list = useWorklist();
  const [doing, setDoing] = useState<WorkItem | null>(null);
  const tasks = beyond(concerning(list.data ?? [], practitioner), needs);
  // What cannot wait at all stands above the day's own lines.
  const first = tasks.filter((item) => item.tone === 'stop');
  const later = tasks.filter((item) => item.tone !== 'stop');
  const shown = later.slice(0, Math.max(0, most - first.length - needs.length));
  const count = needs.length + tasks.length;
  return (
    <aside className={css.side} aria-label="What needs you">
      <Card title="Needs you" action={<span className={cx(u.count, u.num)}>{count}</span>}>
        {count === 0 && <p className={cx(u.small, u.muted)}>Nothing is waiting.</p>}
        <ul className={u.list}>
          {first.map((item) => (
            <WorkRow key={item.id} item={item} today={today} onDo={setDoing} />
          ))}
          {needs.map((need) => (
            <VisitRow key={need.visit.id} need={need} onOpen={onOpen} />
          ))}
          {shown.map((item) => (
            <WorkRow key={item.id} item={item} today={today} onDo={setDoing} />
          ))}
        </ul>
        {list.isError && <p className={cx(u.small, u.muted)}>The worklist could not be loaded.</p>}
        {shown.length < later.length && (
          <Link href="/work" className={cx(u.plainlink, css.all)}>
            All {count}
          </Link>
        )}
      </Card>
      {doing && (
        <Suspense>
          <DoDialog item={doing} onClose={() => setDoing(null)} />
        </Suspense>
      )}
    </aside>
  );
}

function VisitRow({ need, onOpen }: { need: Need; onOpen: (visit: Visit) => void }) {
  const { visit, tone, text, action } = need;
  const Icon = icons[tone];
  return (
    <li data-tone={tone} className={css.need}>
      <Icon size={20} stroke={1.75} aria-hidden />
      <button type="button" className={css.what} onClick={() => onOpen(visit)}>
        <span className={cx(u.small, u.strong, u.num)}>
          {visit.who}, {clock(visit.start)}
        </span>
        <span className={cx(u.tiny, u.muted)}>
          {text} · {visit.therapistName}
        </span>
      </button>
      <Link
        className={u.plainlink}
        href={action === 'Note' ? `/note/${visit.id}` : `/patients/${visit.patient}`}
        aria-label={`${action}: ${visit.who}`}
      >
        {action}
      </Link>
    </li>
  );
}
