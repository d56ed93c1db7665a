// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The requests for clearances of one patient, and the two dialogs that ask and record: shared by every place that shows the
// rules.
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useWorklist } from '../app/queries';
import { askedFor, clearable } from '../clinic/clearance';
import type { Issue } from '../fhir/screening';
import type { Clearances } from './Clearing';

const AskDialog = lazy(() => import('./AskDialog'));
const ClearDialog = lazy(() => import('./ClearDialog'));

export type Person = { id: string; name: string };

/** The requests and dialogs of clearances for one patient: what the lines need, and what is drawn beside them. */
export function useClearances(patient: Person, issues: Issue[], onDialog?: (open: boolean) => void) {
  const asked = askedFor(useWorklist().data ?? [], patient.id);
  const [doing, setDoing] = useState<{ what: 'ask' | 'record'; rule: string } | null>(null);
  const from = useRef<Element | null>(null);
  const turn = (next: typeof doing) => {
    // A dialog that is taken away does not give the focus back by itself.
    if (next) from.current = document.activeElement;
    else setTimeout(() => from.current instanceof HTMLElement && from.current.focus());
    setDoing(next);
    onDialog?.(next !== null);
  };
  const lines: Clearances = {
    asked,
    onAsk: (rule) => turn({ what: 'ask', rule }),
    onRecord: (rule) => turn({ what: 'record', rule }),
  };
  const Dialog = doing?.what === 'ask' ? AskDialog : ClearDialog;
  const dialog: ReactNode = doing && (
    <Suspense fallback={null}>
      <Dialog
        patient={patient}
        issues={clearable(issues)}
        rule={doing.rule}
        asked={asked}
        onClose={() => turn(null)}
      />
    </Suspense>
  );
  return { lines, dialog };
}
