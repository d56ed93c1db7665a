// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A signature as a small SVG: strokes thinned to whole numbers, or the typed name. What is stored is a document that any
// viewer can show; nothing in it runs.
import { escapeXml } from '../lib/text';

export type Point = { x: number; y: number };
export const paper = { width: 480, height: 160 };

const far = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

/** Drops points closer than `least` to the one kept before; the end of a stroke stays. */
export function thin(stroke: Point[], least = 2.5): Point[] {
  const kept: Point[] = [];
  stroke.forEach((point, i) => {
    const last = kept.at(-1);
    if (!last || far(last, point) >= least || i === stroke.length - 1) kept.push(point);
  });
  return kept;
}

/** Relative lines in whole numbers: a signature of two hundred points takes about a kilobyte. */
export function pathOf(strokes: Point[][]): string {
  return strokes
    .map((stroke) => {
      const points = stroke.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
      return points
        .map((p, i) => (i ? `${p.x - points[i - 1]!.x} ${p.y - points[i - 1]!.y}` : `M${p.x} ${p.y}l`))
        .join(' ')
        .replace('l ', 'l')
        .replace(/l$/, 'l0 0');
    })
    .join('');
}

const svg = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${paper.width} ${paper.height}">${inner}</svg>`;

export const drawnSvg = (strokes: Point[][]) =>
  svg(
    `<path d="${pathOf(strokes)}" fill="none" stroke="#000" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>`,
  );

export const typedSvg = (name: string) =>
  svg(`<text x="16" y="96" font-family="cursive" font-size="44">${escapeXml(name.trim())}</text>`);

/** Base64 of the text's UTF-8. */
export const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

export const isEnough = (strokes: Point[][]) =>
  strokes.reduce((sum, stroke) => sum + stroke.reduce((s, p, i) => s + (i ? far(stroke[i - 1]!, p) : 0), 0), 0) > 40;
