// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A pain drawing as it was painted: each side of the body that has strokes, and the same in words.
import { BodyFigure } from '../body/BodyFigure';
import { PainPatterns, PainStrokes } from '../body/PainPatterns';
import { strokeText, type Stroke } from '../clinic/drawing';
import u from '../styles/u.module.css';
import css from './sheet.module.css';

export default function PainDrawing({ strokes }: { strokes: Stroke[] }) {
  const views = (['front', 'back'] as const).filter((view) => strokes.some((one) => one.view === view));
  return (
    <section>
      <p className={u.strong}>Pain drawing</p>
      <div className={css.drawing}>
        {views.map((view) => (
          <div key={view} className={css.figure}>
            <BodyFigure view={view} label={`Painted on the ${view}`}>
              <PainPatterns scale={4} suffix={`sheet-${view}`} />
              <PainStrokes strokes={strokes} view={view} suffix={`sheet-${view}`} />
            </BodyFigure>
          </div>
        ))}
        <ul className={css.found}>
          {strokes.map((stroke, i) => (
            <li key={i}>{strokeText(stroke)}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}
