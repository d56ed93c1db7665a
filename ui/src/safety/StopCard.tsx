// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A hard stop, said calmly: what not to do and why in one line, the steps that lead on, the source one tap away. A white card
// with one coloured edge; no red surface, no exclamation mark, and no way round.
import { IconBan, IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { Issue } from '../fhir/screening';
import type { Day } from '../lib/time';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import { overrides, Source } from './Source';
import css from './stop.module.css';

const whens: Record<string, string> = {
  emergency: 'This is an emergency: act now',
  same_day: 'Act today',
};

type Props = { issues: Issue[]; on: string; today: Day };

export function StopCard({ issues, on, today }: Props) {
  return (
    <section className={cx(u.card, css.card)} data-tone="stop" aria-label={`Do not treat ${on}`}>
      <div className={css.head}>
        <IconBan size={32} stroke={1.75} aria-hidden />
        <div>
          <h2>Do not treat {on}</h2>
          <p className={cx(u.small, u.muted)}>
            {issues.length === 1 ? 'One rule stops' : `${issues.length} rules stop`} every treatment. That the session
            was not given, and why, can always be charted.
          </p>
        </div>
      </div>
      {issues.map((issue) => (
        <Stop key={issue.rule} issue={issue} today={today} />
      ))}
    </section>
  );
}

function Stop({ issue, today }: { issue: Issue; today: Day }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className={css.issue} data-rule={issue.rule}>
      <div className={cx(u.row, u.top, u.stay)}>
        <div className={u.grow}>
          <h3>{issue.name}</h3>
          <p className={u.small} data-line>
            {issue.why}
          </p>
        </div>
        <button
          type="button"
          className={u.plainlink}
          aria-expanded={open}
          aria-controls={id}
          aria-label={`Source of ${issue.name}`}
          onClick={() => setOpen(!open)}
        >
          Source
          <IconChevronDown size={16} aria-hidden className={open ? css.turned : undefined} />
        </button>
      </div>
      <div id={id} hidden={!open}>
        <Source issue={issue} today={today} />
      </div>
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
    </div>
  );
}
