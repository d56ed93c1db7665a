// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A signed session note as the one transaction that docs/formats/clinical-resources.md describes: Encounter, Procedures,
// Observations, Composition, Provenance, and the Appointment that is thereby fulfilled. All of it is stored or nothing.
import { extensions, painLoinc, systems } from '../fhir/canonical';
import { etag, withoutComputed, type Stored } from '../fhir/client';
import { narrative } from '../lib/text';
import { writeInstant } from '../lib/time';
import { uuidv7 } from '../lib/uuid';
import type { Pain } from './assessment';
import type { NoteKind } from './chart';
import { ofAppointment } from './visit';
import { drawingObservation, strokeText, type Stroke } from './drawing';
import { feelingCodes, feelings, feelingText, type Feeling } from './feeling';
import { findingObservation, findingText, type Finding } from './findings';
import type { Moment } from './moment';
import { motionObservations, motionText, type Motion } from './motion';
import { siteConcept, siteText, totalMinutes, workText, type Work } from './work';
import { zoneFlag, type Zone } from './zones';

export type NoteInput = {
  kind: NoteKind;
  patient: { id: string; name: string };
  practitioner: { reference: string; name: string };
  appointment?: Stored<fhir4.Appointment>;
  /** The Encounter that was opened for this appointment and is not finished yet. */
  encounter?: Stored<fhir4.Encounter>;
  referral?: string;
  service: fhir4.CodeableConcept;
  work: Work[];
  pain: Pain;
  feeling?: Feeling;
  text: string;
  zone: string;
  now: Date;
  /** The id of the note, so that the same note posted twice is refused the second time. */
  id?: string;
  findings?: Finding[];
  motions?: Motion[];
  strokes?: Stroke[];
  /** Avoid zones that begin with this note, and Flags of earlier ones that end with it. */
  zones?: Zone[];
  lifts?: Stored<fhir4.Flag>[];
  aftercare?: string;
  reaction?: string;
};

export const kindTitles: Record<NoteKind, string> = {
  session: 'Session given',
  'not-given': 'Session not given',
  stopped: 'Session stopped',
  referred: 'Patient referred',
};

/** When the hands were on: inside the appointment where it fits, else straight before the signature. */
export function visitPeriod(minutes: number, now: Date, appointment?: fhir4.Appointment): { start: Date; end: Date } {
  const planned = appointment?.end ? new Date(appointment.end) : now;
  const end = planned < now ? planned : now;
  const latest = new Date(end.getTime() - Math.max(minutes, 1) * 60000);
  const begin = appointment?.start ? new Date(appointment.start) : latest;
  return { start: begin < latest ? begin : latest, end };
}

const clean = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

class Builder {
  readonly entries: fhir4.BundleEntry[] = [];
  readonly start: string;
  readonly end: string;
  readonly signed: string;
  readonly subject: fhir4.Reference;
  readonly author: fhir4.Reference;
  encounter = '';
  /** What was carried forward, by the note that it comes from. */
  private readonly carried = new Map<string, fhir4.Reference[]>();

  constructor(private readonly input: NoteInput) {
    const period = visitPeriod(totalMinutes(input.work), input.now, input.appointment);
    this.start = writeInstant(period.start, input.zone);
    this.end = writeInstant(period.end, input.zone);
    this.signed = writeInstant(input.now, input.zone);
    this.subject = { reference: `Patient/${input.patient.id}`, display: input.patient.name };
    this.author = { reference: input.practitioner.reference, display: input.practitioner.name };
  }

  add(resource: fhir4.FhirResource, id = uuidv7()): fhir4.Reference {
    const fullUrl = `urn:uuid:${id}`;
    this.entries.push({ fullUrl, resource: clean(resource), request: { method: 'POST', url: resource.resourceType } });
    return { reference: fullUrl };
  }

  change(resource: Stored<fhir4.FhirResource>) {
    const url = `${resource.resourceType}/${resource.id}`;
    const version = resource.meta?.versionId;
    const request: fhir4.BundleEntryRequest = { method: 'PUT', url, ...(version && { ifMatch: etag(version) }) };
    this.entries.push({ fullUrl: `urn:uuid:${uuidv7()}`, resource: clean(withoutComputed(resource)), request });
    return { reference: url };
  }

