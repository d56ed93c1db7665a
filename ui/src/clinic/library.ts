// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The knowledge that the program works by, as entries to read: conditions, techniques, protocols, muscles, safety rules,
// measures and claims. They are FHIR definitions; docs/formats/clinical-resources.md tells their shapes.
import { base, systems } from '../fhir/canonical';
import type { Concept } from '../app/definitions';
import type { ClaimEvidence } from './evidence';

export const kinds = [
  { code: 'condition', name: 'Conditions' },
  { code: 'protocol', name: 'Protocols' },
  { code: 'technique', name: 'Techniques' },
  { code: 'muscle', name: 'Muscles' },
  { code: 'rule', name: 'Safety rules' },
  { code: 'measure', name: 'Measures' },
  { code: 'claim', name: 'Claims' },
] as const;
export type Kind = (typeof kinds)[number]['code'];

export type Source = { text: string; read: boolean };
/** One thing that an entry says: in words, or as a list. */
export type Fact = { label: string; text: string | string[] };
export type Entry = {
  kind: Kind;
  code: string;
  title: string;
  /** What the list shows under the title. */
  about: string;
  facts: Fact[];
  sources: Source[];
  certainty?: string;
  version?: string;
  /** The practice's own, and whether it is in force. */
  own: boolean;
  status: string;
  resource?: fhir4.PlanDefinition | fhir4.ActivityDefinition;
};

type Definition = fhir4.PlanDefinition | fhir4.ActivityDefinition;
const url = (name: string) => `${base}StructureDefinition/${name}`;
const originPractice = (resource: Definition) =>
  Boolean(resource.meta?.tag?.some((tag) => tag.system === systems.origin && tag.code === 'practice'));

/** The parts of one complex extension. */
const partsOf = (holder: { extension?: fhir4.Extension[] } | undefined, name: string) =>
  holder?.extension?.find((one) => one.url === url(name))?.extension ?? [];
const valueOf = (part: fhir4.Extension | undefined): string => {
  if (!part) return '';
  const range = part.valueRange;
  if (range) return `${range.low?.value ?? ''} to ${range.high?.value ?? ''}`;
  const value =
    part.valueString ?? part.valueCode ?? part.valueCoding?.display ?? part.valueInteger ?? part.valueDecimal;
  return value === undefined ? (part.valueBoolean === undefined ? '' : part.valueBoolean ? 'yes' : 'no') : String(value);
};
const one = (parts: fhir4.Extension[], name: string) => valueOf(parts.find((part) => part.url === name));
const all = (parts: fhir4.Extension[], name: string) => parts.filter((part) => part.url === name).map(valueOf);

/** "deep_tissue" as words, where no name is known. */
const words = (code: string) => code.replaceAll('_', ' ');

/** A mark "known:" was not re-read in its source, and says so wherever it is shown. */
export const sourcesOf = (resource: Pick<Definition, 'relatedArtifact'>): Source[] =>
  (resource.relatedArtifact ?? [])
    .filter((artifact) => artifact.type === 'citation')
    .map((artifact) => ({
      text: artifact.citation ?? artifact.display ?? artifact.label ?? '',
      read: !artifact.label?.startsWith('known:'),
    }));

const said = (facts: Fact[]) => facts.filter((fact) => fact.text.length > 0);
const common = (resource: Definition) => ({
  sources: sourcesOf(resource),
  version: resource.version,
  own: originPractice(resource),
  status: resource.status,
  resource,
});

export type Names = { technique: Map<string, string>; region: Map<string, string>; instrument: Map<string, string> };
const named = (names: Map<string, string>, codes: string[]) =>
  codes.map((code) => (code === 'all' ? 'all' : (names.get(code) ?? words(code))));

function technique(resource: fhir4.ActivityDefinition): Entry {
  const parts = partsOf(resource, 'technique');
  const pressure = one(parts, 'pressure');
  const minutes = one(parts, 'minutes');
  return {
    kind: 'technique',
    code: resource.code?.coding?.[0]?.code ?? resource.id ?? '',
    title: resource.title ?? '',
    about: [words(one(parts, 'family')), pressure && `pressure ${pressure} of 10`].filter(Boolean).join(' · '),
    facts: said([
      { label: 'Aims', text: all(parts, 'aim') },
      { label: 'Tissues', text: all(parts, 'tissue') },
      { label: 'Cautions', text: all(parts, 'caution') },
      { label: 'Pressure', text: pressure && `${pressure} of 10` },
      { label: 'Minutes for a region', text: minutes },
      { label: 'Needs training', text: one(parts, 'requires-training') },
    ]),
    ...common(resource),
  };
}

