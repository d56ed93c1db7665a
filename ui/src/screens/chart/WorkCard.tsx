// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Where the work went over the last visits: heat on the body beside the same numbers in words.
import { workOver, type Note } from '../../clinic/chart';
import { BodyFigure } from '../../body/BodyFigure';
import { sheets, type Box, type View } from '../../body/map';
import { plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';
import css from './chart.module.css';

/** The side of the body that shows most of the minutes. */
function sideOf(heat: Map<string, number>): View {
  const shown = (view: View) => {
    const sites = new Set([...sheets[view].surface, ...sheets[view].deep].map((s) => s.site));
    return [...heat].reduce((sum, [site, minutes]) => sum + (sites.has(site) ? minutes : 0), 0);
  };
  return shown('front') > shown('back') ? 'front' : 'back';
}

/** The part of the figure in which the work lies, with enough around it to be read as a body. */
function cropOf(heat: Map<string, number>, view: View): Box {
  const sheet = sheets[view];
  const worked = [...sheet.surface, ...sheet.deep].filter((s) => heat.has(s.site)).map((s) => s.box);
  const edges = worked.length ? worked : [{ x: 0, y: 0, w: sheet.width, h: sheet.height }];
  const left = Math.min(...edges.map((b) => b.x));
  const right = Math.max(...edges.map((b) => b.x + b.w));
  const top = Math.min(...edges.map((b) => b.y));
  const bottom = Math.max(...edges.map((b) => b.y + b.h));
  const h = Math.min(sheet.height, Math.max(620, (bottom - top) * 1.4, (right - left) * 1.6));
  const w = Math.min(sheet.width, h * 0.85);
  const within = (middle: number, size: number, whole: number) =>
    Math.max(0, Math.min(whole - size, middle - size / 2));
  return { x: within((left + right) / 2, w, sheet.width), y: within((top + bottom) / 2, h, sheet.height), w, h };
}

export default function WorkCard({ notes }: { notes: Note[] }) {
  const visits = Math.min(6, notes.filter((n) => n.work.length).length);
  const sums = workOver(notes);
  const heat = new Map(sums.map((s) => [s.key, s.minutes]));
  const named = (s: { key: string; name: string }) => {
    const side = s.key.split(' ')[0];
    return side === 'midline' ? s.name : `${s.name}, ${side}`;
  };
  const top = sums.slice(0, 6);
  const view = sideOf(heat);
  const words = top.map((s) => `${named(s)} ${s.minutes} minutes`).join(', ');
  const deep = sheets[view].deep.some((s) => heat.has(s.site) && !sheets[view].surface.some((o) => o.site === s.site));
  return (
    <Card title="Where the work went" note={`Minutes over the last ${plural(visits, 'visit')}`}>
      <div className={css.workmap}>
        <div className={css.workbody}>
          <BodyFigure
            view={view}
            heat={heat}
            box={cropOf(heat, view)}
            chosen={deep ? new Set(heat.keys()) : undefined}
            label={`${view === 'back' ? 'Back' : 'Front'} of the body. Most worked: ${words}`}
          />
        </div>
        <ul className={css.bars}>
          {top.map((s) => (
            <li key={s.key}>
              <span className={u.small}>{named(s)}</span>
              <span className={`${u.small} ${u.num} ${u.strong}`}>{s.minutes} min</span>
              <i style={{ width: `${(100 * s.minutes) / Math.max(1, sums[0]!.minutes)}%` }} />
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
