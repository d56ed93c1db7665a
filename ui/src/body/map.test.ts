// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Every shape on the map stands for a muscle or region that the knowledge files know, on the side that they give it.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inView, parts, partAt, shapeIds, sheets, toward, whereIs, type View } from './map';
import { choose } from './Names';
import { targets } from './targets';

const text = fs.readFileSync(path.join(import.meta.dirname, '../../../knowledge/muscles.yaml'), 'utf8');
const muscles = new Map([...text.matchAll(/\{id: (\w+), name: .*? side: (\w+), layer/g)].map((m) => [m[1]!, m[2]!]));
const regions = new Set([...text.matchAll(/\{id: (\w+), name: "[^"]*"\}/g)].map((m) => m[1]!));

describe('the map', () => {
  it('reads the knowledge', () => {
    expect(muscles.size).toBeGreaterThan(100);
    expect(regions.size).toBeGreaterThan(20);
  });
  it('gives every shape a target that exists', () => {
    expect(shapeIds.length).toBeGreaterThan(100);
    for (const id of shapeIds) {
      const target = targets[id];
      expect(target, id).toBeDefined();
      expect((target!.kind === 'muscle' ? muscles : regions).has(target!.code), `${id} → ${target!.code}`).toBe(true);
    }
  });
  it('has no target without a shape', () => {
    expect(Object.keys(targets).filter((id) => !shapeIds.includes(id))).toEqual([]);
  });
  it('agrees about what is paired', () => {
    for (const [id, target] of Object.entries(targets)) {
      if (target.kind !== 'muscle') continue;
      expect(Boolean(target.midline), id).toBe(muscles.get(target.code) === 'midline');
    }
  });
  it.each(['front', 'back'] as View[])('shows every shape of the %s in one of its parts', (view) => {
    const all = [...sheets[view].surface, ...sheets[view].deep];
    const seen = new Set(parts[view].flatMap((part) => inView(all, part.box)));
    expect(all.filter((shape) => !seen.has(shape)).map((shape) => shape.id)).toEqual([]);
  });
  it('keeps left and right the patient’s', () => {
    const at = (view: View, id: string) => sheets[view].surface.find((s) => s.id === id)!.at.x;
    expect(at('back', 'left-infraspinatus')).toBeLessThan(at('back', 'right-infraspinatus'));
    expect(at('front', 'left-sartorius')).toBeGreaterThan(at('front', 'right-sartorius'));
  });
  it('finds where a place is', () => {
    expect(whereIs('left muscle levator_scapulae')).toMatchObject({
      view: 'back',
      deep: true,
      part: { id: 'shoulders' },
    });
    expect(whereIs('left muscle medial_pterygoid')).toBeUndefined();
    expect(partAt('front', 556, 1500).id).toBe('legs');
  });
});

describe('names in the margins', () => {
  const box = parts.back.find((p) => p.id === 'shoulders')!.box;
  it('names a chosen muscle on its own side and every other one once', () => {
    const chosen = new Set(['left muscle trapezius_upper', 'right muscle trapezius_upper']);
    const placed = choose(sheets.back.surface, box, chosen, new Set(), 12);
    const sides = placed.filter((p) => p.shape.target.code === 'trapezius_upper').map((p) => p.shape.side);
    expect(sides.sort()).toEqual(['left', 'right']);
    const others = placed.map((p) => p.shape.target.code).filter((code) => code !== 'trapezius_upper');
    expect(new Set(others).size).toBe(others.length);
  });
  it('never puts more into a margin than fit', () => {
    const placed = choose(sheets.back.surface, box, new Set(), new Set(), 3);
    expect(placed.filter((p) => p.left).length).toBeLessThanOrEqual(3);
    expect(placed.filter((p) => !p.left).length).toBeLessThanOrEqual(3);
  });
});

describe('the arrow keys', () => {
  const shapes = sheets.back.surface;
  const shape = (id: string) => shapes.find((s) => s.id === id)!;
  it('lead from a shape to one on that side, and nowhere at the edge', () => {
    const from = shapes.toSorted((a, b) => a.at.y - b.at.y)[Math.floor(shapes.length / 2)]!;
    const down = toward(shapes, from, 'ArrowDown');
    expect(down!.at.y).toBeGreaterThan(from.at.y);
    const lowest = shapes.toSorted((a, b) => b.at.y - a.at.y)[0]!;
    expect(toward(shapes, lowest, 'ArrowDown')).toBeUndefined();
    expect(toward(shapes, from, 'Enter')).toBeUndefined();
  });
  it('reach both halves of the body', () => {
    const left = shapes.find((s) => s.id.startsWith('left-'))!;
    const across = [toward(shapes, left, 'ArrowRight'), toward(shapes, left, 'ArrowLeft')];
    expect(across.some((s) => s && shape(s.id).id !== left.id)).toBe(true);
  });
});
