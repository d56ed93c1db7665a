// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A note that should not be there at all: written for the wrong patient, or for a visit that did not happen. It stays
// readable, with the reason; it no longer counts.
import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefresh } from '../../app/queries';
import { inErrorParameters } from '../../clinic/amend';
import type { Note } from '../../clinic/chart';
import { fhir } from '../../fhir/client';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import css from './work.module.css';

type Props = { note: Note; onClose: () => void; onDone: () => void };

export default function ErrorForm({ note, onClose, onDone }: Props) {
  const refresh = useRefresh();
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () => fhir.perform(`Composition/${note.id}/$entered-in-error`, inErrorParameters(reason.trim())),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
  });
  return (
    <section className={css.inline} aria-label="Entered in error">
      <h2>Entered in error</h2>
      <form
        className={u.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <p>
          For a note of the wrong patient, or of a visit that did not happen. The note and all that was charted with it
          stay readable and stop counting. To put something right, amend the note instead.
        </p>
        <Textarea
          label="Reason"
          required
          rows={3}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Failure error={save.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button type="submit" color="red" disabled={!reason.trim()} loading={save.isPending}>
            Mark as entered in error
          </Button>
        </div>
      </form>
    </section>
  );
}
