// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The way on under a rule that a clinician's letter lifts: ask for it, or record the answer.
import { Button } from '@mantine/core';
import type { Stored } from '../fhir/client';
import type { Issue } from '../fhir/screening';
import { shortDay, type Day } from '../lib/time';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';

export type Clearances = {
  /** The open request of a rule, where there is one. */
  asked: Map<string, Stored<fhir4.Task>>;
  onAsk: (rule: string) => void;
  onRecord: (rule: string) => void;
};

export function Clearing({ issue, today, asked, onAsk, onRecord }: Clearances & { issue: Issue; today: Day }) {
  const task = asked.get(issue.rule);
  const when = (task?.authoredOn ?? task?.meta?.lastUpdated)?.slice(0, 10);
  return (
    <>
      {task && (
        <p className={cx(u.small, u.muted)}>
          {task.owner?.display ?? 'The clinician'} was asked{when && ` on ${shortDay(when, today)}`}.
        </p>
      )}
      <div className={u.row}>
        <Button
          variant="default"
          size="sm"
          h={44}
          px={12}
          onClick={() => onAsk(issue.rule)}
        >
          {task ? 'Ask again' : 'Ask for clearance'}
        </Button>
        <Button variant="default" size="sm" h={44} px={12} onClick={() => onRecord(issue.rule)}>
          Record answer
        </Button>
      </div>
    </>
  );
}
