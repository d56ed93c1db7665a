// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The parametric map as the screens use it: shapes with the place that each stands for, where a label may point, and the
// parts of the body that one can zoom to.
import { siteKey, type SideCode } from '../clinic/work';
import data from './bodymap.json';
import { targets, type Target } from './targets';

export type View = 'front' | 'back';
export type Box = { x: number; y: number; w: number; h: number };
export type Shape = {
  /** Unique within a view: "left-levator-scapulae". */
  id: string;
  /** The place it stands for, as in clinic/work.ts. Several shapes may share one. */
  site: string;
  target: Target;
  side: SideCode;
  d: string;
  flip: boolean;
  box: Box;
  at: { x: number; y: number };
};
export type Sheet = { width: number; height: number; outline: string; surface: Shape[]; deep: Shape[] };

function measure(d: string) {
  const numbers = [...d.matchAll(/-?[\d.]+/g)].map((found) => Number(found[0]));
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  const mean = (all: number[]) => all.reduce((a, b) => a + b, 0) / all.length;
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { at: { x: mean(xs), y: mean(ys) }, box: { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y } };
}

function load(view: View): Sheet {
  const drawn = data.views[view];
  const shapes = (layer: number) =>
    drawn.regions
      .filter((region) => region.layer === layer)
      .flatMap((region) =>
        (['left', 'right'] as const).map((half): Shape => {
          const { at, box } = measure(region.d);
          const target = targets[region.id]!;
          const side = target.midline ? 'midline' : half;
          const flip = half === 'right';
          const mirror = (x: number, w = 0) => (flip ? drawn.w - x - w : x);
          return {
            id: `${half}-${region.id}`,
            site: siteKey(target.kind, target.code, side),
            target,
            side,
            d: region.d,
            flip,
            box: { ...box, x: mirror(box.x, box.w) },
            at: { x: mirror(at.x), y: at.y },
          };
        }),
      );
  return { width: drawn.w, height: drawn.h, outline: drawn.outline, surface: shapes(0), deep: shapes(1) };
}

export const sheets: Record<View, Sheet> = { front: load('front'), back: load('back') };
export const shapeIds = [...new Set([...data.views.front.regions, ...data.views.back.regions].map((r) => r.id))];

export type Part = { id: string; name: string; box: Box };

const arm = { y: 385, w: 420, h: 346 };
/** Left and right are the patient's: on the back they lie as one looks, on the front they are mirrored. */
export const parts: Record<View, Part[]> = {
  front: [
    { id: 'head', name: 'Head', box: { x: 362, y: 16, w: 388, h: 320 } },
    { id: 'shoulders', name: 'Neck and shoulders', box: { x: 271, y: 110, w: 570, h: 470 } },
    { id: 'trunk', name: 'Chest and belly', box: { x: 271, y: 290, w: 570, h: 470 } },
    { id: 'hips', name: 'Hips', box: { x: 271, y: 600, w: 570, h: 470 } },
    { id: 'thighs', name: 'Thighs', box: { x: 271, y: 810, w: 570, h: 470 } },
    { id: 'legs', name: 'Lower legs', box: { x: 271, y: 1225, w: 570, h: 470 } },
    { id: 'left-arm', name: 'Left arm', box: { x: 690, ...arm } },
    { id: 'right-arm', name: 'Right arm', box: { x: 2, ...arm } },
  ],
  back: [
    { id: 'head', name: 'Head', box: { x: 362, y: 16, w: 388, h: 320 } },
    { id: 'shoulders', name: 'Neck and shoulders', box: { x: 271, y: 60, w: 570, h: 470 } },
    { id: 'trunk', name: 'Back', box: { x: 271, y: 290, w: 570, h: 470 } },
    { id: 'hips', name: 'Hips', box: { x: 271, y: 600, w: 570, h: 470 } },
    { id: 'thighs', name: 'Thighs', box: { x: 271, y: 810, w: 570, h: 470 } },
    { id: 'legs', name: 'Lower legs', box: { x: 271, y: 1225, w: 570, h: 470 } },
    { id: 'left-arm', name: 'Left arm', box: { x: 2, ...arm } },
    { id: 'right-arm', name: 'Right arm', box: { x: 690, ...arm } },
  ],
};

const middleOf = (box: Box) => ({ x: box.x + box.w / 2, y: box.y + box.h / 2 });

/** The part that a tap on the whole figure means: the nearest middle. */
export function partAt(view: View, x: number, y: number): Part {
  const far = (part: Part) => {
    const m = middleOf(part.box);
    return Math.hypot(m.x - x, m.y - y);
  };
  return [...parts[view]].sort((a, b) => far(a) - far(b))[0]!;
}

const inside = (box: Box, x: number, y: number) => x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;

/** The shapes of a layer whose middle is in view. */
export const inView = (shapes: Shape[], box: Box) => shapes.filter((shape) => inside(box, shape.at.x, shape.at.y));

/** Where a place can be seen best: the view, the layer, and the part whose middle is nearest. */
export function whereIs(site: string): { view: View; deep: boolean; part: Part } | undefined {
  for (const view of ['back', 'front'] as const) {
    for (const deep of [false, true]) {
      const shape = (deep ? sheets[view].deep : sheets[view].surface).find((s) => s.site === site);
      if (shape) return { view, deep, part: partAt(view, shape.at.x, shape.at.y) };
    }
  }
  return undefined;
}

const arrows: Record<string, [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Where an arrow key leads from a shape: to the nearest that lies more that way than aside. */
export function toward(shapes: Shape[], from: Shape, key: string): Shape | undefined {
  const way = arrows[key];
  if (!way) return undefined;
  let best: { shape: Shape; far: number } | undefined;
  for (const shape of shapes) {
    const [dx, dy] = [shape.at.x - from.at.x, shape.at.y - from.at.y];
    const along = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    const far = along + 2 * aside;
    if (along > 1 && along >= aside && (!best || far < best.far)) best = { shape, far };
  }
  return best?.shape;
}