function condition(resource: fhir4.PlanDefinition, names: Names): Entry {
  const parts = partsOf(resource, 'care-condition');
  const dose = parts.find((part) => part.url === 'dose')?.extension ?? [];
  const icd = (resource.useContext ?? [])
    .flatMap((context) => context.valueCodeableConcept?.coding ?? [])
    .filter((coding) => coding.system === systems.icd10)
    .map((coding) => coding.code ?? '');
  const code = (resource.useContext ?? [])
    .flatMap((context) => context.valueCodeableConcept?.coding ?? [])
    .find((coding) => coding.system === systems.condition)?.code;
  const certainty = parts.find((part) => part.url === 'certainty')?.valueCoding?.code ?? '';
  return {
    kind: 'condition',
    code: code ?? resource.id ?? '',
    title: resource.title ?? '',
    about: `${one(dose, 'minutes')} min, ${one(dose, 'per-week')} a week, ${one(dose, 'weeks')} weeks`,
    certainty,
    facts: said([
      { label: 'What research says', text: one(parts, 'evidence') },
      { label: 'Guideline', text: one(parts, 'guideline') },
      {
        label: 'Dose',
        text: `${one(dose, 'minutes')} minutes, ${one(dose, 'per-week')} a week, for ${one(dose, 'weeks')} weeks. ${one(dose, 'basis')}`,
      },
      { label: 'What the dose does', text: one(parts, 'dose-effects') },
      {
        label: 'Techniques',
        text: (resource.action?.[0]?.action ?? []).map((action) => action.title ?? ''),
      },
      { label: 'Leave out', text: named(names.technique, all(parts, 'avoid-technique')) },
      { label: 'Why', text: one(parts, 'avoid-note') },
      { label: 'Regions', text: named(names.region, all(parts, 'region')) },
      { label: 'Muscles', text: all(parts, 'muscle').map(words) },
      { label: 'Measures', text: named(names.instrument, all(parts, 'outcome')) },
      { label: 'Red flags', text: all(parts, 'red-flag').map(words) },
      { label: 'Beside massage', text: all(parts, 'co-therapy') },
      { label: 'ICD-10-CM', text: icd },
    ]),
    ...common(resource),
  };
}

const codeOf = (action: fhir4.PlanDefinitionAction) => action.code?.[0]?.coding?.[0];

function protocol(resource: fhir4.PlanDefinition, names: Names): Entry {
  const parts = partsOf(resource, 'protocol');
  const actions = resource.action ?? [];
  const phases = actions.filter((action) => codeOf(action)?.code === 'phase');
  return {
    kind: 'protocol',
    code: resource.id ?? '',
    title: resource.title ?? '',
    about: one(parts, 'basis') === 'trial' ? 'Dose of a trial' : 'Dose by convention',
    facts: said([
      ...phases.map((phase) => {
        const when = partsOf(phase, 'phase');
        return {
          label: `${phase.title} (weeks ${one(when, 'from-week')} to ${one(when, 'to-week')}, ${one(when, 'per-week')} a week)`,
          text: (phase.action ?? []).map((block) => block.title ?? ''),
        };
      }),
      ...actions
        .filter((action) => codeOf(action)?.system === systems.protocolRule || codeOf(action)?.code === 'review')
        .map((action) => ({ label: action.title ?? '', text: action.textEquivalent ?? '' })),
      {
        label: 'Care at home',
        text: actions
          .filter((action) => codeOf(action)?.code === 'home-care')
          .flatMap((action) => (action.action ?? []).map((inner) => inner.title ?? '')),
      },
      { label: 'Measures of the review', text: named(names.instrument, all(parts, 'measure')) },
      { label: 'Requires', text: all(parts, 'requirement') },
      { label: 'Note', text: resource.usage ?? '' },
    ]),
    ...common(resource),
  };
}

export const levels: Record<string, string> = {
  absolute: 'Stops treatment',
  clearance: 'Needs a clearance',
  local: 'Leaves out a place',
  precaution: 'Precaution',
  ask: 'Only asks',
};

function rule(resource: fhir4.PlanDefinition, names: Names): Entry {
  const parts = partsOf(resource, 'rule');
  const texts = resource.action?.[0]?.action ?? [];
  const forWhom = (who: string) =>
    texts.find((action) => action.participant?.[0]?.type === who)?.textEquivalent ?? '';
  const level = one(parts, 'level');
  const overridable: Record<string, string> = {
    no: 'Never by hand',
    clearance: 'By a recorded clearance',
    reason: 'With a reason',
  };
  return {
    kind: 'rule',
    code: parts.find((part) => part.url === 'rule')?.valueCoding?.code ?? resource.id ?? '',
    title: resource.title ?? '',
    about: levels[level] ?? level,
    facts: said([
      { label: 'What it does', text: levels[level] ?? level },
      { label: 'Why', text: resource.purpose ?? '' },
      { label: 'What the therapist does', text: forWhom('practitioner') },
      { label: 'What the patient is told', text: forWhom('patient') },
      { label: 'Techniques', text: named(names.technique, all(parts, 'technique')) },
      { label: 'Regions', text: named(names.region, all(parts, 'region')) },
      { label: 'Highest pressure there', text: one(parts, 'pressure-limit') },
      { label: 'What lifts it', text: one(parts, 'lifts-when') },
      { label: 'Lifted', text: overridable[one(parts, 'overridable')] ?? '' },
      { label: 'Strength', text: one(parts, 'strength') },
      {
        label: 'Who answers for it',
        text: one(parts, 'owner') === 'unassigned' ? 'Nobody has signed this yet' : one(parts, 'owner'),
      },
      { label: 'Review by', text: resource.effectivePeriod?.end ?? '' },
    ]),
    ...common(resource),
  };
}

