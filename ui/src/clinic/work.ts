// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One line of a session note: a technique at a place of the body with minutes, pressure and tenderness. A place is a
// muscle or a region with a side; its key ("left muscle levator_scapulae") is the same on the map, in drafts and in charts.
import { extensions, systems } from '../fhir/canonical';
import { codeIn, integerExtension } from '../fhir/read';
import { capital } from '../lib/text';
import { uuidv7 } from '../lib/uuid';

export type SideCode = 'left' | 'right' | 'midline';
export type Site = {
  key: string;
  kind: 'muscle' | 'region';
  code: string;
  side: SideCode;
  /** As one says it: "Upper trapezius". */
  name: string;
  /** As the code system writes it: "Trapezius, upper". */
  display: string;
};
export type Work = {
  id: string;
  site: Site;
  technique: string;
  techniqueName: string;
  minutes: number;
  pressure: number;
  before: number | null;
  after: number | null;
  /** The note ("Composition/1") that the line was carried forward from, until somebody changes it. */
  from?: string;
};

export const siteKey = (kind: Site['kind'], code: string, side: SideCode) => `${side} ${kind} ${code}`;

/** "Levator scapulae, left: Trigger point compression, 12 min, pressure 4 of 10" */
export const workText = (w: Work) =>
  `${siteText(w.site)}: ${w.techniqueName}, ${w.minutes} min, pressure ${w.pressure} of 10`;

/** "Levator scapulae, left"; a midline place needs no side. */
export const siteText = (site: Site) => (site.side === 'midline' ? site.name : `${site.name}, ${site.side}`);

export function makeSite(kind: Site['kind'], code: string, side: SideCode, name: string): Site {
  return { key: siteKey(kind, code, side), kind, code, side, name: plainName(name), display: name };
}

/** "Trapezius, upper" → "Upper trapezius"; what stands in brackets is left out. */
export function plainName(display: string): string {
  const short = display.replace(/\s*\(.*\)/, '');
  const turned = /^(.+), (upper|middle|lower|anterior|posterior)$/.exec(short);
  return turned ? capital(`${turned[2]} ${turned[1]!.toLowerCase()}`) : short;
}

export function siteConcept(site: Site): fhir4.CodeableConcept {
  return {
    coding: [
      { system: systems[site.kind], code: site.code, display: site.display },
      { system: systems.side, code: site.side },
    ],
    text: siteText(site),
  };
}

export function readSite(concept?: fhir4.CodeableConcept): Site | undefined {
  const side = (codeIn(concept, systems.side) ?? 'midline') as SideCode;
  const name = concept?.text?.replace(/, (left|right)$/, '');
  const muscle = concept?.coding?.find((c) => c.system === systems.muscle);
  if (muscle?.code) return makeSite('muscle', muscle.code, side, muscle.display ?? name ?? muscle.code);
  const region = concept?.coding?.find((c) => c.system === systems.region);
  if (region?.code) return makeSite('region', region.code, side, region.display ?? name ?? region.code);
  return undefined;
}

/** Procedures of one visit as lines, with the tenderness that was measured at the same place. */
export function readWork(procedures: fhir4.Procedure[], observations: fhir4.Observation[]): Work[] {
  const tender = (code: string, key: string) =>
    observations.find((o) => codeIn(o.code, systems.measure) === code && readSite(o.bodySite)?.key === key)
      ?.valueInteger ?? null;
  return procedures.flatMap((procedure): Work[] => {
    const site = readSite(procedure.bodySite?.[0]);
    const technique = procedure.code?.coding?.find((c) => c.system === systems.technique);
    if (!site || !technique?.code) return [];
    return [
      {
        id: procedure.id ?? uuidv7(),
        site,
        technique: technique.code,
        techniqueName: technique.display ?? technique.code,
        minutes: integerExtension(procedure, extensions.minutes) ?? 0,
        pressure: integerExtension(procedure, extensions.pressure) ?? 0,
        before: tender('tenderness-before', site.key),
        after: tender('tenderness-after', site.key),
      },
    ];
  });
}

export const totalMinutes = (work: Work[]) => work.reduce((sum, line) => sum + line.minutes, 0);
