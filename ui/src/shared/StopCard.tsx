// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A hard stop, said calmly: what not to do, why, the steps that lead on. A white card with one coloured edge; no red
// surface, no exclamation mark, and no way round.
import { IconBan } from '@tabler/icons-react';
import type { Issue } from '../fhir/screening';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './stop.module.css';
import { overrides, RuleLine } from './AlertLine';

const whens: Record<string, string> = {
  emergency: 'This is an emergency: act now',
  same_day: 'Act today',
};

export function StopCard({ issues, on }: { issues: Issue[]; on: string }) {
  return (
    <section className={cx(u.card, css.card)} data-tone="stop" aria-label={`Do not treat ${on}`}>
      <div className={css.head}>
        <IconBan size={32} stroke={1.75} aria-hidden />
        <div>
          <h2>Do not treat {on}</h2>
          <p className={u.muted}>
            {issues.length === 1 ? 'One rule stops' : `${issues.length} rules stop`} every treatment. That the session
            was not given, and why, can always be charted.
          </p>
        </div>
      </div>
      {issues.map((issue) => (
        <div key={issue.rule} className={css.issue} data-rule={issue.rule}>
          <h3>{issue.name}</h3>
          <p className={u.small}>{issue.why}</p>
          <ol className={css.steps}>
            <li>
              <p className={u.strong}>{issue.action}</p>
              {whens[issue.urgency] && <p className={cx(u.small, u.muted)}>{whens[issue.urgency]}.</p>}
            </li>
            {issue.lifts && (
              <li>
                <p className={u.strong}>It lifts when: {issue.lifts}</p>
                <p className={cx(u.small, u.muted)}>{overrides[issue.overridable]}</p>
              </li>
            )}
          </ol>
          {issue.because.length > 0 && (
            <p className={u.small}>
              <b>In this record: </b>
              {issue.because.map((b) => b.text).join('; ')}
            </p>
          )}
          <RuleLine issue={issue} />
        </div>
      ))}
    </section>
  );
}
