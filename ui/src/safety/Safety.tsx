// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the rules say about a patient on a day: the issues, quietly what was cleared or overridden, how many questions are
// open and how many rules could not be judged here. It never says that treatment is safe.
import { useZone } from '../app/session';
import { useNow } from '../app/useNow';
import { standing, type Screening } from '../fhir/screening';
import { dayOf } from '../lib/time';
import { cx, plural } from '../lib/text';
import u from '../styles/u.module.css';
import { AlertLine } from './AlertLine';
import { LiftedLine } from './LiftedLine';
import css from './safety.module.css';
import { StopCard } from './StopCard';
import { useClearances, type Person } from './useClearances';

type Props = {
  screening: Screening;
  patient: Person;
  /** The day that is judged, as a word in a sentence: "today". */
  on?: string;
  /** A whole page's width: stops as a card of their own, the other rules side by side. */
  wide?: boolean;
  most?: number;
  /** Called when a dialog opens over what holds this, and when it closes. */
  onDialog?: (open: boolean) => void;
};

export default function Safety({ screening, patient, on = 'today', wide = false, most = 99, onDialog }: Props) {
  const { questions, notJudged } = screening;
  const today = dayOf(useNow(), useZone());
  const { lines, dialog } = useClearances(patient, screening.issues, onDialog);
  const alerting = standing(screening.issues);
  const stops = wide ? alerting.filter((issue) => issue.level === 'absolute') : [];
  const issues = alerting.filter((issue) => !stops.includes(issue));
  const rest = issues.length - most;
  const lifted = screening.issues.filter((issue) => issue.lifted);
  return (
    <section className={cx(u.stack, u.g8)} aria-label="Safety">
      {stops.length > 0 && <StopCard issues={stops} on={on} today={today} />}
      {issues.length > 0 && (
        <div className={cx(css.lines, wide && css.columns)}>
          {issues.slice(0, most).map((issue) => (
            <AlertLine
              key={issue.rule}
              issue={issue}
              patient={patient.id}
              on={screening.on}
              today={today}
              clearances={lines}
            />
          ))}
        </div>
      )}
      {rest > 0 && <p className={cx(u.small, u.muted)}>And {plural(rest, 'more rule')}: see the chart.</p>}
      {lifted.length > 0 && (
        <div className={cx(css.lines, wide && css.columns)}>
          {lifted.map((issue) => (
            <LiftedLine key={issue.rule} issue={issue} lift={issue.lifted!} today={today} />
          ))}
        </div>
      )}
      <div className={css.quiet}>
        {screening.issues.length === 0 && <p>No rule speaks against treatment in what is on record.</p>}
        {questions.length > 0 && (
          <details>
            <summary>{plural(questions.length, 'question')} to ask before this visit</summary>
            <ul>
              {questions.map((question) => (
                <li key={question.finding}>{question.text}</li>
              ))}
            </ul>
          </details>
        )}
        {notJudged.length > 0 && (
          <details>
            <summary>{plural(notJudged.length, 'rule')} could not be judged here</summary>
            <p>
              They need measurements, screens or histories that this version does not read yet. Ask yourself:{' '}
              {notJudged.map((rule) => rule.replace(/_/g, ' ')).join(', ')}.
            </p>
          </details>
        )}
      </div>
      {dialog}
    </section>
  );
}
