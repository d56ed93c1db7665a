// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What was found beside pain and dose: findings of the hands, ranges of motion, and the zones that are avoided.
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconChevronDown, IconRulerMeasure, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { findingText, findingWords, kindOf, type Finding } from '../../clinic/findings';
import { siteText } from '../../clinic/work';
import type { Zone } from '../../clinic/zones';
import { capital, cx } from '../../lib/text';
import { ScaleBar } from '../../shared/ScaleBar';
import u from '../../styles/u.module.css';
import type { NoteState } from './useNote';
import type { Sites } from './useSites';
import css from './work.module.css';

const Motions = lazy(() => import('./Motions'));

type Props = { note: NoteState; sites: Sites; zones: { zone: Zone; fresh: boolean }[]; standing: Zone[] };

export function FindingsCard({ note, sites, zones, standing }: Props) {
  const { findings, motions } = note.draft;
  const [open, setOpen] = useState<string | null>(null);
  const [measuring, setMeasuring] = useState(false);
  const shown = measuring || motions.length > 0;
  return (
    <section className={cx(u.card, css.list)} aria-labelledby="found">
      <div className={cx(u.row, u.between)}>
        <h2 id="found">Findings</h2>
        {!shown && (
          <Button
            variant="subtle"
            leftSection={<IconRulerMeasure size={18} aria-hidden />}
            onClick={() => setMeasuring(true)}
          >
            Range of motion
          </Button>
        )}
      </div>
      {findings.length + zones.length === 0 && !shown && (
        <p className={cx(u.small, u.muted)}>
          Choose Trigger above the body and tap, or use the buttons of an open line.
        </p>
      )}
      <ul>
        {findings.map((finding) => (
          <FindingLine
            key={finding.id}
            finding={finding}
            usual={finding.kind === 'trigger-point' ? sites.referralOf(finding.site) : ''}
            open={open === finding.id}
            onOpen={() => setOpen(open === finding.id ? null : finding.id)}
            onChange={(to) => note.put('findings', to)}
            onRemove={() => note.drop('findings', finding.id)}
          />
        ))}
        {zones.map(({ zone, fresh }) => (
          <li key={zone.id} className={cx(css.chip, css.zone)} data-zone={zone.site.key}>
            <span className={cx(u.grow, u.small)}>
              <b>Avoid: {siteText(zone.site)}</b>
              {!fresh && zone.reason && <span className={u.muted}> {zone.reason}</span>}
            </span>
            {fresh && (
              <TextInput
                aria-label={`Why avoid ${siteText(zone.site)}`}
                placeholder="Why, until when"
                value={zone.reason}
                onChange={(event) => note.put('zones', { ...zone, reason: event.currentTarget.value })}
              />
            )}
            <Button variant="default" onClick={() => note.avoid(zone.site, standing)}>
              {fresh ? 'Take away' : 'Lift'}
            </Button>
          </li>
        ))}
      </ul>
      {shown && (
        <Suspense>
          <Motions note={note} sites={sites} />
        </Suspense>
      )}
    </section>
  );
}

type LineProps = {
  finding: Finding;
  usual: string;
  open: boolean;
  onOpen: () => void;
  onChange: (finding: Finding) => void;
  onRemove: () => void;
};

function FindingLine({ finding, usual, open, onOpen, onChange, onRemove }: LineProps) {
  const kind = kindOf(finding.kind);
  return (
    <li className={css.chip} data-finding={finding.kind}>
      <button type="button" className={css.line} aria-expanded={open} onClick={onOpen}>
        <span className={u.grow}>
          <b>{siteText(finding.site)}</b>
          <span className={cx(u.small, u.muted, css.how)}>{capital(findingWords(finding))}</span>
        </span>
        <IconChevronDown size={18} aria-hidden className={cx(u.muted, open && css.turned)} />
      </button>
      {open && (
        <div className={css.edit}>
          <div className={cx(u.row, u.tight)} role="group" aria-label={kind.name}>
            {kind.grades.map((grade) => (
              <button
                key={grade.code}
                type="button"
                className={u.pick}
                aria-pressed={finding.grade === grade.code}
                onClick={() => onChange({ ...finding, grade: grade.code, score: null })}
              >
                {grade.name}
              </button>
            ))}
            <ActionIcon aria-label={`Remove ${findingText(finding)}`} onClick={onRemove}>
              <IconTrash size={20} />
            </ActionIcon>
          </div>
          {kind.rated && (
            <div>
              <p className={cx(u.tiny, u.muted)}>How tender, 0 to 10</p>
              <ScaleBar
                label="How tender"
                value={finding.score}
                onChange={(score) => onChange({ ...finding, score, grade: null })}
              />
            </div>
          )}
          {finding.kind === 'trigger-point' && (
            <div className={cx(u.stack, u.g4)}>
              <TextInput
                label="Refers to"
                placeholder="where the patient feels it"
                value={finding.referral}
                onChange={(event) => onChange({ ...finding, referral: event.currentTarget.value })}
              />
              {usual && finding.referral !== usual && (
                <button
                  type="button"
                  className={cx(u.pick, css.usual)}
                  onClick={() => onChange({ ...finding, referral: usual })}
                >
                  Usual, not verified: {usual}
                </button>
              )}
            </div>
          )}
        </div>
      )}
    </li>
  );
}
