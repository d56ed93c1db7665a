// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Everything that waits for a person, worst first: notes without a signature, referrals and licences that end, forms that
// are missing, reviews that are due. Each line has one thing to do.
import { Center, Loader, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { useWorklist } from '../../app/queries';
import { useSession } from '../../app/session';
import { useNow } from '../../app/useNow';
import { concerning, type TaskTone, type WorkItem } from '../../clinic/tasks';
import { askedFor, askedRules } from '../../clinic/clearance';
import { dayOf } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import css from './work.module.css';
import { WorkRow } from './WorkRow';

const DoDialog = lazy(() => import('./DoDialog'));
const ClearDialog = lazy(() => import('../../safety/ClearDialog'));
const AfterEffectDialog = lazy(() => import('./AfterEffectDialog'));

const groups: { tone: TaskTone; title: string; note?: string }[] = [
  { tone: 'stop', title: 'At once', note: 'Talk to the patient or a colleague before anything else.' },
  { tone: 'hold', title: 'Today' },
  { tone: 'info', title: 'Soon' },
  { tone: 'plain', title: 'When there is time' },
];

export default function Work() {
  const { practitioner, practice } = useSession();
  const today = dayOf(useNow(), practice.timeZone);
  const list = useWorklist();
  const [whose, setWhose] = useState(practitioner ? 'Mine' : 'Everybody');
  const [doing, setDoing] = useState<WorkItem | null>(null);
  const items = concerning(list.data ?? [], whose === 'Mine' ? practitioner : null);
  return (
    <div className={u.stack}>
      <header className={cx(u.bar, css.bar)}>
        <div className={u.grow}>
          <h1 className={u.pageTitle}>Needs you</h1>
          <p className={cx(u.small, u.muted, u.num)}>{list.data && `${plural(items.length, 'thing')} to do`}</p>
        </div>
        <Link href="/safety" className={u.plainlink}>
          How the safety rules do
        </Link>
        {practitioner && (
          <SegmentedControl aria-label="Whose work" value={whose} onChange={setWhose} data={['Mine', 'Everybody']} />
        )}
      </header>
      <Failure error={list.error} again={() => void list.refetch()} />
      {list.isPending && !list.isError && (
        <Center mih="30vh">
          <Loader aria-label="Loading the worklist" />
        </Center>
      )}
      {list.data && items.length === 0 && (
        <p className={cx(u.card, u.empty, u.muted)}>Nothing is waiting.</p>
      )}
      {groups.map((group) => {
        const inside = items.filter((item) => item.tone === group.tone);
        if (!inside.length) return null;
        return (
          <div key={group.tone} data-tone={group.tone}>
            <Card
              title={group.title}
              note={group.note}
              className={css.group}
              action={<span className={cx(u.count, u.num)}>{inside.length}</span>}
            >
              <ul className={u.list}>
                {inside.map((item) => (
                  <WorkRow key={item.id} item={item} today={today} onDo={setDoing} />
                ))}
              </ul>
            </Card>
          </div>
        );
      })}
      {doing && (
        <Suspense>
          <Doing item={doing} onClose={() => setDoing(null)} />
        </Suspense>
      )}
    </div>
  );
}

function Doing({ item, onClose }: { item: WorkItem; onClose: () => void }) {
  const patient = { id: item.patient ?? '', name: item.who };
  const [first] = askedRules(item.task);
  if (item.step.does === 'clear' && first)
    return (
      <ClearDialog
        patient={patient}
        issues={askedRules(item.task)}
        rule={first.rule}
        asked={askedFor([item], patient.id)}
        onClose={onClose}
      />
    );
  if (item.step.does === 'after-effect') return <AfterEffectDialog patient={patient} task={item.task} onClose={onClose} />;
  return <DoDialog item={item} onClose={onClose} />;
}
