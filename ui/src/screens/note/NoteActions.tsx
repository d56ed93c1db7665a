// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What can still be done with a signed note: amend it, which leaves it as it is, or say that it was entered in error.
import { Button } from '@mantine/core';
import { IconPencilPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useSession } from '../../app/session';
import type { Note } from '../../clinic/chart';
import { key } from '../../fhir/read';
import u from '../../styles/u.module.css';

const AmendForm = lazy(() => import('./AmendForm'));
const ErrorForm = lazy(() => import('./ErrorForm'));

export function NoteActions({ note, onDone }: { note: Note; onDone?: () => void }) {
  const session = useSession();
  const [open, setOpen] = useState<'amend' | 'error' | null>(null);
  const mine = key(note.composition.author[0]?.reference) === session.practitioner;
  if (note.inError) return null;
  const done = () => {
    setOpen(null);
    onDone?.();
  };
  if (open)
    return (
      <Suspense fallback={null}>
        {open === 'amend' ? (
          <AmendForm note={note} onClose={() => setOpen(null)} onDone={done} />
        ) : (
          <ErrorForm note={note} onClose={() => setOpen(null)} onDone={done} />
        )}
      </Suspense>
    );
  return (
    <div className={u.row}>
      {session.practitioner && (
        <Button
          variant="default"
          leftSection={<IconPencilPlus size={18} aria-hidden />}
          onClick={() => setOpen('amend')}
        >
          Amend
        </Button>
      )}
      {(mine || session.role === 'owner') && (
        <Button variant="subtle" onClick={() => setOpen('error')}>
          Entered in error …
        </Button>
      )}
    </div>
  );
}
