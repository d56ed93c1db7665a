// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What limits a plan: the visits that are authorised, and what it may cost. Each visit is a box: used, left, or to ask for.
import { NumberInput } from '@mantine/core';
import type { Chart } from '../../clinic/chart';
import { shortDay, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';
import css from './plan.module.css';

export type Money = { budget: number | ''; price: number | '' };
type Props = { chart: Chart; visits: number; money: Money; onMoney: (money: Money) => void; today: Day };

export function LimitsCard({ chart, visits, money, onMoney, today }: Props) {
  const { used, authorised, referral } = chart;
  const left = authorised === undefined ? undefined : Math.max(0, authorised - used);
  const ask = left === undefined ? 0 : Math.max(0, visits - left);
  const until = referral?.occurrencePeriod?.end?.slice(0, 10);
  const cost = money.price === '' ? undefined : money.price * visits;
  const boxes = [
    ...Array.from({ length: Math.min(used, 40) }, () => 'used'),
    ...Array.from({ length: Math.min(left ?? 0, visits, 40) }, () => 'left'),
    ...Array.from({ length: Math.min(ask, 40) }, () => 'ask'),
  ];
  return (
    <Card
      title="Limits"
      note={authorised !== undefined && `${authorised} visits authorised${until ? ` until ${shortDay(until, today)}` : ''}`}
    >
      {left === undefined ? (
        <p className={cx(u.small, u.muted)}>No referral limits the visits.</p>
      ) : (
        <>
          <div className={css.boxes} aria-hidden>
            {boxes.map((kind, i) => (
              <i key={i} data-kind={kind} />
            ))}
          </div>
          <p className={cx(u.small, u.num)}>
            {used} used · {left} left{ask > 0 && <b className={css.ask}> · {ask} to ask for</b>}
          </p>
        </>
      )}
      <div className={css.smart}>
        <NumberInput
          label="Price of a visit"
          hideControls
          min={0}
          value={money.price}
          onChange={(value) => onMoney({ ...money, price: typeof value === 'number' ? value : '' })}
        />
        <NumberInput
          label="Budget"
          hideControls
          min={0}
          value={money.budget}
          onChange={(value) => onMoney({ ...money, budget: typeof value === 'number' ? value : '' })}
        />
      </div>
      {cost !== undefined && (
        <p className={cx(u.small, u.num)} role="status">
          {visits} visits cost {cost}
          {money.budget !== '' && (cost > money.budget ? `, ${cost - money.budget} over the budget` : ', within the budget')}.
        </p>
      )}
    </Card>
  );
}
