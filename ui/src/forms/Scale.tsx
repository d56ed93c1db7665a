// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// 0 to 10 as one bar with the words of its two ends.
import { ScaleBar } from '../shared/ScaleBar';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './forms.module.css';
import { anchors } from './items';
import type { ControlProps } from './Question';

export function Scale({ item, answers, onAnswer }: ControlProps) {
  const { lower, upper } = anchors(item);
  return (
    <div>
      <ScaleBar
        label={item.text ?? 'From 0 to 10'}
        value={answers[0]?.valueInteger ?? null}
        onChange={(value) => onAnswer([{ valueInteger: value }])}
      />
      {(lower || upper) && (
        <p className={cx(u.small, u.muted, css.ends)}>
          <span>{lower}</span>
          <span>{upper}</span>
        </p>
      )}
    </div>
  );
}
