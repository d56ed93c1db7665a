// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a practice adds to the library itself: a technique, a safety rule, a plan template, as the FHIR definitions that the server
// takes (docs/formats/clinical-resources.md). An own rule only adds; no shipped rule can be changed or switched off.
import { base, systems } from '../fhir/canonical';

const url = (name: string) => `${base}StructureDefinition/${name}`;
const own = { tag: [{ system: systems.origin, code: 'practice' }] };
const planType = 'http://terminology.hl7.org/CodeSystem/plan-definition-type';
const trigger = 'application/vnd.tripsis.trigger+json';

/** "Cupping, wet" → "cupping_wet": the code of something new. */
export const codeFrom = (title: string) =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 40);

const lines = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean);
const citations = (text: string) =>
  lines(text).map((citation): fhir4.RelatedArtifact => ({ type: 'citation', citation }));
const citationText = (artifacts: fhir4.RelatedArtifact[] | undefined) =>
  (artifacts ?? []).map((artifact) => artifact.citation ?? '').join('\n');
const parts = (holder: { extension?: fhir4.Extension[] } | undefined, name: string) =>
  holder?.extension?.find((one) => one.url === url(name))?.extension ?? [];
const part = (list: fhir4.Extension[], name: string) => list.find((one) => one.url === name);
const all = (list: fhir4.Extension[], name: string) => list.filter((one) => one.url === name);
/** What is stored keeps its id and version, so that a change is an update. */
const kept = <R extends fhir4.ActivityDefinition | fhir4.PlanDefinition>(old: R | undefined) =>
  old ? { id: old.id, meta: { ...old.meta, ...own } } : { meta: own };

// --- Technique

export type TechniqueForm = {
  title: string;
  family: string;
  pressure: [number, number];
  minutes: [number, number];
  aims: string;
  cautions: string;
  training: boolean;
  sources: string;
  status: 'active' | 'retired';
};

export const newTechnique: TechniqueForm = {
  title: '',
  family: '',
  pressure: [2, 5],
  minutes: [5, 15],
  aims: '',
  cautions: '',
  training: false,
  sources: '',
  status: 'active',
};

export function toTechnique(form: TechniqueForm, old?: fhir4.ActivityDefinition): fhir4.ActivityDefinition {
  const range = ([low, high]: [number, number], unit?: string): fhir4.Range => ({
    low: { value: low, ...(unit && { unit }) },
    high: { value: high, ...(unit && { unit }) },
  });
  const code = old?.code?.coding?.[0]?.code ?? codeFrom(form.title);
  return {
    resourceType: 'ActivityDefinition',
    ...kept(old),
    extension: [
      {
        url: url('technique'),
        extension: [
          ...(form.family ? [{ url: 'family', valueString: form.family }] : []),
          { url: 'pressure', valueRange: range(form.pressure) },
          { url: 'minutes', valueRange: range(form.minutes, 'min') },
          ...lines(form.aims).map((valueString) => ({ url: 'aim', valueString })),
          ...lines(form.cautions).map((valueString) => ({ url: 'caution', valueString })),
          { url: 'requires-training', valueBoolean: form.training },
        ],
      },
    ],
    title: form.title.trim(),
    status: form.status,
    ...(form.sources.trim() && { relatedArtifact: citations(form.sources) }),
    kind: 'ServiceRequest',
    code: { coding: [{ system: systems.technique, code, display: form.title.trim() }] },
  };
}

export function readTechnique(resource: fhir4.ActivityDefinition): TechniqueForm {
  const list = parts(resource, 'technique');
  const ends = (name: string, otherwise: [number, number]): [number, number] => {
    const range = part(list, name)?.valueRange;
    return [range?.low?.value ?? otherwise[0], range?.high?.value ?? otherwise[1]];
  };
  const text = (name: string) =>
    all(list, name)
      .map((one) => one.valueString ?? '')
      .join('\n');
  return {
    title: resource.title ?? '',
    family: text('family'),
    pressure: ends('pressure', newTechnique.pressure),
    minutes: ends('minutes', newTechnique.minutes),
    aims: text('aim'),
    cautions: text('caution'),
    training: part(list, 'requires-training')?.valueBoolean ?? false,
    sources: citationText(resource.relatedArtifact),
    status: resource.status === 'retired' ? 'retired' : 'active',
  };
}

// --- Safety rule

/** One condition of a rule, as a person picks it. */
export type When =
  | { kind: 'diagnosis'; codes: string }
  | { kind: 'answer'; finding: string }
  | { kind: 'medicine'; medicine: string }
  | { kind: 'age'; op: '>=' | '<'; years: number }
  | { kind: 'measure'; measure: string; op: '>=' | '<'; value: number };

