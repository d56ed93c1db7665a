// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the rules say about a patient on a day: the issues, quietly how many questions are open and how many rules could not
// be judged here. It never says that treatment is safe.
import type { Screening } from '../fhir/screening';
import { cx, plural } from '../lib/text';
import u from '../styles/u.module.css';
import { AlertLine } from './AlertLine';
import { StopCard } from './StopCard';
import css from './safety.module.css';

type Props = {
  screening: Screening;
  /** The day that is judged, as a word in a sentence: "today". */
  on?: string;
  /** A whole page's width: stops as a card of their own, the other rules side by side. */
  wide?: boolean;
  most?: number;
};

export function Safety({ screening, on = 'today', wide = false, most = 99 }: Props) {
  const { questions, notJudged } = screening;
  const stops = wide ? screening.issues.filter((issue) => issue.level === 'absolute') : [];
  const issues = screening.issues.filter((issue) => !stops.includes(issue));
  const rest = issues.length - most;
  return (
    <section className={cx(u.stack, u.g8)} aria-label="Safety">
      {stops.length > 0 && <StopCard issues={stops} on={on} />}
      {issues.length > 0 && (
        <div className={cx(css.lines, wide && css.columns)}>
          {issues.slice(0, most).map((issue) => (
            <AlertLine key={issue.rule} issue={issue} />
          ))}
        </div>
      )}
      {rest > 0 && <p className={cx(u.small, u.muted)}>And {plural(rest, 'more rule')}: see the chart.</p>}
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
    </section>
  );
}