  addEncounter() {
    const { input } = this;
    const known = input.encounter;
    const planned = ofAppointment(input.appointment);
    const encounter: fhir4.Encounter = {
      ...(known ?? {}),
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: systems.actCode, code: 'AMB', display: 'ambulatory' },
      // The first type is the service, the second what the visit was for.
      type: [input.service, ...(known?.type?.slice(1) ?? planned.types)],
      subject: this.subject,
      participant: [{ individual: this.author }],
      appointment: input.appointment && [{ reference: `Appointment/${input.appointment.id}` }],
      basedOn: input.referral ? [{ reference: input.referral }] : undefined,
      reasonCode: known?.reasonCode ?? planned.reason,
      period: { start: this.start, end: this.end },
      location: roomOf(input.appointment),
    };
    const made = known ? this.change(encounter as Stored<fhir4.Encounter>) : this.add(encounter);
    this.encounter = made.reference!;
  }

  moment(): Moment {
    const { subject, author, start, end } = this;
    return { subject, author, start, end, encounter: { reference: this.encounter } };
  }

  procedure(line: Work): fhir4.Reference {
    const made = this.add(procedureOf(line, this.moment()), line.id);
    if (line.from) this.carried.set(line.from, [...(this.carried.get(line.from) ?? []), made]);
    return made;
  }

  measure(code: string, value: number, at: string, line?: Work): fhir4.Reference {
    const coding: fhir4.Coding[] = [{ system: systems.measure, code }];
    if (code.startsWith('nprs')) coding.push({ system: systems.loinc, code: painLoinc });
    return this.add({
      resourceType: 'Observation',
      status: 'final',
      category: [{ coding: [{ system: systems.observationCategory, code: 'survey' }] }],
      code: { coding, text: measureTexts[code] },
      subject: this.subject,
      encounter: { reference: this.encounter },
      effectiveDateTime: at,
      performer: [this.author],
      valueInteger: value,
      bodySite: line && siteConcept(line.site),
    });
  }

  measures(): fhir4.Reference[] {
    const { pain, work, feeling = {} } = this.input;
    const at = (code: string, value: number | null, time: string, line?: Work) =>
      value === null ? [] : [this.measure(code, value, time, line)];
    return [
      ...at('nprs-before', pain.before, this.start),
      ...at('nprs-after', pain.after, this.end),
      ...feelingCodes.flatMap((code) =>
        at(code, feeling[code] ?? null, code.endsWith('-after') ? this.end : this.start),
      ),
      ...onePerPlace(work).flatMap((line) => [
        ...at('tenderness-before', line.before, this.start, line),
        ...at('tenderness-after', line.after, this.end, line),
      ]),
    ];
  }

  /** What the hands and eyes found, as sections of the note. */
  findings(): fhir4.CompositionSection[] {
    const { findings = [], motions = [], strokes = [] } = this.input;
    const at = this.moment();
    const section = (title: string, lines: string[], entry: fhir4.Reference[]) =>
      entry.length ? [{ title, text: narrative(...lines), entry }] : [];
    const felt = findings.map((finding) => this.add(findingObservation(finding, at), finding.id));
    const moved = motions.flatMap((motion) =>
      motionObservations(motion, at).map((one, i) => this.add(one, i ? undefined : motion.id)),
    );
    const drawn = strokes.length ? [this.add(drawingObservation(strokes, at))] : [];
    return [
      ...section('Findings', findings.map(findingText), felt),
      ...section('Range of motion', motions.map(motionText), moved),
      ...section('Pain drawing', strokes.map(strokeText), drawn),
    ];
  }

  /** Avoid zones are Flags of the patient, not parts of the note: the next visit may lift them. */
  zones(): fhir4.CompositionSection[] {
    const { zones = [], lifts = [] } = this.input;
    for (const zone of zones) this.add(zoneFlag(zone, this.moment()), zone.id);
    for (const flag of lifts) this.change({ ...flag, status: 'inactive', period: { ...flag.period, end: this.end } });
    const lines = [
      ...zones.map((zone) => `Avoid from now on: ${siteText(zone.site)}${zone.reason && `, ${zone.reason}`}`),
      ...lifts.map((flag) => `No longer avoided: ${flag.code.text ?? 'an earlier zone'}`),
    ];
    return lines.length ? [{ title: 'Avoid', text: narrative(...lines) }] : [];
  }

  composition(work: fhir4.Reference[], measures: fhir4.Reference[], more: fhir4.CompositionSection[]) {
    const { input } = this;
    const given = input.kind === 'session';
    const said = (title: string, text = '') => (text.trim() ? [{ title, text: narrative(text) }] : []);
    const sections: fhir4.CompositionSection[] = [
      { title: given ? 'Assessment' : 'Reason', text: narrative(input.text) },
    ];
    if (work.length) sections.push({ title: 'Worked on', text: narrative(...workLines(input.work)), entry: work });
    if (measures.length) sections.push({ title: 'Measures', text: narrative(...measureLines(input)), entry: measures });
    sections.push(...more, ...said('Reaction', input.reaction), ...said('Aftercare', input.aftercare));
    const note: fhir4.Composition = {
      resourceType: 'Composition',
      text: narrative(`${kindTitles[input.kind]}. ${input.text}`, ...workLines(input.work)),
      status: 'final',
      type: { coding: [{ system: systems.note, code: input.kind, display: kindTitles[input.kind] }] },
      subject: this.subject,
      encounter: { reference: this.encounter },
      date: this.signed,
      author: [this.author],
      title: 'Session note',
      attester: [{ mode: 'professional', time: this.signed, party: this.author }],
      section: sections,
    };
    return this.add(note, input.id);
  }

  sign(note: fhir4.Reference) {
    const entity = [...this.carried].map(([from, lines]) => ({
      extension: lines.map((line) => ({ url: extensions.carried, valueReference: line })),
      role: 'derivation' as const,
      what: { reference: from },
    }));
    this.add({ ...signature(note, this.author, this.signed), entity: entity.length ? entity : undefined });
  }
}

