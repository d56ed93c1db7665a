// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The state of a form on the screen. Answers stay in the browser's tab until they are sent, so that a reload loses nothing;
// signing out wipes them like every draft.
import { createContext, useContext, useEffect, useMemo, useState, type ComponentType } from 'react';
import { useZone } from '../app/session';
import { dropDraft, readDraft, writeDraft } from '../lib/draft';
import { today, type Day } from '../lib/time';
import type { Problem } from './check';
import { empty, filledFrom, formOf, initialOf, type Filled, type Form } from './fill';
import type { Answer, Item } from './items';
import { calculate, calculatedItems } from './score';

export type Kept = { filled: Filled; at?: string };
export type Change = (filled: Filled) => Filled;
/** Another control for one question, such as the body map for where it hurts. */
export type Widget = ComponentType<{
  item: Item;
  answers: Answer[];
  onAnswer: (answers: Answer[]) => void;
  labelId: string;
}>;

export type Filling = {
  form: Form;
  filled: Filled;
  change: (change: Change) => void;
  /** Where the reader is, in a form of one question a screen. */
  at?: string;
  go: (at: string) => void;
  forget: () => void;
};

type Options = { draft: string; start?: fhir4.QuestionnaireResponse; scores: 'shown' | 'left to the server' };

export function useForm(questionnaire: fhir4.Questionnaire, { draft, start, scores }: Options): Filling {
  const form = useMemo(() => formOf(questionnaire), [questionnaire]);
  const name = `form.${draft}`;
  const now = today(useZone());
  const [kept, setKept] = useState<Kept>(() => readDraft<Kept>(name) ?? { filled: begun(form, now, start) });
  const keep = (next: Kept) => {
    writeDraft(name, next);
    return next;
  };
  const change = (by: Change) => setKept((old) => keep({ ...old, filled: by(old.filled) }));
  useScores(form, kept.filled, scores, change);
  return {
    form,
    filled: kept.filled,
    change,
    at: kept.at,
    go: (at) => setKept((old) => keep({ ...old, at })),
    forget: () => dropDraft(name),
  };
}

/**
 * What the form itself begins with, and over it what an earlier response says. The question `date` of our forms is the day
 * that the answers are of: mostly today.
 */
function begun(form: Form, now: Day, start?: fhir4.QuestionnaireResponse): Filled {
  const said = start ? filledFrom(form, start) : empty;
  const dated: Filled['answers'] = form.places.get('date')?.item.type === 'date' ? { date: [{ valueDate: now }] } : {};
  return { answers: { ...dated, ...initialOf(form).answers, ...said.answers }, rows: said.rows };
}

function useScores(form: Form, filled: Filled, scores: Options['scores'], change: (by: Change) => void) {
  const wanted = scores === 'shown' && calculatedItems(form).length > 0;
  useEffect(() => {
    if (!wanted) return;
    let stale = false;
    void calculate(form, filled).then((found) => {
      const news = Object.entries(found).some(
        ([key, value]) => JSON.stringify(filled.answers[key] ?? []) !== JSON.stringify(value),
      );
      if (news && !stale) change((old) => ({ ...old, answers: { ...old.answers, ...found } }));
    });
    return () => {
      stale = true;
    };
    // `change` is new at each drawing and does the same.
  }, [form, filled, wanted]);
}

export type Drawn = Filling & {
  problems: Map<string, Problem>;
  /** One question a screen: controls are as wide as the screen. */
  roomy: boolean;
  widgets: Record<string, Widget>;
  /** A question has its answer by one tap. */
  onTapped: () => void;
};

export const FormContext = createContext<Drawn | null>(null);

export function useDrawn(): Drawn {
  const drawn = useContext(FormContext);
  if (!drawn) throw new Error('A question was drawn outside a form.');
  return drawn;
}