export const measures: Record<string, { name: string; unit: string }> = {
  systolic: { name: 'Systolic pressure, mmHg', unit: 'mm[Hg]' },
  diastolic: { name: 'Diastolic pressure, mmHg', unit: 'mm[Hg]' },
  heart_rate: { name: 'Heart rate, per minute', unit: '/min' },
  body_temperature: { name: 'Temperature, °C', unit: 'Cel' },
  oxygen_saturation: { name: 'Oxygen saturation, %', unit: '%' },
  glucose: { name: 'Glucose, mg/dL', unit: 'mg/dL' },
};

export type RuleForm = {
  title: string;
  why: string;
  level: string;
  match: 'any' | 'all';
  when: When[];
  techniques: string[];
  regions: string[];
  therapist: string;
  patient: string;
  lifts: string;
  owner: string;
  reviewBy: string;
  sources: string;
  status: 'active' | 'retired';
};

export const newRule: RuleForm = {
  title: '',
  why: '',
  level: 'precaution',
  match: 'any',
  when: [{ kind: 'diagnosis', codes: '' }],
  techniques: [],
  regions: [],
  therapist: '',
  patient: '',
  lifts: '',
  owner: '',
  reviewBy: '',
  sources: '',
  status: 'active',
};

/** https://… the grammar is section 4 of the header of knowledge/contraindications.yaml. */
function toCondition(when: When): unknown {
  switch (when.kind) {
    case 'diagnosis':
      return { icd10: when.codes.split(/[\s,;]+/).filter(Boolean).map((code) => code.toUpperCase()) };
    case 'answer':
      return { finding: [when.finding] };
    case 'medicine':
      return { medicine: when.medicine };
    case 'age':
      return { age: when.op, years: when.years };
    case 'measure':
      return { vital: when.measure, op: when.op, value: when.value, unit: measures[when.measure]?.unit, within: 'P1D' };
  }
}

type Clause = { icd10?: string[]; finding?: string[]; medicine?: string; age?: '>=' | '<'; years?: number } & {
  vital?: string;
  op?: '>=' | '<';
  value?: number;
};
function readCondition(clause: Clause): When {
  if (clause.finding) return { kind: 'answer', finding: clause.finding[0] ?? '' };
  if (clause.medicine) return { kind: 'medicine', medicine: clause.medicine };
  if (clause.age) return { kind: 'age', op: clause.age, years: clause.years ?? 0 };
  if (clause.vital) return { kind: 'measure', measure: clause.vital, op: clause.op ?? '>=', value: clause.value ?? 0 };
  return { kind: 'diagnosis', codes: (clause.icd10 ?? []).join(', ') };
}

const overridable: Record<string, string> = { absolute: 'no', clearance: 'clearance', local: 'reason', precaution: 'reason' };

export function toRule(form: RuleForm, old?: fhir4.PlanDefinition): fhir4.PlanDefinition {
  const code = part(parts(old, 'rule'), 'rule')?.valueCoding?.code ?? codeFrom(form.title);
  const title = form.title.trim();
  const codes = (name: string, list: string[]) =>
    (list.length ? list : ['all']).map((valueCode) => ({ url: name, valueCode }));
  const toldTo = (type: 'practitioner' | 'patient', words: string, text: string): fhir4.PlanDefinitionAction[] =>
    text.trim() ? [{ title: words, textEquivalent: text.trim(), participant: [{ type }] }] : [];
  return {
    resourceType: 'PlanDefinition',
    ...kept(old),
    extension: [
      {
        url: url('rule'),
        extension: [
          { url: 'rule', valueCoding: { system: systems.rule, code, display: title } },
          { url: 'level', valueCode: form.level },
          ...codes('technique', form.techniques),
          ...codes('region', form.regions),
          ...(form.lifts.trim() ? [{ url: 'lifts-when', valueString: form.lifts.trim() }] : []),
          ...(overridable[form.level] ? [{ url: 'overridable', valueCode: overridable[form.level] }] : []),
          { url: 'valid-for', valueString: form.level === 'clearance' ? 'P90D' : 'same_day' },
          { url: 'owner', valueString: form.owner.trim() || 'unassigned' },
        ],
      },
    ],
    title,
    type: { coding: [{ system: planType, code: 'eca-rule' }] },
    status: form.status,
    purpose: form.why.trim(),
    ...(form.reviewBy && { effectivePeriod: { end: form.reviewBy } }),
    ...(form.sources.trim() && { relatedArtifact: citations(form.sources) }),
    action: [
      {
        title,
        condition: [
          {
            kind: 'applicability',
            expression: {
              language: trigger,
              expression: JSON.stringify({ history: 'ignored', trigger: { [form.match]: form.when.map(toCondition) } }),
            },
          },
        ],
        action: [
          ...toldTo('practitioner', 'For the therapist', form.therapist),
          ...toldTo('patient', 'For the patient', form.patient),
        ],
      },
    ],
  };
}

