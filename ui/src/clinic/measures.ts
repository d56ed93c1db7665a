// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The answer of Patient/{id}/$measures as values that a screen can show: what was measured, what is due and why, and what
// the change amounts to. The judgement is the server's; here it gets its words.
import { shortDay, dayOf, type Day } from '../lib/time';

export type Point = { at: string; day: Day; value: number; ref: string };
export type Judgement = 'meaningful' | 'possible' | 'no-clear-change';
/** How a value gets into the record: by a form, by its score alone, or in the session note and the assessment. */
export type Entry = 'form' | 'score' | 'note';
export type Measure = {
  code: string;
  name: string;
  unit: string;
  low?: number;
  high?: number;
  /** Undefined where nobody says which way is better. */
  better?: 'lower' | 'higher';
  /** Of a movement: the reference value of adults, and the ends that references give. */
  norm?: { value: number; low?: number; high?: number };
  licence: string;
  entry: Entry;
  /** The id of the form to fill in. */
  form?: string;
  due?: Day;
  reason?: string;
  /** In points, from the first value on; undefined where no source says one. */
  clear?: number;
  source?: string;
  /** What may be measurement error. */
  noise?: number;
  points: Point[];
  judgement?: Judgement;
  change?: number;
  percent?: number;
};

type Part = fhir4.ParametersParameter;
const partOf = (part: Part, name: string) => part.part?.find((inner) => inner.name === name);
const words = (part: Part, name: string) => {
  const found = partOf(part, name);
  return found?.valueString ?? found?.valueCode ?? found?.valueUri ?? found?.valueCanonical;
};
const number = (part: Part, name: string) => {
  const found = partOf(part, name);
  return found?.valueDecimal ?? found?.valueInteger;
};

function readPoint(part: Part, zone: string): Point[] {
  const at = partOf(part, 'at')?.valueDateTime;
  const value = number(part, 'value');
  if (!at || value === undefined) return [];
  const ref = partOf(part, 'ref')?.valueReference?.reference ?? '';
  return [{ at, day: at.length > 10 ? dayOf(at, zone) : at, value, ref }];
}

const betterOf = (direction?: string) =>
  direction?.startsWith('higher') ? 'higher' : direction?.startsWith('lower') ? 'lower' : undefined;

function normOf(part: Part): Measure['norm'] {
  const value = number(part, 'norm');
  return value === undefined ? undefined : { value, low: number(part, 'normLow'), high: number(part, 'normHigh') };
}

function readMeasure(part: Part, zone: string): Measure {
  const points = (part.part ?? []).filter((inner) => inner.name === 'point').flatMap((one) => readPoint(one, zone));
  return {
    code: words(part, 'code') ?? '',
    name: words(part, 'name') ?? words(part, 'code') ?? '',
    unit: words(part, 'unit') ?? '',
    low: number(part, 'low'),
    high: number(part, 'high'),
    better: betterOf(words(part, 'direction')),
    norm: normOf(part),
    licence: (words(part, 'licence') ?? '').replace(/_/g, '-'),
    entry: (words(part, 'entry') ?? 'note') as Entry,
    form: words(part, 'questionnaire')?.split('|')[0]!.split('/').at(-1),
    due: partOf(part, 'due')?.valueDate,
    reason: words(part, 'reason'),
    clear: number(part, 'clear'),
    source: words(part, 'clearSource'),
    noise: number(part, 'noise'),
    points: points.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    judgement: words(part, 'judgement') as Judgement | undefined,
    change: number(part, 'change'),
    percent: partOf(part, 'percent')?.valueInteger,
  };
}

export const readMeasures = (answer: fhir4.Parameters, zone: string): Measure[] =>
  (answer.parameter ?? []).filter((part) => part.name === 'measure').map((part) => readMeasure(part, zone));

/** "12.5", "−3": one decimal at most, with the sign that typesetters use. */
export const figure = (value: number) => String(Math.round(value * 10) / 10).replace('-', '−');
const signed = (value: number) => (value > 0 ? `+${figure(value)}` : value === 0 ? '±0' : figure(value));

export type Verdict = { word: string; text: string; tone: 'ok' | 'hold' | 'plain' };

