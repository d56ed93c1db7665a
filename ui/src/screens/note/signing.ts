// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// From the state on the screen to what will be signed: the input of clinic/note.ts, what is still missing, and which
// line a refusal of the server is about.
import { lineBars, type Limits } from '../../clinic/limits';
import type { NoteInput } from '../../clinic/note';
import type { NoteKind } from '../../clinic/chart';
import { siteText, totalMinutes, type Work } from '../../clinic/work';
import { systems } from '../../fhir/canonical';
import { FhirError } from '../../fhir/client';
import { personName, refTo } from '../../fhir/read';
import type { Visit } from './Note';
import type { NoteState } from './useNote';

/** A note without an appointment is billed as the shortest treatment that holds its minutes. */
function serviceOf(minutes: number, given: boolean): fhir4.CodeableConcept {
  const length = [30, 45, 60].find((m) => minutes <= m) ?? 90;
  return { coding: [{ system: systems.service, code: given ? `treatment-${length}` : 'consultation' }] };
}

type Signer = { reference: string; name: string };

export function inputOf(visit: Visit, note: NoteState, kind: NoteKind, signer: Signer, zone: string): NoteInput {
  const { chart, appointment, encounter } = visit;
  const { draft } = note;
  const given = kind === 'session';
  return {
    id: draft.id,
    kind,
    patient: { id: chart.patient.id, name: personName(chart.patient) },
    practitioner: signer,
    appointment,
    encounter,
    referral: appointment?.basedOn?.[0]?.reference ?? (chart.referral && refTo(chart.referral)),
    service: appointment?.serviceType?.[0] ?? encounter?.type?.[0] ?? serviceOf(totalMinutes(note.work), given),
    work: note.work,
    pain: note.pain,
    feeling: draft.feeling,
    text: given ? note.text : draft.reason,
    findings: draft.findings,
    motions: draft.motions,
    strokes: draft.strokes,
    zones: draft.zones,
    lifts: chart.flags.filter((flag) => draft.lifted.includes(flag.id)),
    reaction: draft.reaction,
    aftercare: draft.aftercare,
    zone,
    now: new Date(),
  };
}

type State = {
  given: boolean;
  work: Work[];
  reason: string;
  practitioner: string | null;
  early: boolean;
  limits: Limits;
};

/** Why the note cannot be signed as it is, in words; null when nothing is known to be missing. */
export function whatIsMissing({ given, work, reason, practitioner, early, limits }: State): string | null {
  if (!practitioner) return 'Only a therapist can sign a note. Your account is not linked to one.';
  if (early && given) return 'This visit is on a later day. A session can be signed on its day.';
  if (given && work.length === 0) return 'Nothing was worked on yet. Tap a muscle, or choose why no session was given.';
  if (!given && !reason.trim()) return 'Write the reason in a few words.';
  for (const line of given ? work : []) {
    const [bar] = lineBars(limits, line.site, line.technique);
    if (bar) return `${siteText(line.site)}: ${bar.text}`;
  }
  return null;
}

/** Which line each refusal of the server is about: by the entry it names, else by the technique or place in its words. */
export function refusedLines(error: unknown, bundle: fhir4.Bundle | undefined, work: Work[]): Map<string, string> {
  const found = new Map<string, string>();
  if (!(error instanceof FhirError)) return found;
  for (const issue of error.outcome?.issue ?? []) {
    const said = issue.diagnostics ?? issue.details?.text ?? '';
    const at = /entry\[(\d+)\]/.exec([...(issue.expression ?? []), said].join(' '))?.[1];
    const id = at && bundle?.entry?.[Number(at)]?.fullUrl?.replace('urn:uuid:', '');
    const words = said.toLowerCase();
    const line =
      work.find((one) => one.id === id || said.includes(one.id)) ??
      work.find(
        (one) =>
          words.includes(one.site.code) ||
          words.includes(one.site.name.toLowerCase()) ||
          words.includes(one.technique) ||
          words.includes(one.techniqueName.toLowerCase()),
      );
    if (line) found.set(line.id, said);
  }
  return found;
}
