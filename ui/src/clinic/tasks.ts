// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The worklist as a person works it off, read from $worklist: what it is about, by when, and the one thing to do. Computed
// tasks vanish when their cause does; stored ones are marked done.
import { systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { codeIn, Contents, idOf, key, personName } from '../fhir/read';
import { dayOf, type Day } from '../lib/time';
import type { Need } from './day';

export type TaskTone = 'stop' | 'hold' | 'info' | 'plain';
export type Step = { word: string; href?: string; does?: 'done' | 'licence' | 'clear' | 'after-effect' };
export type WorkItem = {
  id: string;
  task: Stored<fhir4.Task>;
  code: string;
  title: string;
  who: string;
  patient?: string;
  text: string;
  due?: Day;
  tone: TaskTone;
  owner?: string;
  step: Step;
};

/** What each kind of task is called where no patient is named, and before its line is read. */
export const taskTitles: Record<string, string> = {
  'unsigned-note': 'Note not signed',
  draft: 'Note is a draft',
  'referral-expiring': 'Referral ends soon',
  'visits-left': 'Few authorised visits left',
  'licence-expiring': 'Licence ends soon',
  clearance: 'Needs a clearance',
  'form-missing': 'Forms are missing',
  'review-due': 'Plan is due for review',
  'after-effect': 'Something happened after a visit',
  crisis: 'Thoughts of self-harm reported',
};

const tones: Record<string, TaskTone> = { stat: 'stop', urgent: 'hold', asap: 'info', routine: 'plain' };
const urgency = ['stat', 'urgent', 'asap', 'routine'];

/** One that the server worked out just now; it is not stored, so it cannot be marked done. */
export const isComputed = (task: fhir4.Task) =>
  Boolean(task.meta?.tag?.some((tag) => tag.system === systems.attention && tag.code === 'computed'));

function stepOf(code: string, task: fhir4.Task, patient: string | undefined): Step {
  const focus = key(task.focus?.reference) ?? '';
  const chart = patient && `/patients/${patient}`;
  if ((code === 'unsigned-note' || code === 'draft') && focus.startsWith('Appointment/'))
    return { word: 'Open note', href: `/note/${idOf(focus)}` };
  if (code === 'draft' && patient) return { word: 'Open note', href: `/note/new?patient=${patient}` };
  if (code === 'licence-expiring') return { word: 'Record licence', does: 'licence' };
  if (code === 'clearance' && patient && !isComputed(task)) return { word: 'Record answer', does: 'clear' };
  if (code === 'after-effect' && patient) return { word: 'Open', does: 'after-effect' };
  if (!isComputed(task)) return { word: 'Mark done', does: 'done' };
  if (code === 'review-due' && chart) return { word: 'Review', href: `${chart}/plan?review` };
  if (code === 'clearance' && chart) return { word: 'Review', href: chart };
  return chart ? { word: 'Open chart', href: chart } : { word: 'To the day', href: '/' };
}

function readTask(task: Stored<fhir4.Task>, found: Contents, zone: string): WorkItem {
  const code = codeIn(task.code, systems.task) ?? '';
  const subject = key(task.for?.reference);
  const patient = subject?.startsWith('Patient/') ? idOf(subject) : undefined;
  const person = found.get('Patient', subject) ?? found.get('Practitioner', subject);
  const end = task.restriction?.period?.end;
  return {
    id: task.id,
    task,
    code,
    title: taskTitles[code] ?? task.code?.text ?? 'To do',
    who: person ? personName(person) : (task.for?.display ?? task.focus?.display ?? ''),
    patient,
    text: task.description ?? '',
    due: end && (end.length === 10 ? end : dayOf(end, zone)),
    tone: tones[task.priority ?? 'routine'] ?? 'plain',
    owner: key(task.owner?.reference),
    step: stepOf(code, task, patient),
  };
}

/** Worst first; among equals what is due first. */
export function readWorklist(bundle: fhir4.Bundle, zone: string): WorkItem[] {
  const found = new Contents(bundle);
  const rank = (item: WorkItem) => urgency.indexOf(item.task.priority ?? 'routine');
  return found
    .all('Task')
    .map((task) => readTask(task, found, zone))
    .sort((a, b) => rank(a) - rank(b) || (a.due ?? '9').localeCompare(b.due ?? '9') || a.who.localeCompare(b.who));
}

/** The tasks that concern somebody: theirs, and those that nobody owns. */
export const concerning = (items: WorkItem[], me: string | null) =>
  items.filter((item) => me === null || !item.owner || item.owner === me);

/** The tasks that the day itself does not say already: a visit's own line stands for its note and its clearance. */
export function beyond(items: WorkItem[], needs: Need[]): WorkItem[] {
  const said = (item: WorkItem) => {
    if (item.code === 'clearance') return needs.some((need) => need.visit.patient === item.patient && need.action === 'Review');
    if (item.code !== 'unsigned-note' && item.code !== 'draft') return false;
    return needs.some((need) => need.visit.id === idOf(item.task.focus?.reference));
  };
  return items.filter((item) => !said(item));
}

/** The task as done, with what was done in the words of the person who did it. */
export function doneTask(task: Stored<fhir4.Task>, said: string, at: string, by: fhir4.Reference): Stored<fhir4.Task> {
  const note: fhir4.Annotation = { text: said.trim(), time: at, authorReference: by };
  return {
    ...task,
    status: 'completed',
    lastModified: at,
    executionPeriod: { ...task.executionPeriod, end: at },
    ...(said.trim() && { note: [...(task.note ?? []), note] }),
  };
}
