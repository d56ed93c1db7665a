// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Which plans there were, newest first, with what the reviews of each decided.
import { doseOf, reviewsOf, decisions } from '../../clinic/plan';
import type { Stored } from '../../fhir/client';
import { shortDay, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Tag } from '../../shared/Tag';
import u from '../../styles/u.module.css';

type Props = { plans: Stored<fhir4.CarePlan>[]; reviews: Stored<fhir4.ClinicalImpression>[]; today: Day };

const states: Record<string, string> = { active: 'Active', completed: 'Finished', revoked: 'Replaced', draft: 'Draft' };

export function PlansCard({ plans, reviews, today }: Props) {
  return (
    <Card title="Plans so far">
      <ol className={u.list} reversed>
        {plans.map((plan, at) => {
          const dose = doseOf(plan);
          const start = plan.period?.start?.slice(0, 10);
          return (
            <li key={plan.id}>
              <p className={cx(u.row, u.between)}>
                <span className={u.strong}>
                  Version {plans.length - at}
                  {start && <span className={cx(u.muted, u.num)}> from {shortDay(start, today)}</span>}
                </span>
                <Tag tone={plan.status === 'active' ? 'ok' : 'plain'}>{states[plan.status] ?? plan.status}</Tag>
              </p>
              <p className={u.small}>{plan.title}</p>
              {dose && (
                <p className={cx(u.small, u.muted, u.num)}>
                  {dose.minutes} min × {dose.perWeek} a week × {dose.weeks} weeks
                </p>
              )}
              {reviewsOf(reviews, plan).map((one) => (
                <p key={one.id} className={cx(u.small, u.num)}>
                  <b>
                    Review {one.date && shortDay(one.date.slice(0, 10), today)}:{' '}
                    {decisions.find((d) => d.code === one.description)?.name ?? one.description}.
                  </b>{' '}
                  {one.summary}
                </p>
              ))}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
