// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The honest sentence first, then the same as a picture and a table, then what it rests on.
import { Center, Loader } from '@mantine/core';
import { useCodes } from '../../app/definitions';
import { useZone } from '../../app/session';
import { honest, scoreWord, type Score } from '../../clinic/portal';
import { shortDay, today, type Day } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { Sparkline } from '../../shared/Sparkline';
import { TrendPlot } from '../../shared/TrendPlot';
import u from '../../styles/u.module.css';
import { Bar } from './Bar';
import { Change } from './Home';
import css from './portal.module.css';
import { usePortal } from './usePortal';

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
  const { ratings, target, goal, scores, worst } = portal.data;
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
      {scores.length > 0 && <Scores scores={scores} today={now} />}
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

/** Each questionnaire's score in words: what it was, what it is, and whether the difference counts. */
function Scores({ scores, today }: { scores: Score[]; today: Day }) {
  const instruments = useCodes('instrument').data ?? [];
  return (
    <Card title="Your questionnaires">
      <ul className={u.list}>
        {scores.map((score) => {
          const about = instruments.find((one) => one.code === score.id);
          const [first, last] = [score.values[0]!, score.values.at(-1)!];
          return (
            <li key={score.id}>
              <p className={u.strong}>{about?.name ?? score.name}</p>
              <p className={u.num}>
                {score.values.length > 1 && `${first.value} → `}
                <b>{last.value}</b>{' '}
                <span className={cx(u.small, u.muted)}>
                  {[shortDay(last.day, today), scoreWord(score, about?.property)].filter(Boolean).join(', ')}
                </span>
              </p>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
