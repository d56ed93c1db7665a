// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The state of a note that is being written, and its way back from the draft: a draft is the very transaction that will be
// posted (docs/api.md, Drafts), so any device can take it up again.
import { extensions, systems } from '../fhir/canonical';
import { codeIn } from '../fhir/read';
import { readNarrative } from '../lib/text';
import { uuidv7 } from '../lib/uuid';
import { assessment, type Pain } from './assessment';
import type { NoteKind } from './chart';
import { readDrawing, type Stroke } from './drawing';
import { feelingCodes, type Feeling } from './feeling';
import { readFinding, type Finding } from './findings';
import { readMotions, type Motion } from './motion';
import { readWork, type Work } from './work';
import { readZone, type Zone } from './zones';

export type Draft = {
  /** The note's own id. */
  id: string;
  kind: NoteKind;
  work: Work[];
  pain: Pain;
  feeling: Feeling;
  /** The therapist's own sentence; null while the composed one stands. */
  own: string | null;
  reason: string;
  findings: Finding[];
  motions: Motion[];
  strokes: Stroke[];
  zones: Zone[];
  /** Ids of Flags: avoid zones of earlier visits that end with this note. */
  lifted: string[];
  aftercare: string;
  reaction: string;
};

export const emptyDraft = (): Draft => ({
  id: uuidv7(),
  kind: 'session',
  work: [],
  pain: { before: null, after: null },
  feeling: {},
  own: null,
  reason: '',
  findings: [],
  motions: [],
  strokes: [],
  zones: [],
  lifted: [],
  aftercare: '',
  reaction: '',
});

export const isUntouched = (draft: Draft) =>
  draft.kind === 'session' &&
  draft.pain.before === null &&
  draft.pain.after === null &&
  !Object.keys(draft.feeling).length &&
  ![draft.own, draft.reason, draft.aftercare, draft.reaction].some(Boolean) &&
  ![draft.work, draft.findings, draft.motions, draft.strokes, draft.zones, draft.lifted].some((list) => list.length);

const urn = 'urn:uuid:';
type Named<R> = R & { id: string };

/** Everything that the transaction creates, under the id that its entry gives it. */
function created<T extends fhir4.FhirResource['resourceType']>(bundle: fhir4.Bundle, type: T) {
  return (bundle.entry ?? [])
    .filter((entry) => entry.resource?.resourceType === type && entry.request?.method === 'POST')
    .map((entry) => ({ ...entry.resource, id: entry.fullUrl?.replace(urn, '') })) as Named<
    Extract<fhir4.FhirResource, { resourceType: T }>
  >[];
}

/** Which Procedures were carried forward from which note. */
function carriedFrom(bundle: fhir4.Bundle): Map<string, string> {
  const from = new Map<string, string>();
  for (const entity of created(bundle, 'Provenance').flatMap((p) => p.entity ?? []))
    for (const extension of entity.extension ?? [])
      if (extension.url === extensions.carried && extension.valueReference?.reference && entity.what.reference)
        from.set(extension.valueReference.reference.replace(urn, ''), entity.what.reference);
  return from;
}

/** The note as it was being written; undefined when the Bundle holds none. */
export function readDraft(bundle: fhir4.Bundle | undefined): Draft | undefined {
  const note = bundle && created(bundle, 'Composition')[0];
  if (!bundle || !note) return undefined;
  const observations = created(bundle, 'Observation');
  const from = carriedFrom(bundle);
  const work = readWork(created(bundle, 'Procedure'), observations).map((line) =>
    from.has(line.id) ? { ...line, from: from.get(line.id)! } : line,
  );
  const rated = (code: string) =>
    observations.find((o) => codeIn(o.code, systems.measure) === code)?.valueInteger ?? null;
  const pain = { before: rated('nprs-before'), after: rated('nprs-after') };
  const feeling: Feeling = Object.fromEntries(
    feelingCodes.map((code) => [code, rated(code)]).filter(([, value]) => value !== null),
  );
  const said = (title: string) => {
    const section = note.section?.find((s) => s.title === title);
    const text = readNarrative(section?.text?.div);
    return text === 'Nothing noted.' ? '' : text;
  };
  const kind = (codeIn(note.type, systems.note) ?? 'session') as NoteKind;
  const encounter = bundle.entry?.find((e) => e.resource?.resourceType === 'Encounter')?.resource as fhir4.Encounter;
  const sentence = said('Assessment');
  const findings = observations.flatMap((o) => readFinding(o) ?? []);
  return {
    id: note.id,
    kind,
    work,
    pain,
    feeling,
    own: kind !== 'session' || sentence === readNarrativeOf(assessment(work, pain, findings)) ? null : sentence,
    reason: said('Reason'),
    findings,
    motions: readMotions(observations, encounter?.period?.start ?? ''),
    strokes: observations.flatMap(readDrawing),
    zones: created(bundle, 'Flag').flatMap((flag) => readZone(flag) ?? []),
    lifted: (bundle.entry ?? [])
      .filter((e) => e.request?.method === 'PUT' && e.resource?.resourceType === 'Flag')
      .map((e) => e.resource!.id!),
    aftercare: said('Aftercare'),
    reaction: said('Reaction'),
  };
}

/** A text as a narrative gives it back: without blank lines and edges. */
const readNarrativeOf = (text: string) =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n');
