// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Something unwanted after a treatment, as an AdverseEvent: what, when, how bad, what was done, how it ended, and the work
// that is suspected. https://hl7.org/fhir/R4/adverseevent.html
import { extensions, systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { codeIn, conceptText, key } from '../fhir/read';
import type { Day } from '../lib/time';
import type { Note } from './chart';
import { workText } from './work';

const hl7 = 'http://terminology.hl7.org/CodeSystem/';
const severitySystem = `${hl7}adverse-event-severity`;
const seriousnessSystem = `${hl7}adverse-event-seriousness`;
const outcomeSystem = `${hl7}adverse-event-outcome`;

export const severities = [
  { code: 'mild', name: 'Mild' },
  { code: 'moderate', name: 'Moderate' },
  { code: 'severe', name: 'Severe' },
] as const;

export const seriousness = [
  { code: 'Non-serious', name: 'No', text: 'not serious' },
  { code: 'Serious', name: 'Yes', text: 'serious' },
] as const;

export const outcomes = [
  { code: 'resolved', name: 'It is gone' },
  { code: 'recovering', name: 'It is getting better' },
  { code: 'ongoing', name: 'It goes on' },
  { code: 'resolvedWithSequelae', name: 'Gone, but something stayed' },
  { code: 'unknown', name: 'Not known' },
] as const;

export type Harm = {
  kind: string;
  day: Day;
  severity: string;
  serious: string;
  done: string;
  outcome: string;
  /** "Encounter/1", the session after which it came. */
  encounter: string;
  /** "Procedure/1", the lines of that session that are suspected. */
  suspected: string[];
};

export const emptyHarm = (day: Day): Harm => ({
  kind: '',
  day,
  severity: '',
  serious: 'Non-serious',
  done: '',
  outcome: '',
  encounter: '',
  suspected: [],
});

/** The sessions after which something can have happened, newest first, with their lines. */
export function sessionsOf(notes: Note[]) {
  return notes
    .filter((note) => note.kind === 'session' && note.encounter)
    .slice(0, 6)
    .map((note) => ({
      reference: `Encounter/${note.encounter!.id}`,
      day: note.day,
      lines: note.work.map((work) => ({ code: `Procedure/${work.id}`, name: workText(work) })),
    }));
}

const named = (list: readonly { code: string; name: string }[], code: string | undefined) =>
  list.find((one) => one.code === code)?.name ?? '';

type Context = {
  patient: { id: string; name: string };
  recorder: fhir4.Reference;
  kindName: string;
  now: string;
};

/** The event as it is written; what another client put into an existing one stays. */
export function harmEvent(form: Harm, { patient, recorder, kindName, now }: Context, old?: Stored<fhir4.AdverseEvent>) {
  const concept = (system: string, code: string): fhir4.CodeableConcept => ({ coding: [{ system, code }] });
  const others = (old?.extension ?? []).filter((e) => e.url !== extensions.actionTaken);
  const done = form.done.trim();
  const extension = [...others, ...(done ? [{ url: extensions.actionTaken, valueString: done }] : [])];
  const { extension: _, severity: __, outcome: ___, encounter: ____, suspectEntity: _____, ...kept } = old ?? {};
  const event: fhir4.AdverseEvent = {
    ...kept,
    resourceType: 'AdverseEvent',
    ...(extension.length && { extension }),
    actuality: 'actual',
    // The words of the patient who told of it stand in its text: they stay while the kind does.
    event:
      codeIn(old?.event, systems.adverseEvent) === form.kind
        ? old!.event
        : { coding: [{ system: systems.adverseEvent, code: form.kind, display: kindName }], text: kindName },
    subject: { reference: `Patient/${patient.id}`, display: patient.name },
    ...(form.encounter && { encounter: { reference: form.encounter } }),
    date: form.day,
    recordedDate: old?.recordedDate ?? now,
    recorder: old?.recorder ?? recorder,
    seriousness: {
      ...concept(seriousnessSystem, form.serious),
      text: seriousness.find((one) => one.code === form.serious)?.text,
    },
    ...(form.severity && { severity: concept(severitySystem, form.severity) }),
    ...(form.outcome && { outcome: concept(outcomeSystem, form.outcome) }),
    ...(form.suspected.length && {
      suspectEntity: form.suspected.map((reference) => ({ instance: { reference } })),
    }),
  };
  return event;
}

export function readHarm(event: fhir4.AdverseEvent, today: Day): Harm {
  return {
    kind: codeIn(event.event, systems.adverseEvent) ?? '',
    day: event.date?.slice(0, 10) ?? today,
    severity: codeIn(event.severity, severitySystem) ?? '',
    serious: codeIn(event.seriousness, seriousnessSystem) ?? 'Non-serious',
    done: event.extension?.find((e) => e.url === extensions.actionTaken)?.valueString ?? '',
    outcome: codeIn(event.outcome, outcomeSystem) ?? '',
    encounter: key(event.encounter?.reference) ?? '',
    suspected: (event.suspectEntity ?? []).flatMap((one) => key(one.instance.reference) ?? []),
  };
}

/** "Moderate · It is gone · Rested, then walked": what a list says under the kind. */
export function harmText(event: fhir4.AdverseEvent, today: Day): string {
  const harm = readHarm(event, today);
  return [
    named(severities, harm.severity),
    harm.serious === 'Serious' && 'A doctor or hospital was needed',
    named(outcomes, harm.outcome),
    harm.done,
  ]
    .filter(Boolean)
    .join(' · ');
}

export const harmName = (event: fhir4.AdverseEvent) => conceptText(event.event) ?? 'Something unwanted';
