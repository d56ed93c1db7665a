// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A signed note as it was signed: nothing here can be changed.
import { IconLock } from '@tabler/icons-react';
import type { Note } from '../clinic/chart';
import { kindTitles } from '../clinic/note';
import { plainName, siteText, totalMinutes } from '../clinic/work';
import { narrativeText } from '../fhir/read';
import { dayOf, shortDay, timeOf, today } from '../lib/time';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './sheet.module.css';
import { Tag } from './Tag';

export function NoteSheet({ note, zone }: { note: Note; zone: string }) {
  const { composition } = note;
  const signed = composition.attester?.find((a) => a.mode === 'professional')?.time ?? composition.date;
  const words = (composition.section ?? []).filter((s) => s.title === 'Assessment' || s.title === 'Reason');
  const now = today(zone);
  return (
    <article className={css.sheet} aria-label="Signed note">
      <div className={cx(u.row, u.between)}>
        <p className={u.num}>
          <b>{kindTitles[note.kind]}</b>, {shortDay(note.day, now)}, {timeOf(note.at, zone)}
        </p>
        <Tag tone="ok" icon={<IconLock size={14} aria-hidden />}>
          Signed
        </Tag>
      </div>
      {words.map((section) => (
        <section key={section.title}>
          <p className={u.strong}>{section.title}</p>
          <p>{narrativeText(section.text?.div)}</p>
        </section>
      ))}
      {(note.before !== undefined || note.after !== undefined) && (
        <p className={u.num}>
          <b>Pain</b> {note.before ?? 'not rated'} → {note.after ?? 'not rated'}
        </p>
      )}
      {note.work.length > 0 && (
        <div className={css.scroll} tabIndex={0} role="region" aria-label="Worked on">
          <table className={css.table}>
            <caption>Worked on, {totalMinutes(note.work)} minutes</caption>
            <thead>
              <tr>
                <th scope="col">Where</th>
                <th scope="col">Min</th>
                <th scope="col">Pressure</th>
                <th scope="col">Tender</th>
              </tr>
            </thead>
            <tbody>
              {note.work.map((line) => (
                <tr key={line.id}>
                  <th scope="row">
                    {siteText(line.site)}
                    <span className={cx(u.muted, css.how)}>{plainName(line.techniqueName)}</span>
                  </th>
                  <td>{line.minutes}</td>
                  <td>{line.pressure}</td>
                  <td>
                    {line.before === null && line.after === null ? '–' : `${line.before ?? '?'} → ${line.after ?? '?'}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={cx(u.small, u.muted, u.num)}>
        Signed by {note.author || 'the therapist'} on {shortDay(dayOf(signed, zone), now)} at {timeOf(signed, zone)}. A
        signed note cannot be changed.
      </p>
    </article>
  );
}
