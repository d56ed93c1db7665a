// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One safety rule in one line: what to do now. The reason, what in the record caused it, what lifts it, the rule and its
// sources open under it.
import {
  IconAlertTriangle,
  IconBan,
  IconChevronDown,
  IconHandOff,
  IconShieldQuestion,
  type Icon,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { Issue, Level } from '../fhir/screening';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './alert.module.css';
import type { Tone } from './Tag';

const looks: Record<Level, { tone: Tone; Icon: Icon; word: string }> = {
  absolute: { tone: 'stop', Icon: IconBan, word: 'Do not treat' },
  clearance: { tone: 'hold', Icon: IconShieldQuestion, word: 'Needs clearance' },
  local: { tone: 'hold', Icon: IconHandOff, word: 'Avoid here' },
  precaution: { tone: 'hold', Icon: IconAlertTriangle, word: 'Precaution' },
};

export const overrides: Record<string, string> = {
  no: 'It cannot be overridden.',
  clearance: 'A recorded clearance lifts it.',
  reason: 'It may be overridden with a reason.',
};

export function AlertLine({ issue }: { issue: Issue }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { tone, Icon, word } = looks[issue.level] ?? looks.precaution;
  return (
    <div className={css.alert} data-tone={tone} data-rule={issue.rule}>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon size={22} stroke={1.75} aria-hidden />
        <span className={u.grow}>
          <span className={css.title}>
            {issue.level === 'precaution' ? '' : `${word}: `}
            {issue.name}
          </span>
          <span className={cx(css.short, u.small)}>{issue.action}</span>
        </span>
        <span className={cx(css.why, u.small)}>
          Why
          <IconChevronDown size={16} aria-hidden className={open ? css.turned : undefined} />
        </span>
      </button>
      <div id={id} hidden={!open} className={cx(css.body, u.small)}>
        <p>{issue.why}</p>
        {issue.because.length > 0 && (
          <p>
            <b>In this record: </b>
            {issue.because.map((b) => b.text).join('; ')}
          </p>
        )}
        {issue.lifts && (
          <p>
            <b>What lifts it: </b>
            {issue.lifts} {overrides[issue.overridable]}
          </p>
        )}
        <RuleLine issue={issue} />
      </div>
    </div>
  );
}

/** Which rule, on what sources, and until when it counts as reviewed. */
export const RuleLine = ({ issue }: { issue: Issue }) => (
  <p className={cx(u.small, u.muted)}>
    Rule <span className={css.code}>{issue.rule}</span>
    {issue.sources.length > 0 && <> · sources: {issue.sources.map(sourceName).join('; ')}</>}
    {issue.reviewBy && <> · review by {issue.reviewBy}</>}
  </p>
);

/** A citation is shown as it is; of a bare mark, "found:" was read in its source and "known:" was not. */
function sourceName(source: string): string {
  const mark = /^(found|known):(\w+)$/.exec(source);
  if (!mark) return source;
  return mark[1] === 'known' ? `${mark[2]} (not re-read)` : mark[2]!;
}
