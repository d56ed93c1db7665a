// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Why somebody comes and what the visit is for: the reason-for-visit taxonomy and the intent, which matters to payers.
// Both are codes on the Appointment and on the Encounter (docs/formats/clinical-resources.md, "Visits and people").
import { systems } from '../fhir/canonical';
import { codeIn } from '../fhir/read';

export type Choice<C extends string = string> = { code: C; name: string };
export type ReasonCode = 'condition' | 'injury-recovery' | 'stress' | 'maintenance' | 'relaxation';
export type IntentCode = 'therapeutic' | 'maintenance' | 'relaxation';

export const reasons: readonly Choice<ReasonCode>[] = [
  { code: 'condition', name: 'Condition' },
  { code: 'injury-recovery', name: 'Injury recovery' },
  { code: 'stress', name: 'Stress' },
  { code: 'maintenance', name: 'Maintenance' },
  { code: 'relaxation', name: 'Relaxation' },
];

export const intents: readonly Choice<IntentCode>[] = [
  { code: 'therapeutic', name: 'Therapeutic' },
  { code: 'maintenance', name: 'Maintenance' },
  { code: 'relaxation', name: 'Relaxation' },
];

/** What a visit of this reason is usually for; the person who books may say otherwise. */
export function usualIntent(reason: ReasonCode): IntentCode {
  if (reason === 'condition' || reason === 'injury-recovery') return 'therapeutic';
  return reason === 'maintenance' ? 'maintenance' : 'relaxation';
}

export const nameOf = (choices: readonly Choice[], code: string | undefined) =>
  choices.find((choice) => choice.code === code)?.name;

/** The reason as a code with the complaint in the patient's own words; undefined when neither is known. */
export function reasonConcept(reason: ReasonCode | '', complaint: string): fhir4.CodeableConcept | undefined {
  const text = complaint.trim();
  if (!reason && !text) return undefined;
  return {
    ...(reason && { coding: [{ system: systems.visitReason, code: reason, display: nameOf(reasons, reason) }] }),
    ...(text && { text }),
  };
}

export const intentConcept = (intent: IntentCode): fhir4.CodeableConcept => ({
  coding: [{ system: systems.intent, code: intent, display: nameOf(intents, intent) }],
});

export const intentOf = (appointment: fhir4.Appointment) => codeIn(appointment.appointmentType, systems.intent);
export const reasonOf = (appointment: fhir4.Appointment) => codeIn(appointment.reasonCode?.[0], systems.visitReason);

/** What an Encounter of this appointment carries over: the intent as its second type, and the reason. */
export function ofAppointment(appointment: fhir4.Appointment | undefined): {
  types: fhir4.CodeableConcept[];
  reason?: fhir4.CodeableConcept[];
} {
  const intent = appointment?.appointmentType;
  return { types: intent ? [intent] : [], reason: appointment?.reasonCode };
}
