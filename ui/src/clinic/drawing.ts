// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A pain drawing: strokes of the hand on the body map, each with how it feels and which regions it crosses. What is
// stored is the line in the map's own coordinates and the regions, never only a picture.
import { extensions, systems } from '../fhir/canonical';
import { codeIn } from '../fhir/read';
import type { Moment } from './moment';
import { readSite, siteConcept, siteText, type Site } from './work';

export type Quality = 'ache' | 'burning' | 'stabbing' | 'numb';
export type Stroke = {
  view: 'front' | 'back';
  quality: Quality;
  /** An SVG path; empty for a region that was chosen by name. */
  d: string;
  regions: Site[];
};
export type Point = { x: number; y: number };

export const qualities: readonly { code: Quality; name: string }[] = [
  { code: 'ache', name: 'Ache' },
  { code: 'burning', name: 'Burning' },
  { code: 'stabbing', name: 'Stabbing' },
  { code: 'numb', name: 'Numb' },
];

/** Points at least `apart` from the last one that was kept; first and last stay. */
export function thin(points: Point[], apart = 7): Point[] {
  const kept: Point[] = [];
  for (const [i, point] of points.entries()) {
    const last = kept.at(-1);
    if (!last || i === points.length - 1 || Math.hypot(point.x - last.x, point.y - last.y) >= apart) kept.push(point);
  }
  return kept;
}

/** A smooth line through the middle of each step (quadratic curves); a dot where the hand did not move. */
export function smooth(points: Point[]): string {
  const whole = points.map((p) => ({ x: Math.round(p.x), y: Math.round(p.y) }));
  const [first] = whole;
  if (!first) return '';
  const last = whole.at(-1)!;
  let d = `M${first.x} ${first.y}`;
  for (let i = 1; i < whole.length - 1; i++) {
    const [a, b] = [whole[i]!, whole[i + 1]!];
    d += `Q${a.x} ${a.y} ${Math.round((a.x + b.x) / 2)} ${Math.round((a.y + b.y) / 2)}`;
  }
  return `${d}L${last.x} ${last.y}`;
}

const named = (code: string) => qualities.find((one) => one.code === code)?.name ?? code;

/** "Back of neck, left: ache" */
export const strokeText = (stroke: Stroke) =>
  `${stroke.regions.map(siteText).join('; ') || 'Beside the body'}: ${named(stroke.quality).toLowerCase()}`;

export function drawingObservation(strokes: Stroke[], at: Moment): fhir4.Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: systems.observationCategory, code: 'survey' }] }],
    code: { coding: [{ system: systems.measure, code: 'pain-drawing' }], text: 'Pain drawing' },
    subject: at.subject,
    encounter: at.encounter,
    effectiveDateTime: at.start,
    performer: [at.author],
    component: strokes.map((stroke) => ({
      extension: [
        { url: extensions.view, valueCode: stroke.view },
        ...(stroke.d ? [{ url: extensions.drawing, valueString: stroke.d }] : []),
        ...stroke.regions.map((site) => ({ url: extensions.region, valueCodeableConcept: siteConcept(site) })),
      ],
      code: {
        coding: [{ system: systems.painQuality, code: stroke.quality, display: named(stroke.quality) }],
        text: named(stroke.quality),
      },
      valueString: stroke.regions.map(siteText).join('; ') || 'Beside the body',
    })),
  };
}

const isPath = (d: string) => /^M[-\d. QLM]+$/.test(d);

export function readDrawing(observation: fhir4.Observation): Stroke[] {
  if (codeIn(observation.code, systems.measure) !== 'pain-drawing') return [];
  return (observation.component ?? []).flatMap((component): Stroke[] => {
    const quality = codeIn(component.code, systems.painQuality) as Quality | undefined;
    if (!quality || !qualities.some((one) => one.code === quality)) return [];
    const all = component.extension ?? [];
    const d = all.find((e) => e.url === extensions.drawing)?.valueString ?? '';
    return [
      {
        view: all.find((e) => e.url === extensions.view)?.valueCode === 'front' ? 'front' : 'back',
        quality,
        d: isPath(d) ? d : '',
        regions: all.filter((e) => e.url === extensions.region).flatMap((e) => readSite(e.valueCodeableConcept) ?? []),
      },
    ];
  });
}
