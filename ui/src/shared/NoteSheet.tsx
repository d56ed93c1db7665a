// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A signed note as it was signed: nothing here can be changed. Amendments stand below it, each with its own signature.
import { IconBan, IconLock } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { Amendment, Note } from '../clinic/chart';
import { findingText } from '../clinic/findings';
import { motionText } from '../clinic/motion';
import { kindTitles } from '../clinic/note';
import { plainName, siteText, totalMinutes, workText } from '../clinic/work';
import { narrativeText } from '../fhir/read';
import { dayOf, shortDay, timeOf, today } from '../lib/time';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './sheet.module.css';
import { Tag } from './Tag';

const PainDrawing = lazy(() => import('./PainDrawing'));

const spoken = new Set(['Assessment', 'Reason', 'Avoid', 'Reaction', 'Aftercare']);

export function NoteSheet({ note, zone }: { note: Note; zone: string }) {
  const { composition } = note;
  const signed = composition.attester?.find((a) => a.mode === 'professional')?.time ?? composition.date;
  const words = (composition.section ?? []).filter((s) => spoken.has(s.title ?? ''));
  const now = today(zone);
  return (
    <article className={css.sheet} aria-label="Signed note">
      <div className={cx(u.row, u.between)}>
        <p className={u.num}>
          <b>{kindTitles[note.kind]}</b>, {shortDay(note.day, now)}, {timeOf(note.at, zone)}
        </p>
        {note.inError ? (
          <Tag tone="stop" icon={<IconBan size={14} aria-hidden />}>
            Entered in error
          </Tag>
        ) : (
          <Tag tone="ok" icon={<IconLock size={14} aria-hidden />}>
            {note.amendments.length ? 'Signed, amended' : 'Signed'}
          </Tag>
        )}
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
      {note.charted.length > 0 && (
        <div className={css.scroll} tabIndex={0} role="region" aria-label="Worked on">
          <table className={css.table}>
            <caption>Worked on, {totalMinutes(note.charted)} minutes</caption>
            <thead>
              <tr>
                <th scope="col">Where</th>
                <th scope="col">Min</th>
                <th scope="col">Pressure</th>
                <th scope="col">Tender</th>
              </tr>
            </thead>
            <tbody>
              {note.charted.map((line) => (
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
      {note.findings.length + note.motions.length > 0 && (
        <section>
          <p className={u.strong}>Findings</p>
          <ul className={css.found}>
            {note.findings.map((finding) => (
              <li key={finding.id}>{findingText(finding)}</li>
            ))}
            {note.motions.map((motion) => (
              <li key={motion.id}>{motionText(motion)}</li>
            ))}
          </ul>
        </section>
      )}
      {note.strokes.length > 0 && (
        <Suspense fallback={null}>
          <PainDrawing strokes={note.strokes} />
        </Suspense>
      )}
      <p className={cx(u.small, u.muted, u.num)}>
        Signed by {note.author || 'the therapist'} on {shortDay(dayOf(signed, zone), now)} at {timeOf(signed, zone)}. A
        signed note cannot be changed.
      </p>
      {note.amendments.map((one) => (
        <AmendmentPart key={one.id} amendment={one} zone={zone} />
      ))}
    </article>
  );
}

function AmendmentPart({ amendment, zone }: { amendment: Amendment; zone: string }) {
  const day = shortDay(dayOf(amendment.at, zone), today(zone));
  return (
    <section className={css.amendment} aria-label="Amendment">
      <p className={u.strong}>Amendment</p>
      <p>{amendment.text}</p>
      {amendment.work && (
        <>
          <p className={u.small}>The lines as they should read:</p>
          <ul className={css.found}>
            {amendment.work.map((line) => (
              <li key={line.id}>{workText(line)}</li>
            ))}
            {amendment.work.length === 0 && <li>None</li>}
          </ul>
        </>
      )}
      <p className={cx(u.small, u.muted, u.num)}>
        Signed by {amendment.author || 'the therapist'} on {day} at {timeOf(amendment.at, zone)}.
      </p>
    </section>
  );
}
