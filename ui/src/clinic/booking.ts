// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// An Appointment as the clinic books it, and what is taken already on that day.
import { systems } from '../fhir/canonical';
import { clock, instantAt, writeInstant, type Day } from '../lib/time';
import type { Span, Visit } from './day';
import { intentConcept, reasonConcept, type IntentCode, type ReasonCode } from './visit';

export type Booking = {
  patient: { id: string; name: string };
  therapist: { reference: string; name: string };
  room?: { reference: string; name: string };
  service: { code: string; name: string };
  day: Day;
  time: string;
  complaint: string;
  reason?: ReasonCode | '';
  intent?: IntentCode;
  /** A client who is there already has arrived; a time that is held waits for a clearance; else the visit is booked. */
  status?: 'booked' | 'arrived' | 'pending';
  referral?: string;
  zone: string;
};

/** The number in "treatment-45" is minutes; a consultation takes 30. */
export const minutesOfService = (code: string) => Number(/-(\d+)$/.exec(code)?.[1] ?? 30);

export function bookingOf(booking: Booking): fhir4.Appointment {
  const minutes = minutesOfService(booking.service.code);
  const start = instantAt(booking.day, booking.time, booking.zone);
  const end = writeInstant(new Date(Date.parse(start) + minutes * 60000), booking.zone);
  const takes = (reference: string, display: string): fhir4.AppointmentParticipant => ({
    actor: { reference, display },
    status: 'accepted',
  });
  const reason = reasonConcept(booking.reason ?? '', booking.complaint);
  return {
    resourceType: 'Appointment',
    status: booking.status ?? 'booked',
    serviceType: [{ coding: [{ system: systems.service, code: booking.service.code, display: booking.service.name }] }],
    ...(booking.intent && { appointmentType: intentConcept(booking.intent) }),
    ...(reason && { reasonCode: [reason] }),
    start,
    end,
    minutesDuration: minutes,
    ...(booking.referral && { basedOn: [{ reference: booking.referral }] }),
    participant: [
      takes(`Patient/${booking.patient.id}`, booking.patient.name),
      takes(booking.therapist.reference, booking.therapist.name),
      ...(booking.room ? [takes(booking.room.reference, booking.room.name)] : []),
    ],
  };
}

/** "09:00–10:00", for the therapist or the room, in the order of the day. */
export function bookedSpans(visits: Visit[], therapist?: string, room?: string): string[] {
  const taken = visits.filter((v) => v.therapist === therapist || (room && v.room === room));
  return [...new Set(taken.map((v) => `${clock(v.start)}–${clock(v.end)}`))];
}

/**
 * The first quarter hour at or after `from` (minutes of the day) at which therapist and room are free for `minutes` and the
 * therapist works; null when there is none that day. `open` null means that no hours are known: then eight to six.
 */
export function firstFree(
  visits: Visit[],
  therapist: string | undefined,
  room: string | undefined,
  open: Span[] | null,
  minutes: number,
  from: number,
): number | null {
  const taken = visits.filter((v) => v.therapist === therapist || (room && v.room === room));
  const hours = open ?? [{ from: 8 * 60, to: 18 * 60 }];
  for (const span of hours) {
    for (let at = Math.ceil(Math.max(span.from, from) / 15) * 15; at + minutes <= span.to; at += 15) {
      if (!taken.some((v) => v.start < at + minutes && at < v.end)) return at;
    }
  }
  return null;
}
