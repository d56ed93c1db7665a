// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The scores of questionnaires and of the journal as small pictures, each with what its change amounts to; a tap opens
// where that threshold comes from.
import { useCodes } from '../../app/queries';
import { useZone } from '../../app/session';
import { changeOf, onTen, readMeasures } from '../../clinic/measures';
import type { PatientRecord } from '../../clinic/record';
import { shortDay, type Day } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Sparkline } from '../../shared/Sparkline';
import u from '../../styles/u.module.css';
import css from './people.module.css';

export default function MeasuresCard({ record, today }: { record: PatientRecord; today: Day }) {
  const zone = useZone();
  const known = useCodes('instrument').data ?? [];
  const measures = readMeasures(record.observations, known, zone).filter((one) => one.code !== 'nprs');
  if (!measures.length) return null;
  return (
    <section className={cx(u.card, css.measures)} aria-label="Measures">
      {measures.map((measure) => {
        const change = changeOf(measure);
        const last = measure.scores.at(-1)!;
        return (
          <details key={measure.code}>
            <summary>
              <span className={cx(u.small, u.strong)}>{measure.name}</span>
              <span className={cx(u.tiny, u.muted)}>
                {measure.min} to {measure.max}
                {measure.lowerIsBetter ? ', less is better' : ', more is better'}
              </span>
              <span className={css.now}>
                <b className={u.big}>{last.value}</b>
                <Sparkline
                  values={onTen(measure)}
                  width={96}
                  height={36}
                  label={`${measure.name}: ${measure.scores.map((s) => s.value).join(', ')}`}
                />
              </span>
              <span className={cx(u.small, css.change)} data-tone={change?.tone ?? 'plain'}>
                {change ? change.word : 'one score so far'}
              </span>
            </summary>
            <p className={cx(u.tiny, u.muted)}>
              {plural(measure.scores.length, 'score')}, first {measure.scores[0]!.value} on{' '}
              {shortDay(measure.scores[0]!.day, today)}.{' '}
              {measure.clear !== undefined && `${measure.clear} points are a clear change. `}
              {measure.sources && `Sources: ${measure.sources}${measure.verified ? '' : ' (not re-read)'}.`}
            </p>
          </details>
        );
      })}
    </section>
  );
}
