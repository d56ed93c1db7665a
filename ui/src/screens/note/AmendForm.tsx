// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// An amendment: words that are added, and, where a line was charted wrongly, the lines as they should have been.
import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTechniques, type Concept } from '../../app/definitions';
import { useRefresh } from '../../app/queries';
import { useSession } from '../../app/session';
import { amendmentBundle, isCorrected } from '../../clinic/amend';
import type { Note } from '../../clinic/chart';
import { siteText, type Work } from '../../clinic/work';
import { fhir } from '../../fhir/client';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { MinutesBar } from '../../shared/MinutesBar';
import { ScaleBar } from '../../shared/ScaleBar';
import u from '../../styles/u.module.css';
import css from './work.module.css';

type Props = { note: Note; onClose: () => void; onDone: () => void };

export default function AmendForm({ note, onClose, onDone }: Props) {
  const session = useSession();
  const refresh = useRefresh();
  const techniques = useTechniques();
  const [text, setText] = useState('');
  const [work, setWork] = useState(note.work);
  const [correcting, setCorrecting] = useState(false);
  const corrected = isCorrected(note.work, work);
  const save = useMutation({
    mutationFn: () =>
      fhir.transaction(
        amendmentBundle({
          note,
          text: text.trim(),
          work: corrected ? work : null,
          practitioner: { reference: session.practitioner!, name: session.name },
          zone: session.practice.timeZone,
          now: new Date(),
        }),
      ),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
  });
  return (
    <section className={css.inline} aria-label="Amend this note">
      <h2>Amend this note</h2>
      <form
        className={u.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Textarea
          label="What is added or put right"
          description="The note stays as it was signed; the amendment stands below it with your signature."
          required
          rows={4}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {note.work.length > 0 && !correcting && (
          <Button variant="default" onClick={() => setCorrecting(true)}>
            Correct a line
          </Button>
        )}
        {correcting && (
          <ul className={css.corrections} aria-label="Lines">
            {note.work.map((line) => (
              <LineCorrection
                key={line.id}
                line={line}
                now={work.find((one) => one.id === line.id)}
                techniques={techniques}
                onChange={(to) => setWork(work.map((one) => (one.id === line.id ? to : one)))}
                onKeep={() =>
                  setWork(
                    note.work.flatMap((one) => (one.id === line.id ? [one] : work.filter((w) => w.id === one.id))),
                  )
                }
                onLeaveOut={() => setWork(work.filter((one) => one.id !== line.id))}
              />
            ))}
          </ul>
        )}
        <Failure error={save.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button type="submit" disabled={!text.trim()} loading={save.isPending}>
            Sign amendment
          </Button>
        </div>
      </form>
    </section>
  );
}

type LineProps = {
  line: Work;
  /** As corrected; undefined when it is left out. */
  now?: Work;
  techniques: Concept[];
  onChange: (line: Work) => void;
  onKeep: () => void;
  onLeaveOut: () => void;
};

function LineCorrection({ line, now, techniques, onChange, onKeep, onLeaveOut }: LineProps) {
  const title = siteText(line.site);
  return (
    <li className={css.correction}>
      <div className={cx(u.row, u.between)}>
        <b className={now ? undefined : css.leftOut}>{title}</b>
        <Button variant="subtle" onClick={now ? onLeaveOut : onKeep}>
          {now ? 'Was not done' : 'Was done'}
        </Button>
      </div>
      {now && (
        <>
          <NativeSelect
            aria-label={`${title}: technique`}
            value={now.technique}
            data={[
              ...(techniques.some((one) => one.code === line.technique)
                ? []
                : [{ value: line.technique, label: line.techniqueName }]),
              ...techniques.map((one) => ({ value: one.code, label: one.name })),
            ]}
            onChange={(event) => {
              const code = event.currentTarget.value;
              const name = techniques.find((one) => one.code === code)?.name ?? line.techniqueName;
              onChange({ ...now, technique: code, techniqueName: name });
            }}
          />
          <div className={css.grid}>
            <div>
              <p className={cx(u.tiny, u.muted)}>
                Minutes <b className={css.count}>{now.minutes}</b>
              </p>
              <MinutesBar
                label={`${title}: minutes`}
                value={now.minutes}
                onChange={(minutes) => onChange({ ...now, minutes })}
              />
            </div>
            <div>
              <p className={cx(u.tiny, u.muted)}>Pressure</p>
              <ScaleBar
                label={`${title}: pressure`}
                value={now.pressure}
                onChange={(pressure) => onChange({ ...now, pressure })}
              />
            </div>
          </div>
        </>
      )}
    </li>
  );
}