/** One line as the Procedure that was done. */
export function procedureOf(line: Work, at: Moment): fhir4.Procedure {
  return {
    resourceType: 'Procedure',
    extension: [
      { url: extensions.minutes, valueInteger: line.minutes },
      { url: extensions.pressure, valueInteger: line.pressure },
    ],
    status: 'completed',
    code: {
      coding: [{ system: systems.technique, code: line.technique, display: line.techniqueName }],
      text: line.techniqueName,
    },
    subject: at.subject,
    encounter: at.encounter,
    performedPeriod: { start: at.start, end: at.end },
    performer: [{ actor: at.author }],
    bodySite: [siteConcept(line.site)],
  };
}

/** The signature under a note, by the person who is signed in. */
export function signature(note: fhir4.Reference, author: fhir4.Reference, when: string): fhir4.Provenance {
  return {
    resourceType: 'Provenance',
    target: [note],
    recorded: when,
    activity: { coding: [{ system: systems.completion, code: 'LA', display: 'legally authenticated' }] },
    agent: [{ who: author }],
    signature: [
      {
        type: [{ system: systems.signature, code: '1.2.840.10065.1.12.1.1', display: "Author's Signature" }],
        when,
        who: author,
      },
    ],
  };
}

const measureTexts: Record<string, string> = {
  'nprs-before': 'Pain before the session, 0 to 10',
  'nprs-after': 'Pain after the session, 0 to 10',
  'tenderness-before': 'Tenderness before, 0 to 10',
  'tenderness-after': 'Tenderness after, 0 to 10',
  ...feelings,
};

/** Tenderness is measured at a place, not by a technique: the first line of a place speaks for it. */
const onePerPlace = (work: Work[]) =>
  work.filter((line, at) => work.findIndex((other) => other.site.key === line.site.key) === at);

function roomOf(appointment?: fhir4.Appointment): fhir4.EncounterLocation[] | undefined {
  const room = appointment?.participant.find((p) => p.actor?.reference?.includes('Location/'))?.actor;
  return room && [{ location: room }];
}

const workLines = (work: Work[]) => work.map(workText);

const measureLines = ({ pain, feeling }: NoteInput) => [painLine(pain), feelingText(feeling ?? {})].filter(Boolean);

const painLine = (pain: Pain) =>
  `Pain before ${pain.before ?? 'not rated'}, after ${pain.after ?? 'not rated'}, of 10.`;

export function noteBundle(given: NoteInput): fhir4.Bundle {
  // A session that was not given, was stopped or referred away is charted by its reason, without a treatment.
  const input = given.kind === 'session' ? given : { ...given, work: [] };
  const build = new Builder(input);
  build.addEncounter();
  const work = input.work.map((line) => build.procedure(line));
  const measures = build.measures();
  const more = [...build.findings(), ...build.zones()];
  build.sign(build.composition(work, measures, more));
  if (input.appointment) build.change({ ...input.appointment, status: 'fulfilled' });
  return { resourceType: 'Bundle', type: 'transaction', entry: build.entries };
}
