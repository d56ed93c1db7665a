// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How the pain feels that is painted next, what was painted, and undo. A region that was found by name is painted too:
// that is the way without a pointer.
import { IconArrowBackUp, IconX } from '@tabler/icons-react';
import { PainPatterns, patternOf } from '../../body/PainPatterns';
import { qualities, strokeText, type Quality, type Stroke } from '../../clinic/drawing';
import { cx } from '../../lib/text';
import u from '../../styles/u.module.css';
import css from './map.module.css';

type Props = {
  quality: Quality;
  strokes: Stroke[];
  onQuality: (quality: Quality) => void;
  onRemove: (at: number) => void;
};

export default function PainBar({ quality, strokes, onQuality, onRemove }: Props) {
  return (
    <div className={cx(u.stack, u.g8, css.painBar)}>
      <div className={css.feelings} role="group" aria-label="How the pain feels">
        {qualities.map((one) => (
          <button
            key={one.code}
            type="button"
            className={u.pick}
            aria-pressed={quality === one.code}
            onClick={() => onQuality(one.code)}
          >
            <svg width="22" height="22" aria-hidden>
              <PainPatterns scale={1} suffix={`key-${one.code}`} />
              <circle cx="11" cy="11" r="10" fill={`url(#${patternOf(one.code, `key-${one.code}`)})`} />
            </svg>
            {one.name}
          </button>
        ))}
        <button
          type="button"
          className={u.pick}
          disabled={!strokes.length}
          onClick={() => onRemove(strokes.length - 1)}
        >
          <IconArrowBackUp size={18} aria-hidden />
          Undo
        </button>
      </div>
      {strokes.length === 0 ? (
        <p className={cx(u.tiny, u.muted)}>Paint on the body, or find a region by name.</p>
      ) : (
        <ul className={cx(u.row, u.tight, css.strokeList)} aria-label="Painted">
          {strokes.map((stroke, i) => (
            <li key={i}>
              <button
                type="button"
                className={u.pick}
                aria-label={`Remove ${strokeText(stroke)}`}
                onClick={() => onRemove(i)}
              >
                {strokeText(stroke)}
                <IconX size={16} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
