// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A note that was signed, and what can still be done with it. Whoever writes a note does not wait for this.
import type { Note } from '../../clinic/chart';
import { Card } from '../../shared/Card';
import { NoteSheet } from '../../shared/NoteSheet';
import { NoteActions } from './NoteActions';

export default function SignedNote({ note, zone }: { note: Note; zone: string }) {
  return (
    <>
      <Card>
        <NoteSheet note={note} zone={zone} />
      </Card>
      <NoteActions note={note} />
    </>
  );
}
