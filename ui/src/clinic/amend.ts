// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// An amendment: a note of its own beside the signed one, which stays as it is. It adds words, or replaces the lines that
// were charted wrongly; it is signed like every note (docs/formats/clinical-resources.md, Signing).
import { refTo } from '../fhir/read';
import { narrative } from '../lib/text';
import { writeInstant } from '../lib/time';
import { uuidv7 } from '../lib/uuid';
import type { Note } from './chart';
import { procedureOf, signature } from './note';
import { workText, type Work } from './work';

export type AmendInput = {
  note: Note;
  text: string;
  /** The lines as they should have been; null when they stand. */
  work: Work[] | null;
  practitioner: { reference: string; name: string };
  zone: string;
  now: Date;
};

const same = (a: Work, b: Work) =>
  a.technique === b.technique && a.minutes === b.minutes && a.pressure === b.pressure && a.site.key === b.site.key;

/** Whether the corrected lines differ from those of the note. */
export const isCorrected = (before: Work[], after: Work[]) =>
  before.length !== after.length || before.some((line, i) => !same(line, after[i]!));

export function amendmentBundle({ note, text, work, practitioner, zone, now }: AmendInput): fhir4.Bundle {
  const { composition, encounter } = note;
  const author = { reference: practitioner.reference, display: practitioner.name };
  const entries: fhir4.BundleEntry[] = [];
  const add = (resource: fhir4.FhirResource): fhir4.Reference => {
    const fullUrl = `urn:uuid:${uuidv7()}`;
    const plain = JSON.parse(JSON.stringify(resource)) as fhir4.FhirResource;
    entries.push({ fullUrl, resource: plain, request: { method: 'POST', url: resource.resourceType } });
    return { reference: fullUrl };
  };
  const signed = writeInstant(now, zone);
  const start = encounter?.period?.start ?? composition.date;
  const at = {
    subject: composition.subject!,
    encounter: composition.encounter!,
    author,
    start,
    end: encounter?.period?.end ?? start,
  };
  const lines = (work ?? []).map((line) => {
    const known = note.work.find((old) => old.id === line.id);
    return known && same(known, line) ? { reference: `Procedure/${line.id}` } : add(procedureOf(line, at));
  });
  const corrected = work ? [{ title: 'Worked on', text: narrative(...work.map(workText)), entry: lines }] : [];
  const made = add({
    resourceType: 'Composition',
    text: narrative(`Amendment. ${text}`, ...(work ?? []).map(workText)),
    status: 'amended',
    type: composition.type,
    subject: composition.subject,
    encounter: composition.encounter,
    date: signed,
    author: [author],
    title: 'Amendment',
    attester: [{ mode: 'professional', time: signed, party: author }],
    relatesTo: [{ code: work ? 'replaces' : 'appends', targetReference: { reference: refTo(composition) } }],
    section: [
      { title: 'Amendment', text: narrative(text) },
      ...corrected.map((section) => (section.entry.length ? section : { title: section.title, text: section.text })),
    ],
  });
  add(signature(made, author, signed));
  return { resourceType: 'Bundle', type: 'transaction', entry: entries };
}

export const inErrorParameters = (reason: string): fhir4.Parameters => ({
  resourceType: 'Parameters',
  parameter: [{ name: 'reason', valueString: reason }],
});
