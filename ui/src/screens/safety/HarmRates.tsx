// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How often patients who answered told of something unwanted. The interval is drawn, not only the figure: a small practice
// knows it roughly at best.
import { useCodes } from '../../app/definitions';
import type { Harms } from '../../clinic/safetyReport';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Notice } from '../../shared/Notice';
import u from '../../styles/u.module.css';
import css from './safety.module.css';

const figure = (value: number) => value.toFixed(1);

export function HarmRates({ harms }: { harms: Harms }) {
  const kinds = useCodes('adverseEvent').data;
  const { rate } = harms;
  return (
    <Card
      title="After effects"
      note={`${plural(harms.sessions, 'session')} given, asked about ${harms.asked}, answered ${harms.answered}`}
    >
      <div className={css.rates}>
        <div>
          {rate ? (
            <>
              <p className={u.big}>{figure(rate.value)} of 100</p>
              <p className={cx(u.small, u.muted, u.num)}>
                answered sessions had an after effect; 95 % interval {figure(rate.low)} to {figure(rate.high)}
              </p>
              <Interval {...rate} />
            </>
          ) : (
            <p className={u.muted}>Nobody has answered about a session of this period, so there is no rate.</p>
          )}
        </div>
        {harms.kinds.length > 0 && (
          <ul className={cx(css.kinds, u.small, u.num)} aria-label="Kinds">
            {harms.kinds.map(({ code, count }) => (
              <li key={code}>
                <span>{kinds?.find((one) => one.code === code)?.name ?? code}</span> <b>{count}</b>
              </li>
            ))}
          </ul>
        )}
      </div>
      {harms.warning && (
        <Notice tone="plain" title="What this does not tell">
          <p>{harms.warning}</p>
        </Notice>
      )}
    </Card>
  );
}

/** 0 to at least 10 of 100, so that a rare event looks rare. */
function Interval({ value, low, high }: { value: number; low: number; high: number }) {
  const most = Math.min(100, Math.max(10, Math.ceil(high / 10) * 10));
  const at = (x: number) => `${(100 * x) / most}%`;
  return (
    <div className={css.interval} aria-hidden>
      <span className={css.line} style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
      <span className={css.dot} style={{ left: at(value) }} />
      <span className={css.zero}>0</span>
      <span className={css.most}>{most} of 100</span>
    </div>
  );
}
