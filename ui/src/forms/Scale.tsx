// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// 0 to 10 as one bar, other ranges as buttons, with the words of the two ends.
import { ScaleBar } from '../shared/ScaleBar';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './forms.module.css';
import { anchors, isScale, minOf, steppedNumbers } from './items';
import type { ControlProps } from './Question';

export function Bar({ item, answers, onAnswer, labelId, describedBy }: ControlProps) {
  const { lower, upper } = anchors(item);
  const ends = `${labelId}-ends`;
  return (
    <div>
      <ScaleBar
        label={item.text ?? 'From 0 to 10'}
        value={answers[0]?.valueInteger ?? null}
        describedBy={[describedBy, (lower || upper) && ends].filter(Boolean).join(' ') || undefined}
        onChange={(value) => onAnswer([{ valueInteger: value }])}
      />
      <Ends id={ends} lower={lower} upper={upper} />
    </div>
  );
}

function Ends({ id, lower, upper }: { id: string; lower?: string; upper?: string }) {
  if (!lower && !upper) return null;
  return (
    <p className={cx(u.small, u.muted, css.ends)} id={id}>
      <span>{lower}</span> <span>{upper}</span>
    </p>
  );
}

function Numbers({ item, answers, onAnswer, labelId }: ControlProps) {
  const { lower, upper } = anchors(item);
  const ends = `${labelId}-ends`;
  return (
    <div role="group" aria-labelledby={labelId} aria-describedby={lower || upper ? ends : undefined}>
      <div className={css.numbers}>
        {steppedNumbers(item).map((value) => (
          <button
            key={value}
            type="button"
            className={u.pick}
            aria-pressed={answers[0]?.valueInteger === value}
            onClick={() => onAnswer([{ valueInteger: value }])}
          >
            {value > 0 && (minOf(item) ?? 0) < 0 ? `+${value}` : String(value).replace('-', '−')}
          </button>
        ))}
      </div>
      <Ends id={ends} lower={lower} upper={upper} />
    </div>
  );
}

export const Scale = (props: ControlProps) => (isScale(props.item) ? <Bar {...props} /> : <Numbers {...props} />);