function muscle(concept: Concept, names: Names): Entry {
  const { region = '', side = '', layer = '', referral = '', movement = '' } = concept.property;
  return {
    kind: 'muscle',
    code: concept.code,
    title: concept.name,
    about: names.region.get(region) ?? words(region),
    facts: said([
      { label: 'Region', text: names.region.get(region) ?? words(region) },
      { label: 'Side', text: side === 'paired' ? 'left and right' : side },
      { label: 'Layer', text: layer },
      { label: 'Trigger points refer to', text: referral && `${referral} (not yet verified)` },
      { label: 'Movements that fall short', text: movement ? movement.split(' ').map(words) : [] },
    ]),
    sources: [],
    own: false,
    status: 'active',
  };
}

const licences: Record<string, string> = {
  free: 'Its wording may be shown',
  free_clinical: 'Free for clinical use; only its score is entered here',
  needs_permission: 'Needs the owner’s permission; only its score is entered here',
  own: 'Written for this program',
  unknown_verify: 'Not known; only its score is entered here',
};

function measure(concept: Concept): Entry {
  const p = concept.property;
  return {
    kind: 'measure',
    code: concept.code,
    title: concept.name,
    about: licences[p.licence ?? ''] ?? '',
    facts: said([
      { label: 'Range', text: p.min === undefined ? '' : `${p.min} to ${p.max} ${p.unit ?? ''}`.trim() },
      { label: 'Better is', text: p.direction === 'higher-better' ? 'higher' : p.direction ? 'lower' : '' },
      { label: 'A change is clear from', text: p['clear-change'] ? `${p['clear-change']} ${p.unit ?? ''}` : 'nobody says' },
      { label: 'Wording', text: licences[p.licence ?? ''] ?? '' },
      { label: 'LOINC', text: p.loinc && p.loinc !== 'unknown' ? p.loinc : '' },
    ]),
    sources: p.sources ? [{ text: p.sources, read: p.verified === 'true' }] : [],
    own: false,
    status: 'active',
  };
}

function claim(one: ClaimEvidence): Entry {
  return {
    kind: 'claim',
    code: one.id,
    title: one.claim,
    about: one.say,
    certainty: one.certainty,
    facts: said([
      { label: 'What research found', text: one.finding },
      { label: 'Effect', text: one.effect === 'unknown' ? '' : one.effect },
      { label: 'What may be said', text: one.say },
      { label: 'What could test it here', text: one.own.map((own) => own.name) },
    ]),
    sources: one.sources,
    own: false,
    status: 'active',
  };
}

const typeOf = (plan: fhir4.PlanDefinition) => plan.type?.coding?.[0]?.code;

export type LibraryParts = {
  techniques: fhir4.ActivityDefinition[];
  plans: fhir4.PlanDefinition[];
  muscles: Concept[];
  regions: Concept[];
  instruments: Concept[];
  claims: ClaimEvidence[];
};

/** Every entry, each kind by title. */
export function readLibrary(parts: LibraryParts): Entry[] {
  const map = (list: Concept[]) => new Map(list.map((concept) => [concept.code, concept.name]));
  const names: Names = {
    technique: new Map(parts.techniques.map((t) => [t.code?.coding?.[0]?.code ?? '', t.title ?? ''])),
    region: map(parts.regions),
    instrument: map(parts.instruments),
  };
  const plans = (type: string) => parts.plans.filter((plan) => typeOf(plan) === type);
  const entries = [
    ...plans('order-set').map((plan) => condition(plan, names)),
    ...plans('clinical-protocol').map((plan) => protocol(plan, names)),
    ...parts.techniques.map(technique),
    ...parts.muscles.map((concept) => muscle(concept, names)),
    ...plans('eca-rule').map((plan) => rule(plan, names)),
    ...parts.instruments.map(measure),
    ...parts.claims.map(claim),
  ];
  return entries.sort((a, b) => order(a) - order(b) || a.title.localeCompare(b.title));
}
const order = (entry: Entry) => kinds.findIndex((kind) => kind.code === entry.kind);

const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '');

/** Those that hold every word somewhere; what is found in the title stands first. */
export function find(entries: Entry[], typed: string, kind: Kind | ''): Entry[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  const of = entries.filter((entry) => !kind || entry.kind === kind);
  if (!wanted.length) return of;
  const inTitle = (entry: Entry) => wanted.every((word) => plain(entry.title).includes(word));
  const anywhere = (entry: Entry) => {
    const text = plain([entry.title, entry.code, entry.about, ...entry.facts.flatMap((fact) => fact.text)].join(' '));
    return wanted.every((word) => text.includes(word));
  };
  const found = of.filter(anywhere);
  return [...found.filter(inTitle), ...found.filter((entry) => !inTitle(entry))];
}

export const entryPath = (entry: Pick<Entry, 'kind' | 'code'>) => `/library/${entry.kind}/${entry.code}`;
