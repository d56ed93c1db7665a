// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a patient sees, read from the Bundle of $portal: the next visit, what to fill in before it, how it goes in one
// honest sentence, the signed notes. Nothing here is worked out that the record does not hold.
import { systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { actor, codeIn, Contents } from '../fhir/read';
import { dayOf, daysBetween, timeOf, type Day } from '../lib/time';
import { plural } from '../lib/text';
import { ratingsOf, type Rating } from './chart';
import { clearChange } from './plot';

export type DueForm = { id: string; title?: string };
export type Visit = {
  id: string;
  status: fhir4.Appointment['status'];
  day: Day;
  start: string;
  end?: string;
  who?: string;
  room?: string;
};
export type Portal = {
  patient: Stored<fhir4.Patient>;
  next?: Visit;
  later: Visit[];
  due: DueForm[];
  ratings: Rating[];
  /** The journal's worst pain of a day, oldest first: not a rating that progress is measured by. */
  worst: { day: Day; value: number }[];
  goal?: string;
  target?: number;
  notes: Stored<fhir4.Composition>[];
  toPay: { id: string; value: number; currency: string }[];
};

/** The forms that are kept as a diary: all on one page, and listed by day. */
export const diaryIds = ['headache-diary', 'sleep-diary', 'medicines-diary', 'flare-up'];
export const isDiary = (id: string) => diaryIds.includes(id);

/** The forms that are due, from the computed Tasks with code `form`. */
export function dueForms(bundle: fhir4.Bundle): DueForm[] {
  return new Contents(bundle)
    .all('Task')
    .filter((task) => codeIn(task.code, systems.task) === 'form')
    .flatMap((task) => {
      const url = task.input?.find((input) => input.valueCanonical)?.valueCanonical;
      const id = url?.split('|')[0]?.split('/').at(-1);
      return id ? [{ id, title: task.description }] : [];
    });
}

const open = ['booked', 'pending', 'proposed', 'arrived', 'checked-in'];

function visitOf(appointment: Stored<fhir4.Appointment>, zone: string): Visit {
  return {
    id: appointment.id,
    status: appointment.status,
    day: dayOf(appointment.start!, zone),
    start: timeOf(appointment.start!, zone),
    end: appointment.end && timeOf(appointment.end, zone),
    who: actor(appointment, 'Practitioner')?.display,
    room: actor(appointment, 'Location')?.display,
  };
}

function worstOf(found: Contents, zone: string): Portal['worst'] {
  return found
    .all('Observation')
    .filter((o) => codeIn(o.code, systems.measure) === 'pain-worst' && o.effectiveDateTime)
    .sort((a, b) => Date.parse(a.effectiveDateTime!) - Date.parse(b.effectiveDateTime!))
    .flatMap((o) =>
      o.valueInteger === undefined ? [] : [{ day: dayOf(o.effectiveDateTime!, zone), value: o.valueInteger }],
    );
}

export function readPortal(bundle: fhir4.Bundle, zone: string, today: Day): Portal {
  const found = new Contents(bundle);
  const visits = found
    .all('Appointment')
    .filter((a) => a.start && open.includes(a.status))
    .sort((a, b) => Date.parse(a.start!) - Date.parse(b.start!))
    .map((a) => visitOf(a, zone))
    .filter((visit) => visit.day >= today);
  const goals = found.all('Goal').filter((g) => ['active', 'accepted', 'planned'].includes(g.lifecycleStatus));
  const goal = goals.find((g) => g.target?.some((t) => t.detailQuantity)) ?? goals[0];
  return {
    patient: found.all('Patient')[0]!,
    next: visits[0],
    later: visits.slice(1),
    due: dueForms(bundle),
    ratings: ratingsOf(found.all('Observation'), zone),
    worst: worstOf(found, zone),
    goal: goal?.description.text,
    target: goal?.target?.find((t) => t.detailQuantity)?.detailQuantity?.value,
    notes: found
      .all('Composition')
      .filter((c) => c.status === 'final' || c.status === 'amended')
      .sort((a, b) => Date.parse(b.date) - Date.parse(a.date)),
    toPay: found.all('Invoice').flatMap((invoice) => {
      const net = invoice.totalNet;
      return net?.value ? [{ id: invoice.id, value: net.value, currency: net.currency ?? '' }] : [];
    }),
  };
}

export function greeting(hour: number): string {
  if (hour < 12) return 'Good morning';
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}

const span = (days: number) =>
  days < 1 ? 'today' : days < 14 ? `in ${plural(days, 'day')}` : `in ${Math.round(days / 7)} weeks`;

export type Honest = { change?: [number, number]; text: string; rest: string };

/** How it goes, without calling it proof: what changed, whether that is more than chance, and how far the goal is. */
export function honest(ratings: Rating[], goal: number | undefined): Honest {
  const [first, last] = [ratings[0], ratings.at(-1)];
  if (!first || !last) return { text: 'No ratings yet.', rest: 'You are asked for one before each visit.' };
  if (ratings.length === 1)
    return { text: `Your pain was ${first.value} of 10.`, rest: 'A second rating shows a direction.' };
  const by = last.value - first.value;
  const word =
    by <= -clearChange
      ? 'a clear change'
      : by >= clearChange
        ? 'clearly more pain; please tell your therapist'
        : 'too small a change to tell from chance';
  const left = goal === undefined ? undefined : last.value - goal;
  const rest =
    left === undefined
      ? ''
      : left <= 0
        ? 'You have reached your goal.'
        : `You are ${plural(left, 'point')} from your goal of ${goal}.`;
  return { change: [first.value, last.value], text: `${span(daysBetween(first.day, last.day))}: ${word}.`, rest };
}
