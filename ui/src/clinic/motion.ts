// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Range of motion: one movement on one side, who moved, before and after the session. The reference values come with the
// server's code system of movements; they are of adults and fall with age, so they are shown, never judged by.
import { systems } from '../fhir/canonical';
import { codeIn } from '../fhir/read';
import type { Moment } from './moment';
import type { SideCode } from './work';

export type Method = 'active' | 'passive';
export type Motion = {
  id: string;
  movement: string;
  name: string;
  side: SideCode;
  method: Method;
  unit: string;
  before: number | null;
  after: number | null;
  /** The reference value of adults, as an Observation carries it. */
  reference?: fhir4.ObservationReferenceRange;
};

export type Norm = { value: number; low?: number; high?: number };
type Movement = { property: Record<string, string> };

export const unitSign = (unit: string | undefined) => (unit === 'mm' ? ' mm' : '°');

/** The reference value of a concept of CodeSystem/movement; undefined where it has none. */
export function normOf(movement: Movement | undefined): Norm | undefined {
  const number = (name: string) => {
    const text = movement?.property[name];
    return text ? Number(text) : undefined;
  };
  const value = number('norm');
  return value === undefined ? undefined : { value, low: number('low'), high: number('high') };
}

/** The same as an Observation.referenceRange, as the server writes it (src/clinic/range_of_motion.cc). */
export function referenceOf(movement: Movement | undefined): fhir4.ObservationReferenceRange | undefined {
  const norm = normOf(movement);
  if (!movement || !norm) return undefined;
  const code = movement.property.unit === 'mm' ? 'mm' : 'deg';
  const unit = code === 'mm' ? 'mm' : 'degrees';
  const quantity = (value: number) => ({ value, unit, system: systems.ucum, code });
  return {
    ...(norm.low !== undefined && norm.high !== undefined && { low: quantity(norm.low), high: quantity(norm.high) }),
    type: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/referencerange-meaning', code: 'normal' }],
    },
    text: `${norm.value} ${unit}, adults; not re-read in a source, and less with age`,
  };
}

/** "norm 60°, 60 to 80" */
export function normText(movement: Movement): string {
  const norm = normOf(movement);
  if (!norm) return '';
  return `norm ${norm.value}${unitSign(movement.property.unit)}${norm.low === undefined ? '' : `, ${norm.low} to ${norm.high}`}`;
}

export const motionText = (motion: Motion) =>
  `${motion.name}${motion.side === 'midline' ? '' : `, ${motion.side}`}, ${motion.method}: ${[
    motion.before,
    motion.after,
  ]
    .map((value) => (value === null ? '–' : `${value}${unitSign(motion.unit)}`))
    .join(' → ')}`;

function reading(motion: Motion, value: number, time: string, at: Moment): fhir4.Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: systems.observationCategory, code: 'exam' }] }],
    code: {
      coding: [{ system: systems.movement, code: motion.movement, display: motion.name }],
      text: motion.name,
    },
    subject: at.subject,
    encounter: at.encounter,
    effectiveDateTime: time,
    performer: [at.author],
    valueQuantity: {
      value,
      unit: motion.unit === 'mm' ? 'mm' : '°',
      system: systems.ucum,
      code: motion.unit,
    },
    ...(motion.reference && { referenceRange: [motion.reference] }),
    method: { coding: [{ system: systems.movementMethod, code: motion.method }] },
    bodySite: { coding: [{ system: systems.side, code: motion.side }], text: motion.side },
  };
}

/** One Observation for the value before and one for that after, told apart by their times: the visit's start and end. */
export function motionObservations(motion: Motion, at: Moment): fhir4.Observation[] {
  return [
    ...(motion.before === null ? [] : [reading(motion, motion.before, at.start, at)]),
    ...(motion.after === null ? [] : [reading(motion, motion.after, at.end, at)]),
  ];
}

/** The motions of one visit that began at `start`. */
export function readMotions(observations: (fhir4.Observation & { id?: string })[], start: string): Motion[] {
  const found = new Map<string, Motion>();
  for (const observation of observations) {
    const coding = observation.code.coding?.find((c) => c.system === systems.movement);
    if (!coding?.code || observation.valueQuantity?.value === undefined) continue;
    const side = (codeIn(observation.bodySite, systems.side) ?? 'midline') as SideCode;
    const method = (codeIn(observation.method, systems.movementMethod) ?? 'active') as Method;
    const key = `${coding.code} ${side} ${method}`;
    const motion = found.get(key) ?? {
      id: observation.id ?? key,
      movement: coding.code,
      name: coding.display ?? coding.code,
      side,
      method,
      unit: observation.valueQuantity.code ?? 'deg',
      before: null,
      after: null,
      ...(observation.referenceRange?.[0] && { reference: observation.referenceRange[0] }),
    };
    const early = Date.parse(observation.effectiveDateTime ?? '') <= Date.parse(start);
    motion[early ? 'before' : 'after'] = observation.valueQuantity.value;
    found.set(key, motion);
  }
  return [...found.values()];
}
