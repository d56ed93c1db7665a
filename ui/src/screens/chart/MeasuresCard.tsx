// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Every measure of a patient: what is due and why, with the way to fill it in; then small plots that share their time axis,
// each with what its change amounts to. Where that threshold comes from, and the values as a table, are one tap away.
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useMeasures } from '../../app/measures';
import {
  dueWords,
  figure,
  isAsked,
  isDue,
  licenceWords,
  rangeWords,
  thresholdWords,
  verdictOf,
  type Measure,
} from '../../clinic/measures';
import { spanOf, type Span } from '../../clinic/smallPlot';
import { shortDay, type Day } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { SmallPlot } from '../../shared/SmallPlot';
import { Tag } from '../../shared/Tag';
import u from '../../styles/u.module.css';
import css from './measures.module.css';

const FormDialog = lazy(() => import('./FormDialog'));

type Props = { patient: { id: string; name: string }; today: Day };
type Opens = { onOpen: (form: string) => void };

export default function MeasuresCard({ patient, today }: Props) {
  const answer = useMeasures(patient.id);
  const [form, setForm] = useState<string | null>(null);
  if (answer.isError) return <Failure error={answer.error} again={() => void answer.refetch()} />;
  const all = answer.data ?? [];
  // The pain rating has the large plot above.
  const measured = all.filter((one) => one.points.length > 0 && one.code !== 'nprs');
  const asked = oncePerForm(all.filter(isAsked));
  const due = asked.filter((one) => isDue(one, today));
  const later = asked.filter((one) => !isDue(one, today));
  const others = all.filter((one) => !isAsked(one) && one.points.length === 0);
  if (!all.length) return null;
  const span = spanOf(all, today);
  return (
    <Card title="Measures" note={due.length > 0 && `${due.length} due`}>
      <Listed title="Due" measures={due} shown={3} today={today} onOpen={setForm} />
      {measured.length > 0 && (
        <ul className={css.multiples} aria-label="Measured">
          {measured.map((measure) => (
            <Multiple key={measure.code} measure={measure} span={span} today={today} onOpen={setForm} />
          ))}
        </ul>
      )}
      <Listed title="Coming up" measures={later} shown={0} today={today} onOpen={setForm} />
      <Listed title="Not measured yet" measures={others} shown={0} today={today} onOpen={setForm} />
      {measured.length > 0 && (
        <p className={cx(u.tiny, u.muted)}>
          All plots show the same weeks. A change while somebody comes here is no proof that the treatment caused it.
        </p>
      )}
      <Suspense>{form && <FormDialog patient={patient} form={form} onClose={() => setForm(null)} />}</Suspense>
    </Card>
  );
}

/** One form may give several measures, such as each movement of a joint. */
const oncePerForm = (measures: Measure[]) =>
  measures.filter((one, i) => !one.form || measures.findIndex((other) => other.form === one.form) === i);

/** What can be filled in, the first few in sight and the rest a tap away. */
function Listed({
  title,
  measures,
  shown,
  ...rest
}: { title: string; measures: Measure[]; shown: number; today: Day } & Opens) {
  if (!measures.length) return null;
  const [first, more] = [measures.slice(0, shown), measures.slice(shown)];
  const list = (some: Measure[]) => (
    <ul className={cx(u.list, css.due)} aria-label={title}>
      {some.map((one) => (
        <Row key={one.code} measure={one} {...rest} />
      ))}
    </ul>
  );
  return (
    <div>
      {first.length > 0 && list(first)}
      {more.length > 0 && (
        <details className={css.more}>
          <summary>
            {first.length ? `${more.length} more due` : `${title}: ${more.map((one) => one.name).join(', ')}`}
          </summary>
          {list(more)}
        </details>
      )}
    </div>
  );
}

function Row({ measure, today, onOpen }: { measure: Measure; today: Day } & Opens) {
  return (
    <li>
      <div className={css.row}>
        <p>
          <b>{measure.name}</b>
          <span className={cx(u.small, u.muted, css.line)}>{dueWords(measure, today) || rangeWords(measure)}</span>
        </p>
        <Open measure={measure} onOpen={onOpen} />
      </div>
      {licenceWords(measure) && <p className={cx(u.tiny, u.muted)}>{licenceWords(measure)}</p>}
    </li>
  );
}

function Open({ measure, onOpen }: { measure: Measure } & Opens) {
  const { form, entry, name } = measure;
  if (entry === 'note') return <span className={cx(u.small, u.muted)}>Measured in the note</span>;
  if (!form) return null;
  const does = licenceWords(measure) ? 'Enter the score' : entry === 'score' ? 'Enter' : 'Fill in';
  return (
    <Button variant="default" aria-label={`${does}: ${name}`} onClick={() => onOpen(form)}>
      {does}
    </Button>
  );
}

function Multiple({ measure, span, today, onOpen }: { measure: Measure; span: Span; today: Day } & Opens) {
  const said = verdictOf(measure);
  const last = measure.points.at(-1)!;
  return (
    <li className={css.multiple} data-measure={measure.code}>
      <h3 className={u.small}>{measure.name}</h3>
      <p className={cx(u.tiny, u.muted)}>{rangeWords(measure)}</p>
      <p className={css.now}>
        <b className={u.big}>{figure(last.value)}</b>
        <span className={cx(u.tiny, u.muted)}>{shortDay(last.day, today)}</span>
      </p>
      <SmallPlot measure={measure} span={span} today={today} />
      <p className={css.said}>
        {said ? (
          <>
            <Tag tone={said.tone}>{said.word}</Tag> <span className={cx(u.small, u.num)}>{said.text}</span>
          </>
        ) : (
          <span className={cx(u.small, u.muted)}>One value so far; a second one shows a direction.</span>
        )}
      </p>
      <details>
        <summary>Why, and the values</summary>
        <p className={u.tiny}>{thresholdWords(measure)}</p>
        {licenceWords(measure) && <p className={u.tiny}>{licenceWords(measure)}</p>}
        <Values measure={measure} today={today} />
        <Open measure={measure} onOpen={onOpen} />
      </details>
    </li>
  );
}

function Values({ measure, today }: { measure: Measure; today: Day }) {
  return (
    <table className={u.tiny}>
      <caption className={u.unseen}>
        {measure.name}, {plural(measure.points.length, 'value')}
      </caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {measure.points.map((point) => (
          <tr key={point.ref + point.at}>
            <td>{shortDay(point.day, today)}</td>
            <td>{figure(point.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
