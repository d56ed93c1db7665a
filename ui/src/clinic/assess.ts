// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// An assessment of one region as one transaction: a ClinicalImpression with the working hypothesis, and what it rests on
// as Observations: special tests, movements in degrees, girths and reaches in centimetres.
// docs/formats/clinical-resources.md, Assessment.
import { systems } from '../fhir/canonical';
import { uuidv7 } from '../lib/uuid';
import { writeInstant } from '../lib/time';
import type { SideCode } from './work';

export type TestResult = 'positive' | 'negative' | 'unclear';
export const measured = {
  'fingertip-to-floor': 'Fingertip to floor',
  'sit-and-reach': 'Sit and reach',
  girth: 'Girth',
} as const;

export type Finding = { id: string; side: SideCode } & (
  | { kind: 'special-test'; name: string; result: TestResult | null }
  | {
      kind: 'movement';
      code: string;
      name: string;
      active: 'active' | 'passive';
      degrees: string;
      unit?: string;
      reference?: fhir4.ObservationReferenceRange;
    }
  | { kind: 'length'; code: keyof typeof measured; level: string; centimetres: string }
);
export type Assessment = {
  region: { code: string; name: string } | null;
  seen: string;
  hypothesis: string;
  findings: Finding[];
  condition?: { reference: string; display: string };
};
type Context = {
  patient: { id: string; name: string };
  practitioner: { reference: string; name: string };
  zone: string;
  now: Date;
};

const results: Record<TestResult, { code: string; display: string }> = {
  positive: { code: '10828004', display: 'Positive' },
  negative: { code: '260385009', display: 'Negative' },
  unclear: { code: '419984006', display: 'Inconclusive' },
};

/** A number as people type it, within what a body can do; undefined where it is none. */
export function reading(text: string, low: number, high: number): number | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) && value >= low && value <= high ? value : undefined;
}

/** What keeps a finding from being saved, in words. */
export function findingProblem(finding: Finding): string | undefined {
  switch (finding.kind) {
    case 'special-test':
      if (!finding.name.trim()) return 'Name the test.';
      return finding.result ? undefined : 'Choose a result.';
    case 'movement':
      if (!finding.code) return 'Choose a movement.';
      return reading(finding.degrees, 0, 360) === undefined ? 'A number from 0 to 360.' : undefined;
    case 'length':
      if (finding.code === 'girth' && !finding.level.trim()) return 'Say at which level.';
      return reading(finding.centimetres, -60, 300) === undefined ? 'Centimetres, as a number.' : undefined;
  }
}

export function assessmentProblem(one: Assessment): string | undefined {
  if (!one.region) return 'Choose the region.';
  if (!one.seen.trim() && !one.hypothesis.trim() && one.findings.length === 0)
    return 'Write what you found, or add a test.';
  return one.findings.some(findingProblem) ? 'A finding is not complete.' : undefined;
}

function codeOf(finding: Finding): fhir4.CodeableConcept {
  switch (finding.kind) {
    case 'special-test':
      return {
        coding: [{ system: systems.assessment, code: 'special-test', display: 'Special test' }],
        text: finding.name.trim(),
      };
    case 'movement':
      return { coding: [{ system: systems.movement, code: finding.code, display: finding.name }], text: finding.name };
    case 'length': {
      const name = measured[finding.code];
      const level = finding.level.trim();
      return {
        coding: [{ system: systems.assessment, code: finding.code, display: name }],
        text: level ? `${name}, ${level}` : name,
      };
    }
  }
}

function valueOf(finding: Finding): Partial<fhir4.Observation> {
  const ucum = 'http://unitsofmeasure.org';
  switch (finding.kind) {
    case 'special-test': {
      const result = results[finding.result ?? 'unclear'];
      return { valueCodeableConcept: { coding: [{ system: systems.snomed, ...result }], text: result.display } };
    }
    case 'movement':
      return {
        valueQuantity: {
          value: reading(finding.degrees, 0, 360),
          ...(finding.unit === 'mm' ? { unit: 'mm', code: 'mm' } : { unit: 'degrees', code: 'deg' }),
          system: ucum,
        },
        ...(finding.reference && { referenceRange: [finding.reference] }),
        method: { coding: [{ system: systems.assessment, code: finding.active }], text: finding.active },
      };
    case 'length':
      return { valueQuantity: { value: reading(finding.centimetres, -60, 300), unit: 'cm', system: ucum, code: 'cm' } };
  }
}

const entry = (resource: fhir4.FhirResource): fhir4.BundleEntry => ({
  fullUrl: `urn:uuid:${uuidv7()}`,
  resource,
  request: { method: 'POST', url: resource.resourceType },
});

/** Fit to be posted: `assessmentProblem` has found nothing. */
export function assessmentBundle(one: Assessment, { patient, practitioner, zone, now }: Context): fhir4.Bundle {
  const at = writeInstant(now, zone);
  const subject = { reference: `Patient/${patient.id}`, display: patient.name };
  const author = { reference: practitioner.reference, display: practitioner.name };
  const region = one.region && { system: systems.region, code: one.region.code, display: one.region.name };
  const observations = one.findings.map((finding) =>
    entry({
      resourceType: 'Observation',
      status: 'final',
      category: [{ coding: [{ system: systems.observationCategory, code: 'exam', display: 'Exam' }] }],
      code: codeOf(finding),
      subject,
      effectiveDateTime: at,
      performer: [author],
      ...valueOf(finding),
      bodySite: region ? { coding: [region, { system: systems.side, code: finding.side }] } : undefined,
    }),
  );
  const impression = entry({
    resourceType: 'ClinicalImpression',
    status: 'completed',
    code: { coding: [{ system: systems.assessment, code: 'assessment', display: 'Assessment' }], text: 'Assessment' },
    description: [one.region?.name, one.seen.trim()].filter(Boolean).join(': '),
    subject,
    effectiveDateTime: at,
    date: at,
    assessor: author,
    problem: one.condition && [one.condition],
    investigation: observations.length
      ? [{ code: { text: 'Examination' }, item: observations.map((o) => ({ reference: o.fullUrl! })) }]
      : undefined,
    summary: one.hypothesis.trim() || undefined,
  });
  return { resourceType: 'Bundle', type: 'transaction', entry: [...observations, impression] };
}
