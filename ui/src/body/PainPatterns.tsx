// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One pattern for each kind of pain, so that a drawing can be read without colour: waves of an ache as a plain tone,
// burning as slanted bars, stabbing as dots, numbness as level lines. And the strokes that are painted with them.
import type { Quality, Stroke } from '../clinic/drawing';
import css from './body.module.css';
import type { View } from './map';

export const patternOf = (quality: Quality, suffix: string) => `${quality}-${suffix}`;

export function PainPatterns({ scale, suffix }: { scale: number; suffix: string }) {
  const box = { width: 6, height: 6, patternUnits: 'userSpaceOnUse' as const };
  return (
    <defs>
      <pattern id={patternOf('ache', suffix)} {...box}>
        <rect width="6" height="6" className={css.ache} />
      </pattern>
      <pattern id={patternOf('burning', suffix)} {...box} patternTransform={`scale(${scale}) rotate(45)`}>
        <rect width="6" height="6" className={css.burning} fillOpacity={0.3} />
        <rect width="2.4" height="6" className={css.burning} />
      </pattern>
      <pattern id={patternOf('stabbing', suffix)} {...box} patternTransform={`scale(${scale})`}>
        <rect width="6" height="6" className={css.stabbing} fillOpacity={0.3} />
        <circle cx="3" cy="3" r="1.7" className={css.stabbing} />
      </pattern>
      <pattern id={patternOf('numb', suffix)} {...box} patternTransform={`scale(${scale})`}>
        <rect width="6" height="6" className={css.numb} fillOpacity={0.3} />
        <rect width="6" height="2.2" className={css.numb} />
      </pattern>
    </defs>
  );
}

/** The strokes of one view; a dot is a stroke that did not move. */
export function PainStrokes({ strokes, view, suffix }: { strokes: Stroke[]; view: View; suffix: string }) {
  return (
    <g className={css.strokes} aria-hidden>
      {strokes
        .filter((stroke) => stroke.view === view && stroke.d)
        .map((stroke, i) => (
          <path key={i} d={stroke.d} stroke={`url(#${patternOf(stroke.quality, suffix)})`} />
        ))}
    </g>
  );
}