/** The newest value against the first, raw and in percent; null while there is only one. */
export function verdictOf(measure: Measure): Verdict | null {
  const { change, percent, judgement, points } = measure;
  if (points.length < 2 || change === undefined) return null;
  const share = percent === undefined ? '' : ` (${signed(percent)} %)`;
  const text = `${signed(change)}${share}`;
  if (!judgement) return { word: 'Not judged', text: `${text}, no threshold is known`, tone: 'plain' };
  if (judgement === 'no-clear-change') return { word: 'No clear change', text, tone: 'plain' };
  const better = measure.better === 'higher' ? change > 0 : change < 0;
  const word = judgement === 'meaningful' ? 'Meaningful change' : 'Possible change';
  return {
    word: better ? word : `${word}, for the worse`,
    text,
    tone: better && judgement === 'meaningful' ? 'ok' : better ? 'plain' : 'hold',
  };
}

/** The same for the person who was measured. */
export function plainWords(measure: Measure, today: Day): string {
  const [first, last] = [measure.points[0], measure.points.at(-1)];
  if (!first || !last) return '';
  const now = `${figure(last.value)} on ${shortDay(last.day, today)}`;
  if (first === last) return `It was ${now}. A second value shows a direction.`;
  const said = `From ${figure(first.value)} on ${shortDay(first.day, today)} to ${now}`;
  if (!measure.judgement || !measure.better) return `${said}.`;
  if (measure.judgement === 'no-clear-change') return `${said}: too small a change to tell from chance.`;
  if (verdictOf(measure)?.tone === 'hold') return `${said}: this got worse; please tell your therapist.`;
  return measure.judgement === 'meaningful'
    ? `${said}: a change that most people notice.`
    : `${said}: perhaps a change, perhaps chance.`;
}

export const directionWords = ({ better }: Measure) => (better ? `${better} is better` : '');

const unitWords = ({ unit }: Measure) => (unit ? ` ${unit}` : '');

/** "norm of adults 60, 60 to 80" */
function normWords({ norm }: Measure): string {
  if (!norm) return '';
  const ends =
    norm.low === undefined || norm.high === undefined ? '' : ` (${figure(norm.low)} to ${figure(norm.high)})`;
  return `norm of adults ${figure(norm.value)}${ends}`;
}

/** "0 to 24 points, lower is better" */
export function rangeWords(measure: Measure): string {
  const { low, high } = measure;
  const range =
    low === undefined || high === undefined ? measure.unit : `${figure(low)} to ${figure(high)}${unitWords(measure)}`;
  return [range, normWords(measure), directionWords(measure)].filter(Boolean).join(', ');
}

/** Why there is no wording to fill in; undefined where there is, or where nothing is worded. */
export function licenceWords({ licence, entry }: Measure): string | undefined {
  if (entry !== 'score' || licence === 'free' || licence === 'own') return undefined;
  const why: Record<string, string> = {
    'needs-permission': 'its owner has to permit that',
    'unknown-verify': 'whether that is allowed has not been verified',
    'free-clinical': 'it is free for clinical use, but its text is not part of this program',
  };
  return `The questions are not shown: ${why[licence] ?? 'its licence is not known'}. Use the published form and enter its score.`;
}

/** What a change has to reach, and on whose word. */
export function thresholdWords({ clear, noise, source, unit }: Measure): string {
  const points = unit || 'points';
  const error = noise === undefined ? '' : ` Up to ${figure(noise)} ${points} may be measurement error.`;
  if (clear === undefined) return `No source says from where on a change of this measure matters to people.${error}`;
  return `A change of ${figure(clear)} ${points} from the first value is called meaningful.${error}${source ? ` Source: ${source}` : ''}`;
}

/** What is asked for with a visit that is not booked yet has a reason, but no day. */
export const isAsked = ({ due, reason }: Measure) => Boolean(due || reason);
export const isDue = ({ due }: Measure, today: Day) => due !== undefined && due <= today;

/** "Due since 12 Nov, because: at the start" */
export function dueWords({ due, reason }: Measure, today: Day): string {
  if (!due) return reason ? `With a visit that is not booked yet: ${reason}` : '';
  const when =
    due < today ? `Due since ${shortDay(due, today)}` : due === today ? 'Due today' : `Due on ${shortDay(due, today)}`;
  return reason ? `${when}, because: ${reason}` : when;
}