export function readRule(resource: fhir4.PlanDefinition): RuleForm {
  const list = parts(resource, 'rule');
  const codes = (name: string) =>
    all(list, name)
      .map((one) => one.valueCode ?? '')
      .filter((code) => code && code !== 'all');
  const action = resource.action?.[0];
  const told = (type: string) =>
    action?.action?.find((one) => one.participant?.[0]?.type === type)?.textEquivalent ?? '';
  const group = readTrigger(action?.condition?.[0]?.expression?.expression);
  const owner = part(list, 'owner')?.valueString ?? '';
  return {
    title: resource.title ?? '',
    why: resource.purpose ?? '',
    level: part(list, 'level')?.valueCode ?? 'precaution',
    ...group,
    techniques: codes('technique'),
    regions: codes('region'),
    therapist: told('practitioner'),
    patient: told('patient'),
    lifts: part(list, 'lifts-when')?.valueString ?? '',
    owner: owner === 'unassigned' ? '' : owner,
    reviewBy: resource.effectivePeriod?.end ?? '',
    sources: citationText(resource.relatedArtifact),
    status: resource.status === 'retired' ? 'retired' : 'active',
  };
}

function readTrigger(expression: string | undefined): Pick<RuleForm, 'match' | 'when'> {
  try {
    const { trigger: group } = JSON.parse(expression ?? '') as { trigger: { any?: Clause[]; all?: Clause[] } };
    const clauses = group.any ?? group.all ?? [];
    return { match: group.any ? 'any' : 'all', when: clauses.map(readCondition) };
  } catch {
    return { match: 'any', when: newRule.when };
  }
}

// --- Plan template

/** A template made of a protocol: the same course under the practice's own name, its frequency and minutes changed. */
export function templateOf(
  protocol: fhir4.PlanDefinition,
  changes: { title: string; phases: { perWeek: number; minutes: number[] }[]; status: 'active' | 'retired' },
  old?: fhir4.PlanDefinition,
): fhir4.PlanDefinition {
  const { id: _, meta: __, url: ___, name: ____, version: _____, publisher: ______, date: _______, text: ________, ...rest } = protocol;
  let phase = -1;
  return {
    ...rest,
    ...kept(old),
    title: changes.title.trim(),
    status: changes.status,
    action: (protocol.action ?? []).map((action) => {
      if (action.code?.[0]?.coding?.[0]?.code !== 'phase') return action;
      phase += 1;
      const wanted = changes.phases[phase];
      if (!wanted) return action;
      const { timingTiming: _timing, ...kept } = action;
      return {
        ...kept,
        extension: action.extension?.map((one) =>
          one.url !== url('phase')
            ? one
            : {
                ...one,
                extension: one.extension?.map((inner) =>
                  inner.url === 'per-week' ? { url: 'per-week', valueDecimal: wanted.perWeek } : inner,
                ),
              },
        ),
        action: action.action?.map((block, i) => withMinutes(block, wanted.minutes[i])),
      };
    }),
  };
}

function withMinutes(block: fhir4.PlanDefinitionAction, minutes: number | undefined): fhir4.PlanDefinitionAction {
  if (minutes === undefined) return block;
  return {
    ...block,
    title: block.title?.replace(/\d+ minutes?$/, `${minutes} minutes`),
    extension: block.extension?.map((one) =>
      one.url !== url('block')
        ? one
        : {
            ...one,
            extension: one.extension?.map((inner) =>
              inner.url === 'minutes' ? { url: 'minutes', valueInteger: minutes } : inner,
            ),
          },
    ),
  };
}

/** The phases of a protocol with what can be changed in them. */
export const phasesOf = (protocol: fhir4.PlanDefinition) =>
  (protocol.action ?? [])
    .filter((action) => action.code?.[0]?.coding?.[0]?.code === 'phase')
    .map((action) => ({
      title: action.title ?? '',
      perWeek: part(parts(action, 'phase'), 'per-week')?.valueDecimal ?? 1,
      blocks: (action.action ?? []).map((block) => ({
        title: (block.title ?? '').replace(/, \d+ minutes?$/, ''),
        minutes: part(parts(block, 'block'), 'minutes')?.valueInteger ?? 0,
      })),
    }));
