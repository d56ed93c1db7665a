// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a rule rests on: what in the record caused it, citations with their marks, how strong they are, who answers for the
// rule and until when it counts as reviewed.
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Issue } from '../fhir/screening';
import { shortDay, type Day } from '../lib/time';
import { capital, cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './safety.module.css';

export const overrides: Record<string, string> = {
  no: 'It cannot be overridden.',
  clearance: 'A recorded clearance lifts it.',
  reason: 'It may be overridden with a reason.',
};

/** A citation is shown as it is; of a bare mark, "found:" was read in its source and "known:" was not. */
function sourceName(source: string): string {
  const mark = /^(found|known):(\w+)$/.exec(source);
  if (!mark) return source;
  return mark[1] === 'known' ? `${mark[2]} (not re-read in a source)` : mark[2]!;
}

export function Source({ issue, today }: { issue: Issue; today: Day }) {
  return (
    <dl className={cx(u.facts, css.source)}>
      {issue.because.length > 0 && (
        <>
          <dt>In this record</dt>
          <dd>{issue.because.map((b) => b.text).join('; ')}</dd>
        </>
      )}
      <dt>Sources</dt>
      <dd>
        {issue.sources.map(sourceName).join('; ') || 'None is named.'}
      </dd>
      {issue.strength && (
        <>
          <dt>Strength</dt>
          <dd>{capital(issue.strength)}</dd>
        </>
      )}
      <dt>Rule</dt>
      <dd className={css.code}>
        <Link href={`/library/rule/${issue.rule}`} className={u.plainlink}>
          {issue.rule}
        </Link>
      </dd>
      <dt>Owner</dt>
      <dd>{issue.owner === undefined || issue.owner === 'unassigned' ? 'Unassigned' : issue.owner}</dd>
      {issue.reviewBy && (
        <>
          <dt>Review by</dt>
          <dd className={u.num}>
            {shortDay(issue.reviewBy, today)}
            {issue.reviewOverdue && (
              <span className={u.tag} data-tone="hold" style={{ marginLeft: 8 }}>
                <IconAlertTriangle size={14} aria-hidden /> Overdue
              </span>
            )}
          </dd>
        </>
      )}
    </dl>
  );
}
