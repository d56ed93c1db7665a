// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The signed notes of one's own visits, as the therapist signed them; an amended note says so.
import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useZone } from '../../app/session';
import { readChart, type Note } from '../../clinic/chart';
import { kindTitles } from '../../clinic/note';
import { fhir } from '../../fhir/client';
import { shortDay, today } from '../../lib/time';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { NoteSheet } from '../../shared/NoteSheet';
import u from '../../styles/u.module.css';
import { Bar } from './Bar';
import css from './portal.module.css';
import { useMe, usePortalBundle } from './usePortal';

/** What the notes speak of: visits, work and measures, by plain reads of one's own record. */
function useParts() {
  const me = useMe();
  return useQuery({
    queryKey: ['portal', me, 'parts'],
    queryFn: async () => {
      const query = { patient: me, _count: 500 };
      const found = await Promise.all([
        fhir.search<fhir4.Encounter>('Encounter', query),
        fhir.search<fhir4.Procedure>('Procedure', query),
        fhir.search<fhir4.Observation>('Observation', query),
      ]);
      return found.flat().map((resource): fhir4.BundleEntry => ({ resource }));
    },
  });
}

export default function Notes() {
  const zone = useZone();
  const portal = usePortalBundle();
  const parts = useParts();
  const failure = portal.error ?? parts.error;
  const all = portal.data && parts.data && { ...portal.data, entry: [...(portal.data.entry ?? []), ...parts.data] };
  const notes = all && readChart(all, zone).notes;
  return (
    <>
      <Bar title="Notes of your visits" />
      <Failure error={failure} again={() => void (portal.refetch(), parts.refetch())} />
      {!notes && !failure && (
        <Center mih={200}>
          <Loader aria-label="Loading your notes" />
        </Center>
      )}
      {notes?.length === 0 && (
        <p className={u.muted}>After your first visit, the note that your therapist signed is here.</p>
      )}
      {notes?.map((note) => (
        <OneNote key={note.id} note={note} zone={zone} />
      ))}
    </>
  );
}

function OneNote({ note, zone }: { note: Note; zone: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <button type="button" className={css.noteHead} aria-expanded={open} onClick={() => setOpen(!open)}>
        <b>{kindTitles[note.kind]}</b>
        <span className={u.num}>{shortDay(note.day, today(zone))}</span>
        {note.composition.status === 'amended' && <span className={u.muted}>amended</span>}
        {note.author && <span className={u.muted}>{note.author}</span>}
      </button>
      {open && <NoteSheet note={note} zone={zone} />}
    </Card>
  );
}
