// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The last look before the signature: what will be signed, what was carried forward from earlier visits and is confirmed
// hereby, or what is still missing.
import { Button, Modal } from '@mantine/core';
import { kindTitles } from '../../clinic/note';
import type { NoteKind } from '../../clinic/chart';
import { totalMinutes, workText } from '../../clinic/work';
import { cx, plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Notice } from '../../shared/Notice';
import u from '../../styles/u.module.css';
import type { NoteState } from './useNote';
import css from './work.module.css';

type Props = {
  opened: boolean;
  note: NoteState;
  kind: NoteKind;
  missing: string | null;
  signer: string;
  error: unknown;
  pending: boolean;
  onClose: () => void;
  onSign: () => void;
};

export default function SignDialog({ opened, note, kind, missing, signer, error, pending, onClose, onSign }: Props) {
  const given = kind === 'session';
  const carried = given ? note.work.filter((line) => line.from) : [];
  const { draft, pain } = note;
  const counts = [
    given && `${plural(note.work.length, 'line')}, ${totalMinutes(note.work)} minutes`,
    draft.findings.length > 0 && plural(draft.findings.length, 'finding'),
    draft.motions.length > 0 && plural(draft.motions.length, 'range of motion', 'ranges of motion'),
    draft.strokes.length > 0 && 'a pain drawing',
  ].filter(Boolean);
  return (
    <Modal opened={opened} onClose={onClose} title="Sign this note?" size="md">
      <div className={u.form}>
        {missing ? (
          <Notice tone="hold" title={missing} />
        ) : (
          <div className={cx(u.stack, u.g8)}>
            <p>
              <b>{kindTitles[kind]}</b>
              {counts.length > 0 && `: ${counts.join(', ')}`}
              {(pain.before !== null || pain.after !== null) &&
                `. Pain ${pain.before ?? 'not rated'} → ${pain.after ?? 'not rated'}`}
              .
            </p>
            <p className={u.small}>{given ? note.text : draft.reason}</p>
            {carried.length > 0 && (
              <div className={css.carried}>
                <p className={cx(u.small, u.strong)}>Carried forward from an earlier visit, unchanged</p>
                <ul aria-label="Carried forward">
                  {carried.map((line) => (
                    <li key={line.id} className={u.small}>
                      {workText(line)}
                    </li>
                  ))}
                </ul>
                <p className={cx(u.small, u.muted)}>By signing you confirm that it was done so today.</p>
              </div>
            )}
            <p className={cx(u.small, u.muted)}>Signed as {signer}. From then on it cannot be changed, only amended.</p>
          </div>
        )}
        <Failure error={error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button disabled={Boolean(missing)} loading={pending} onClick={onSign}>
            Sign now
          </Button>
        </div>
      </div>
    </Modal>
  );
}
