// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The dose: minutes, how often, how long. A change asks for the proposal again, so that a warning comes at once; one tap
// leads back to what was proposed.
import type { ReactNode } from 'react';
import { nextFrequency, type Dose, type Proposal } from '../../clinic/plan';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Grade } from '../../shared/Grade';
import { Notice } from '../../shared/Notice';
import { Stepper } from '../../shared/Stepper';
import { Tag } from '../../shared/Tag';
import u from '../../styles/u.module.css';
import css from './plan.module.css';

type Props = { proposal: Proposal; edited: Dose | null; onDose: (dose: Dose | null) => void; choose: ReactNode };

const titles: Record<string, string> = {
  'under-dosed': 'Less than what helped in trials',
  'over-authorised': 'More visits than are authorised',
  'referral-ends': 'The referral ends before the plan',
  'over-budget': 'More than the budget',
  screening: 'Safety first',
  'goal-date': 'The goal’s date comes before the plan’s end',
};

export function DoseCard({ proposal, edited, onDose, choose }: Props) {
  const dose = edited ?? proposal.dose;
  const set = (part: Partial<Dose>) => onDose({ ...dose, ...part });
  const hours = Math.round((proposal.visits * proposal.dose.minutes) / 6) / 10;
  return (
    <Card
      title="Dose"
      note={proposal.plan.title}
      action={
        edited ? (
          <button type="button" className={u.plainlink} onClick={() => onDose(null)}>
            Back to the proposal
          </button>
        ) : (
          <Tag tone="ok">Proposed</Tag>
        )
      }
    >
      <div className={cx(u.stack, u.g12)}>
        {choose}
        <div className={css.dose}>
          <Stepper
            label="Minutes"
            value={dose.minutes}
            unit="min"
            step={5}
            min={10}
            max={120}
            onChange={(minutes) => set({ minutes })}
          />
          <span aria-hidden>×</span>
          <Stepper
            label="Visits a week"
            value={dose.perWeek}
            unit="a week"
            step={0.25}
            min={0.25}
            max={7}
            onChange={(wanted) => set({ perWeek: nextFrequency(dose.perWeek, wanted) })}
          />
          <span aria-hidden>×</span>
          <Stepper
            label="Weeks"
            value={dose.weeks}
            unit="weeks"
            min={1}
            max={52}
            onChange={(weeks) => set({ weeks })}
          />
          <p className={css.sum}>
            <b>{plural(proposal.visits, 'visit')}</b>
            <span className={cx(u.small, u.muted)}>{plural(hours, 'hour')} in all</span>
          </p>
        </div>
        {proposal.warnings.map((warning) => (
          <Notice key={warning.code + warning.text} tone="hold" title={titles[warning.code] ?? 'Look at this'}>
            <p>{warning.text}</p>
          </Notice>
        ))}
        <ul className={u.list}>
          {proposal.reasons.map((reason) => (
            <li key={reason.text} className={css.reason}>
              <div>
                <p>{reason.text}</p>
                <p className={cx(u.small, u.muted)}>
                  {reason.basis}
                  {reason.sources.length > 0 && ` ${reason.sources.join('; ')}`}
                  {!reason.verified && ' (not re-read in its source)'}
                </p>
              </div>
              <Grade grade={reason.grade} />
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
