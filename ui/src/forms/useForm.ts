// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The state of a form on the screen. Answers stay in the browser's tab until they are sent, so that a reload loses nothing;
// signing out wipes them like every draft.
import { createContext, useContext, useEffect, useMemo, useState, type ComponentType } from 'react';
import { dropDraft, readDraft, writeDraft } from '../lib/draft';
import type { Problem } from './check';
import { filledFrom, formOf, initialOf, type Filled, type Form } from './fill';
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
  const [kept, setKept] = useState<Kept>(
    () => readDraft<Kept>(name) ?? { filled: start ? filledFrom(form, start) : initialOf(form) },
  );
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
