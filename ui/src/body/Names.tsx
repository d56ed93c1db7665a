// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Names of the shapes in view, set in the margins with a leader line and never over each other. The body is symmetric, so
// each muscle is named once, alternately left and right; what was chosen is always named where it is.
import css from './body.module.css';
import { inView, type Box, type Shape } from './map';

type Props = {
  shapes: Shape[];
  box: Box;
  size: number;
  chosen: Set<string>;
  avoid: Set<string>;
  nameOf: (shape: Shape) => string;
};
type Placed = { shape: Shape; left: boolean };

/** Which shapes get a name, and in which margin. `room` is how many names fit into one margin. */
export function choose(shapes: Shape[], box: Box, chosen: Set<string>, avoid: Set<string>, room: number): Placed[] {
  const middle = box.x + box.w / 2;
  const seen = inView(shapes, box).sort((a, b) => a.at.y - b.at.y);
  const marked = seen.filter((s) => chosen.has(s.site) || avoid.has(s.site));
  const placed: Placed[] = [];
  const count = (left: boolean) => placed.filter((p) => p.left === left).length;
  for (const shape of marked) {
    const left = shape.at.x < middle;
    const known = placed.some((p) => p.shape.site === shape.site);
    if (!known && count(left) < room) placed.push({ shape, left });
  }
  let next = true;
  for (const shape of seen) {
    const code = shape.target.code;
    if (placed.some((p) => p.shape.target.code === code)) continue;
    const twins = seen.filter((s) => s.target.code === code);
    const left: boolean = count(next) < room ? next : !next;
    if (count(left) >= room) break;
    const best = twins.find((s) => s.at.x < middle === left) ?? shape;
    placed.push({ shape: best, left });
    next = !left;
  }
  return placed;
}

export function Names({ shapes, box, size, chosen, avoid, nameOf }: Props) {
  const gap = size * 1.5;
  const room = Math.floor((box.h - size) / gap);
  const placed = choose(shapes, box, chosen, avoid, room);
  const column = (left: boolean) => {
    const here = placed.filter((p) => p.left === left).sort((a, b) => a.shape.at.y - b.shape.at.y);
    const lines = here.map((p) => ({ ...p, y: p.shape.at.y - size * 0.6 }));
    let floor = box.y + size * 1.3;
    for (const line of lines) {
      line.y = Math.max(floor, line.y);
      floor = line.y + gap;
    }
    // What ran out below is pushed up again, from the last line on.
    let ceiling = box.y + box.h - size * 0.5;
    for (const line of [...lines].reverse()) {
      line.y = Math.min(ceiling, line.y);
      ceiling = line.y - gap;
    }
    return lines;
  };
  return (
    <g className={css.names} aria-hidden>
      {[...column(true), ...column(false)].map(({ shape, left, y }) => {
        const name = nameOf(shape);
        const x = left ? box.x + size * 0.4 : box.x + box.w - size * 0.4;
        const long = name.length * size * 0.53 + size * 0.4;
        const from = left ? x + long : x - long;
        const tone = avoid.has(shape.site) ? css.barred : chosen.has(shape.site) ? css.named : undefined;
        return (
          <g key={shape.id} className={tone}>
            <path d={`M${from} ${y - size * 0.35}L${shape.at.x} ${shape.at.y}`} />
            <circle cx={shape.at.x} cy={shape.at.y} r={size * 0.22} />
            <text x={x} y={y} textAnchor={left ? 'start' : 'end'} fontSize={size}>
              {name}
            </text>
          </g>
        );
      })}
    </g>
  );
}
