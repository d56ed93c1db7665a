// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The diaries that fit a patient, on the first page.
import { IconChevronRight, IconNotebook } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useQuestionnaires } from '../../app/definitions';
import { useMeasures } from '../../app/measures';
import { diariesOf } from '../../clinic/diary';
import type { Portal } from '../../clinic/portal';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';
import css from './portal.module.css';
import { useMe } from './usePortal';

export function Diaries({ portal }: { portal: Portal }) {
  const forms = useQuestionnaires().data ?? [];
  const measures = useMeasures(useMe()).data ?? [];
  const diaries = diariesOf(portal.due, measures, forms);
  if (!diaries.length) return null;
  return (
    <Card title="Your diaries">
      <ul className={css.todo}>
        {diaries.map(({ id, title, text }) => (
          <li key={id}>
            <Link href={`/portal/forms/${id}`}>
              <span className={css.todoIcon}>
                <IconNotebook size={22} stroke={1.75} aria-hidden />
              </span>
              <span className={u.grow}>
                <b>{title}</b>
                <span className={cx(u.small, u.muted)}>{text}</span>
              </span>
              <IconChevronRight size={20} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
