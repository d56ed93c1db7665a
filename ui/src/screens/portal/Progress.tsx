// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The honest sentence first, then the same as a picture and a table, then what it rests on.
import { Center, Loader } from '@mantine/core';
import { useMeasures } from '../../app/measures';
import { useZone } from '../../app/session';
import { plainWords, rangeWords } from '../../clinic/measures';
import { honest } from '../../clinic/portal';
import { spanOf } from '../../clinic/smallPlot';
import { shortDay, today, type Day } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { SmallPlot } from '../../shared/SmallPlot';
import { Sparkline } from '../../shared/Sparkline';
import { TrendPlot } from '../../shared/TrendPlot';
import u from '../../styles/u.module.css';
import { Bar } from './Bar';
import { Change } from './Home';
import css from './portal.module.css';
import { useMe, usePortal } from './usePortal';

export default function Progress() {
  const now = today(useZone());
  const portal = usePortal();
  if (portal.isError) return <Failure error={portal.error} again={() => void portal.refetch()} />;
  if (!portal.data) {
    return (
      <Center mih="60vh">
        <Loader aria-label="Loading your progress" />
      </Center>
    );
  }
  const { ratings, target, goal, worst } = portal.data;
  const said = honest(ratings, target);
  return (
    <>
      <Bar title="Am I getting better?" />
      <p className={css.honest}>
        <Change change={said.change} /> {said.text} {said.rest}
      </p>
      {ratings.length > 0 && (
        <Card title="Your pain, 0 to 10">
          <TrendPlot ratings={ratings} goal={target} today={now} height={230} />
        </Card>
      )}
      {worst.length > 0 && <JournalCard worst={worst.slice(-journalShown)} today={now} />}
      <Measured today={now} />
      {goal && (
        <Card title="Your goal">
          <p className={u.quote}>“{goal}”</p>
        </Card>
      )}
      <Card title="What this rests on">
        <ul className={cx(u.small, css.rests)}>
          <li>{plural(ratings.length, 'rating')} of yours from before visits. The journal is shown apart.</li>
          <li>It shows what changed while you came here, not that massage alone did it.</li>
          <li>A change of 2 points is one that most people notice. Smaller ones come and go by themselves.</li>
        </ul>
      </Card>
    </>
  );
}

const journalShown = 14;

function JournalCard({ worst, today }: { worst: { day: Day; value: number }[]; today: Day }) {
  const last = worst.at(-1)!;
  return (
    <Card title="Worst pain in your journal">
      <p className={cx(u.row, u.num)}>
        <b>{last.value} of 10</b>
        <span className={cx(u.small, u.muted)}>{shortDay(last.day, today)}</span>
        {worst.length > 1 && (
          <Sparkline
            values={worst.map((one) => one.value)}
            label={`Worst pain, oldest first: ${worst.map((one) => one.value).join(', ')}`}
          />
        )}
      </p>
    </Card>
  );
}

/** What else is measured, each in plain words and as a small plot of the same weeks. */
function Measured({ today }: { today: Day }) {
  const all = useMeasures(useMe()).data ?? [];
  const measures = all.filter((one) => one.points.length > 0 && one.code !== 'nprs' && one.code !== 'pain-worst');
  if (!measures.length) return null;
  const span = spanOf(measures, today);
  return (
    <Card title="What you filled in">
      <ul className={u.list}>
        {measures.map((measure) => (
          <li key={measure.code} data-measure={measure.code}>
            <p className={u.strong}>{measure.name}</p>
            <p className={cx(u.small, u.muted)}>{rangeWords(measure)}</p>
            <p>{plainWords(measure, today)}</p>
            <SmallPlot measure={measure} span={span} today={today} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
