// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Flags of a visit as icons with a name, for the calendar; lists say the word as well.
import { IconAlertTriangle, IconBan, IconForms, IconShieldQuestion, IconSparkles, IconStethoscope } from '@tabler/icons-react';
import type { Visit } from '../clinic/day';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './flags.module.css';

const looks = {
  stop: { word: 'Do not treat', tone: 'stop', Icon: IconBan },
  clearance: { word: 'Needs clearance', tone: 'hold', Icon: IconShieldQuestion },
  modify: { word: 'Precaution', tone: 'hold', Icon: IconAlertTriangle },
  form: { word: 'Form missing', tone: 'info', Icon: IconForms },
  first: { word: 'First visit', tone: 'info', Icon: IconSparkles },
  consultation: { word: 'Consultation', tone: 'info', Icon: IconStethoscope },
} as const;
type Flag = keyof typeof looks;

export function flagsOf(visit: Visit): Flag[] {
  const flags: Flag[] = [];
  if (visit.decision !== 'none') flags.push(visit.decision);
  if (visit.attention.includes('form-missing') && visit.state !== 'done') flags.push('form');
  if (visit.number === 1) flags.push('first');
  if (visit.service === 'consultation') flags.push('consultation');
  return flags;
}

export function Flags({ visit, words = false }: { visit: Visit; words?: boolean }) {
  const flags = flagsOf(visit);
  if (!flags.length) return null;
  return (
    <span className={css.flags}>
      {flags.map((flag) => {
        const { word, tone, Icon } = looks[flag];
        return (
          <span key={flag} className={css.flag} data-tone={tone} title={word}>
            <Icon size={15} stroke={2} aria-hidden />
            <span className={cx(!words && u.unseen)}>{word}</span>
          </span>
        );
      })}
    </span>
  );
}
