// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A rule that was cleared or overridden: it says so quietly, by whom and until when, and does not alert again.
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useCodes } from '../app/definitions';
import { useZone } from '../app/session';
import { liftText } from '../clinic/clearance';
import type { Issue, Lift } from '../fhir/screening';
import { dayOf, type Day } from '../lib/time';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './alert.module.css';
import { Source } from './Source';

export function LiftedLine({ issue, lift, today }: { issue: Issue; lift: Lift; today: Day }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const zone = useZone();
  const reasons = useCodes('overrideReason').data;
  const at = lift.at.length > 10 ? dayOf(lift.at, zone) : lift.at;
  const said = liftText({ ...lift, at }, today, (code) => reasons?.find((r) => r.code === code)?.name ?? code);
  return (
    <div className={cx(css.alert, css.lifted)} data-tone={lift.by === 'cleared' ? 'ok' : 'plain'} data-rule={issue.rule}>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <IconCheck size={20} stroke={1.75} aria-hidden />
        <span className={u.grow}>
          <span className={u.small}>
            <b>{issue.name}</b> · {said}
          </span>
        </span>
        <span className={cx(css.why, u.small)}>
          Why
          <IconChevronDown size={16} aria-hidden className={open ? css.turned : undefined} />
        </span>
      </button>
      <div id={id} hidden={!open} className={cx(css.body, u.small)}>
        {lift.scope && (
          <p>
            <b>Cleared for: </b>
            {lift.scope}
          </p>
        )}
        {lift.by === 'overridden' && lift.who && <p>Overridden by {lift.who}.</p>}
        <p>{issue.action}</p>
        <p>{issue.why}</p>
        <Source issue={issue} today={today} />
      </div>
    </div>
  );
}
