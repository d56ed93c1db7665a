// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The course phase by phase, when one looks again, and when to go on, step back, stop or refer.
import { phases, reviewPoints, type Proposal } from '../../clinic/plan';
import { capital, cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';

const kinds: Record<string, string> = {
  progress: 'Go on',
  regress: 'Step back',
  stop: 'Stop',
  refer: 'Refer',
  pressure: 'Pressure',
  adverse: 'If it hurts after',
  discharge: 'Discharge',
};

export function RulesCard({ proposal }: { proposal: Proposal }) {
  const reviews = reviewPoints(proposal.plan);
  return (
    <>
      <Card title="The course">
        <ol className={u.list}>
          {phases(proposal.plan).map((phase) => (
            <li key={phase.text} className={cx(u.small, phase.beside && u.muted)}>
              {phase.text}
            </li>
          ))}
        </ol>
      </Card>
      <Card title="When we look again">
        <ul className={u.list}>
          {reviews.map((review) => (
            <li key={review.when} className={u.small}>
              <b>{capital(review.when)}:</b> {review.text}
            </li>
          ))}
          {proposal.rules.map((rule) => (
            <li key={rule.kind + rule.text} className={u.small}>
              <b>{kinds[rule.kind] ?? capital(rule.kind)}:</b> {rule.text}
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
