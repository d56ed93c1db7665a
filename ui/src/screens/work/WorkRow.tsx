// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One line of the worklist: who, what, by when, and the one thing to do about it.
import {
  IconBandage,
  IconCertificate,
  IconClipboardList,
  IconFileImport,
  IconForms,
  IconHeartHandshake,
  IconPencil,
  IconShieldQuestion,
  IconTargetArrow,
  IconTicket,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import type { WorkItem } from '../../clinic/tasks';
import { shortDay, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import u from '../../styles/u.module.css';
import css from './work.module.css';

const icons: Record<string, typeof IconPencil> = {
  'unsigned-note': IconPencil,
  draft: IconPencil,
  'referral-expiring': IconFileImport,
  'visits-left': IconTicket,
  'licence-expiring': IconCertificate,
  clearance: IconShieldQuestion,
  'form-missing': IconForms,
  'review-due': IconTargetArrow,
  'after-effect': IconBandage,
  crisis: IconHeartHandshake,
};

type Props = { item: WorkItem; today: Day; onDo: (item: WorkItem) => void };

export function WorkRow({ item, today, onDo }: Props) {
  const Icon = icons[item.code] ?? IconClipboardList;
  const label = `${item.step.word}: ${[item.title, item.who].filter(Boolean).join(', ')}`;
  const words = (
    <>
      <span className={cx(u.small, u.strong)}>{[item.who, item.title].filter(Boolean).join(' · ')}</span>
      <span className={cx(u.tiny, u.muted, u.num)}>
        {item.text}
        {item.due && ` ${item.due < today ? 'Was due' : 'Due'} ${item.due === today ? 'today' : shortDay(item.due, today)}.`}
      </span>
    </>
  );
  return (
    <li data-tone={item.tone} data-task={item.code} className={css.row}>
      <Icon size={20} stroke={1.75} aria-hidden />
      {item.patient ? (
        <Link href={`/patients/${item.patient}`} className={css.what}>
          {words}
        </Link>
      ) : (
        <span className={css.what}>{words}</span>
      )}
      {item.step.href ? (
        <Link className={u.plainlink} href={item.step.href} aria-label={label}>
          {item.step.word}
        </Link>
      ) : (
        <button type="button" className={u.plainlink} aria-label={label} onClick={() => onDo(item)}>
          {item.step.word}
        </button>
      )}
    </li>
  );
}
