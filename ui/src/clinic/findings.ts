// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the hands found at a place (tone, tenderness, trigger point, adhesion, temperature), each an Observation of its
// own with the place as body site, so that it can be asked for and counted (docs/formats/clinical-resources.md).
import { extensions, systems } from '../fhir/canonical';
import { codeIn } from '../fhir/read';
import type { Moment } from './moment';
import { readSite, siteConcept, siteText, type Site } from './work';

export type FindingKind = 'tone' | 'tenderness' | 'trigger-point' | 'adhesion' | 'temperature';
export type Spot = { view: 'front' | 'back'; x: number; y: number };
export type Finding = {
  id: string;
  site: Site;
  kind: FindingKind;
  /** A code of palpation-grade; null where it is rated 0 to 10 instead. */
  grade: string | null;
  score: number | null;
  /** Where a trigger point refers to, in words. */
  referral: string;
  /** Where on the drawing it was put. */
  spot?: Spot;
};

type Grade = { code: string; name: string };
type Kind = { kind: FindingKind; name: string; grades: Grade[]; rated: boolean };

export const kinds: readonly Kind[] = [
  { kind: 'trigger-point', name: 'Trigger point', grades: [{ code: 'present', name: 'Present' }], rated: true },
  {
    kind: 'tone',
    name: 'Tone',
    grades: [
      { code: 'low', name: 'Low' },
      { code: 'raised', name: 'Raised' },
      { code: 'guarded', name: 'Guarded' },
    ],
    rated: false,
  },
  { kind: 'tenderness', name: 'Tenderness', grades: [{ code: 'present', name: 'Present' }], rated: true },
  {
    kind: 'adhesion',
    name: 'Adhesion',
    grades: [
      { code: 'slight', name: 'Slight' },
      { code: 'moderate', name: 'Moderate' },
      { code: 'marked', name: 'Marked' },
    ],
    rated: false,
  },
  {
    kind: 'temperature',
    name: 'Temperature',
    grades: [
      { code: 'warm', name: 'Warm' },
      { code: 'cool', name: 'Cool' },
    ],
    rated: false,
  },
];

export const kindOf = (kind: FindingKind) => kinds.find((one) => one.kind === kind)!;
const gradeName = (kind: FindingKind, grade: string | null) =>
  kindOf(kind).grades.find((one) => one.code === grade)?.name ?? grade ?? '';

/** "raised tone", "trigger point 6 of 10, refers to the temple" */
export function findingWords(finding: Finding): string {
  const name = kindOf(finding.kind).name.toLowerCase();
  const grade = gradeName(finding.kind, finding.grade).toLowerCase();
  const graded =
    finding.score !== null
      ? `${name} ${finding.score} of 10`
      : grade === 'present' || !grade
        ? name
        : finding.kind === 'temperature'
          ? grade
          : `${grade} ${name}`;
  return finding.referral ? `${graded}, refers to ${finding.referral}` : graded;
}

export const findingText = (finding: Finding) => `${siteText(finding.site)}: ${findingWords(finding)}`;

export function findingObservation(finding: Finding, at: Moment): fhir4.Observation {
  const { name } = kindOf(finding.kind);
  const grade = finding.grade ?? 'present';
  return {
    resourceType: 'Observation',
    extension: finding.spot && [
      { url: extensions.view, valueCode: finding.spot.view },
      { url: extensions.drawing, valueString: `M${finding.spot.x} ${finding.spot.y}` },
    ],
    status: 'final',
    category: [{ coding: [{ system: systems.observationCategory, code: 'exam' }] }],
    code: { coding: [{ system: systems.palpation, code: finding.kind, display: name }], text: name },
    subject: at.subject,
    encounter: at.encounter,
    effectiveDateTime: at.start,
    performer: [at.author],
    bodySite: siteConcept(finding.site),
    ...(finding.score !== null
      ? { valueInteger: finding.score }
      : {
          valueCodeableConcept: {
            coding: [{ system: systems.palpationGrade, code: grade, display: gradeName(finding.kind, grade) }],
          },
        }),
    component: finding.referral
      ? [
          {
            code: { coding: [{ system: systems.palpation, code: 'referral' }], text: 'Refers to' },
            valueString: finding.referral,
          },
        ]
      : undefined,
  };
}

function readSpot(observation: fhir4.Observation): Spot | undefined {
  const view = observation.extension?.find((e) => e.url === extensions.view)?.valueCode;
  const drawn = observation.extension?.find((e) => e.url === extensions.drawing)?.valueString;
  const found = /^M(-?[\d.]+) (-?[\d.]+)$/.exec(drawn ?? '');
  return found && (view === 'front' || view === 'back')
    ? { view, x: Number(found[1]), y: Number(found[2]) }
    : undefined;
}

/** The finding of an Observation; undefined when it is another kind of Observation. */
export function readFinding(observation: fhir4.Observation & { id?: string }): Finding | undefined {
  const kind = codeIn(observation.code, systems.palpation) as FindingKind | undefined;
  const site = readSite(observation.bodySite);
  if (!kind || !site || !kinds.some((one) => one.kind === kind)) return undefined;
  const score = observation.valueInteger ?? null;
  const spot = readSpot(observation);
  return {
    id: observation.id ?? '',
    site,
    kind,
    grade: score === null ? (codeIn(observation.valueCodeableConcept, systems.palpationGrade) ?? 'present') : null,
    score,
    referral: observation.component?.find((c) => codeIn(c.code, systems.palpation) === 'referral')?.valueString ?? '',
    ...(spot && { spot }),
  };
}
