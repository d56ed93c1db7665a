// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The rules with their counts, sorted by a tap on a heading. A rule that is often overridden is one to look at again.
import { SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconArrowDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useCodes } from '../../app/definitions';
import { sortRules, type RuleCount, type SortKey } from '../../clinic/safetyReport';
import { shortDay, type Day } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';
import css from './safety.module.css';

const columns: { key: SortKey; name: string }[] = [
  { key: 'name', name: 'Rule' },
  { key: 'fired', name: 'Fired' },
  { key: 'overridden', name: 'Over­ridden' },
  { key: 'cleared', name: 'Cleared' },
  { key: 'reviewBy', name: 'Review by' },
];

const levels: Record<string, string> = {
  absolute: 'Stop',
  clearance: 'Clearance',
  local: 'Local',
  precaution: 'Precaution',
  ask: 'Question',
};

export function RuleTable({ rules, today }: { rules: RuleCount[]; today: Day }) {
  const [by, setBy] = useState<SortKey>('fired');
  const [which, setWhich] = useState('fired');
  const overdue = rules.filter((rule) => rule.reviewOverdue).length;
  const used = rules.filter((rule) => rule.fired + rule.overridden + rule.cleared > 0);
  const shown = sortRules(which === 'fired' ? used : which === 'overdue' ? rules.filter((r) => r.reviewOverdue) : rules, by);
  return (
    <Card
      title="Rules"
      note={`${used.length} of ${rules.length} fired in this period; ${overdue ? plural(overdue, 'review') : 'no review'} overdue`}
    >
      <SegmentedControl
        aria-label="Which rules"
        value={which}
        onChange={setWhich}
        data={[
          { value: 'fired', label: 'Fired' },
          { value: 'overdue', label: 'Review overdue' },
          { value: 'all', label: 'All' },
        ]}
      />
      {shown.length === 0 ? (
        <p className={cx(u.empty, u.muted)}>None in this period.</p>
      ) : (
        <table className={css.table}>
          <thead>
            <tr>
              {columns.map(({ key, name }) => (
                <th
                  key={key}
                  scope="col"
                  data-column={key}
                  aria-sort={by !== key ? 'none' : key === 'name' || key === 'reviewBy' ? 'ascending' : 'descending'}
                >
                  <button type="button" onClick={() => setBy(key)}>
                    {name}
                    {by === key && <IconArrowDown size={14} aria-hidden />}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((rule) => (
              <Row key={rule.code} rule={rule} today={today} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function Row({ rule, today }: { rule: RuleCount; today: Day }) {
  const names = useCodes('overrideReason').data;
  const review = rule.reviewBy && (
    <>
      {shortDay(rule.reviewBy, today)}
      {rule.reviewOverdue && (
        <span className={u.tag} data-tone="hold">
          <IconAlertTriangle size={14} aria-hidden /> Overdue
        </span>
      )}
    </>
  );
  return (
    <tr data-rule={rule.code}>
      <th scope="row">
        <span className={u.strong}>{rule.name}</span>
        <span className={cx(u.tiny, u.muted, css.more)}>
          {levels[rule.level] ?? rule.level} · {rule.code} · owner {rule.owner || 'unassigned'}
        </span>
        {rule.reasons.length > 0 && (
          <span className={cx(u.tiny, u.muted, css.more)}>
            Overridden because:{' '}
            {rule.reasons
              .map(({ code, count }) => `${names?.find((one) => one.code === code)?.name ?? code} (${count})`)
              .join(', ')}
          </span>
        )}
        {review && <span className={cx(u.tiny, u.muted, css.more, css.phone)}>Review by {review}</span>}
      </th>
      <td>{rule.fired}</td>
      <td>{rule.overridden}</td>
      <td>{rule.cleared}</td>
      <td className={css.wide}>{review}</td>
    </tr>
  );
}
