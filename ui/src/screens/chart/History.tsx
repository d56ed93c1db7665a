// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Everything that happened, newest first, filtered by one tap. A note opens read-only: it is signed.
import { Modal } from '@mantine/core';
import { IconActivity, IconFileImport, IconHandOff, IconHandStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useZone } from '../../app/session';
import type { Chart, Note } from '../../clinic/chart';
import { kindTitles } from '../../clinic/note';
import { totalMinutes } from '../../clinic/work';
import { conceptText } from '../../fhir/read';
import { shortDay, type Day } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import { NoteSheet } from '../../shared/NoteSheet';
import { NoteActions } from '../note/NoteActions';
import u from '../../styles/u.module.css';
import css from './chart.module.css';

type Kind = 'visit' | 'measure' | 'referral';
type Entry = { key: string; kind: Kind; day: Day; at: string; title: string; text: string; note?: Note };

const kinds = [
  { id: 'all', name: 'All' },
  { id: 'visit', name: 'Visits' },
  { id: 'measure', name: 'Measures' },
  { id: 'referral', name: 'Referrals' },
];

function noteText(note: Note): string {
  if (note.kind !== 'session') return 'Open the note for the reason.';
  const places = [...new Set(note.work.map((w) => w.site.name.toLowerCase()))];
  const where = places.length > 3 ? `${places.slice(0, 3).join(', ')} and more` : places.join(', ');
  const pain =
    note.before !== undefined && note.after !== undefined ? ` Pain\u00a0${note.before}\u00a0→\u00a0${note.after}.` : '';
  return `${totalMinutes(note.work)} min${where && `, ${where}`}.${pain}`;
}

export function entriesOf(chart: Chart): Entry[] {
  const inVisits = new Set(chart.notes.map((n) => n.day));
  const entries: Entry[] = [
    ...chart.notes.map((note) => ({
      key: note.id,
      kind: 'visit' as const,
      day: note.day,
      at: note.at,
      title: `${note.number ? `Visit ${note.number}` : kindTitles[note.kind]}${note.author && `, ${note.author}`}`,
      text: noteText(note),
      note,
    })),
    ...chart.mistakes.map((note) => ({
      key: note.id,
      kind: 'visit' as const,
      day: note.day,
      at: note.at,
      title: `Entered in error${note.author && `, ${note.author}`}`,
      text: 'It does not count. Open it to read what was written.',
      note,
    })),
    ...chart.ratings
      .filter((rating) => !inVisits.has(rating.day))
      .map((rating) => ({
        key: rating.id,
        kind: 'measure' as const,
        day: rating.day,
        at: rating.at,
        title: 'Pain rating',
        text: `${rating.value} of 10.`,
      })),
    ...chart.referrals.map((referral) => ({
      key: referral.id,
      kind: 'referral' as const,
      day: (referral.authoredOn ?? '').slice(0, 10),
      at: referral.authoredOn ?? '',
      title: `Referral from ${referral.requester?.display ?? 'a prescriber'}`,
      text: [
        conceptText(referral.reasonCode?.[0]),
        referral.quantityQuantity?.value && `${plural(referral.quantityQuantity.value, 'visit')} authorised`,
      ]
        .filter(Boolean)
        .join(', '),
    })),
  ];
  return entries.sort((a, b) => (Date.parse(b.at) || 0) - (Date.parse(a.at) || 0));
}

/** The note that is open, as the chart has it now: it may have been amended meanwhile. */
const shownNote = (chart: Chart, open: Note) =>
  [...chart.notes, ...chart.mistakes].find((note) => note.id === open.id) ?? open;

const icons = { visit: IconHandStop, measure: IconActivity, referral: IconFileImport };

export function History({ chart, today }: { chart: Chart; today: Day }) {
  const zone = useZone();
  const [kind, setKind] = useState('all');
  const [open, setOpen] = useState<Note | null>(null);
  const shown = entriesOf(chart).filter((entry) => kind === 'all' || entry.kind === kind);
  return (
    <Card title="Timeline">
      <div className={cx(u.row, u.tight, css.kinds)}>
        {kinds.map((k) => (
          <button
            key={k.id}
            type="button"
            className={u.pick}
            aria-pressed={kind === k.id}
            onClick={() => setKind(k.id)}
          >
            {k.name}
          </button>
        ))}
      </div>
      {shown.length === 0 && <p className={cx(u.small, u.muted)}>Nothing yet.</p>}
      <ol className={css.history}>
        {shown.map((entry) => {
          const Icon = entry.note && entry.note.kind !== 'session' ? IconHandOff : icons[entry.kind];
          const words = (
            <>
              <span className={u.small}>
                <span className={css.entryTitle}>{entry.title}</span>{' '}
                <span className={cx(u.muted, u.num)}>{entry.day && shortDay(entry.day, today)}</span>
              </span>
              <span className={cx(u.small, u.muted)} style={{ display: 'block' }}>
                {entry.text}
              </span>
            </>
          );
          return (
            <li key={entry.key}>
              <span className={css.dot}>
                <Icon size={16} stroke={1.75} aria-hidden />
              </span>
              <div className={css.entry}>
                {entry.note ? (
                  <button type="button" onClick={() => setOpen(entry.note!)}>
                    {words}
                  </button>
                ) : (
                  <div>{words}</div>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      <Modal opened={Boolean(open)} onClose={() => setOpen(null)} title="Session note" size="lg">
        {open && (
          <div className={u.stack}>
            <NoteSheet note={shownNote(chart, open)} zone={zone} />
            <NoteActions note={shownNote(chart, open)} />
          </div>
        )}
      </Modal>
    </Card>
  );
}
