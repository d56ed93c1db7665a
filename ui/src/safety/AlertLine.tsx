// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One safety rule in one line: what it is and what to do now. The reason, what in the record caused it, what lifts it and the
// sources open under it; a clearance is asked for or recorded, a precaution overridden, where it stands.
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
import type { Day } from '../lib/time';
import { cx } from '../lib/text';
import type { Tone } from '../shared/Tag';
import u from '../styles/u.module.css';
import css from './alert.module.css';
import { Clearing, type Clearances } from './Clearing';
import { Override } from './Override';
import { overrides, Source } from './Source';

const looks: Record<Level, { tone: Tone; Icon: Icon; word: string }> = {
  absolute: { tone: 'stop', Icon: IconBan, word: 'Do not treat' },
  clearance: { tone: 'hold', Icon: IconShieldQuestion, word: 'Needs clearance' },
  local: { tone: 'hold', Icon: IconHandOff, word: 'Avoid here' },
  precaution: { tone: 'hold', Icon: IconAlertTriangle, word: 'Precaution' },
};

type Props = { issue: Issue; patient: string; on: Day; today: Day; clearances: Clearances };

export function AlertLine({ issue, patient, on, today, clearances }: Props) {
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
      {issue.overridable === 'clearance' && (
        <div className={css.steps}>
          <Clearing issue={issue} today={today} {...clearances} />
        </div>
      )}
      <div id={id} hidden={!open} className={cx(css.body, u.small)}>
        <p>{issue.why}</p>
        {issue.lifts && (
          <p>
            <b>What lifts it: </b>
            {issue.lifts} {issue.overridable !== 'reason' && overrides[issue.overridable]}
          </p>
        )}
        {open && issue.overridable === 'reason' && (
          <Override patient={patient} rule={issue.rule} name={issue.name} on={on} />
        )}
        <Source issue={issue} today={today} />
      </div>
    </div>
  );
}
