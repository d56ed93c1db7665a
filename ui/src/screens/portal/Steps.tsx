// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Things to do on the patient's first page, each a line to tap.
import { IconChevronRight, type Icon } from '@tabler/icons-react';
import { Link } from 'wouter';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';
import css from './portal.module.css';

export type Step = { href: string; Icon: Icon; title: string; text: string };

export function Steps({ title, steps }: { title: string; steps: Step[] }) {
  return (
    <Card title={title}>
      <ul className={css.todo}>
        {steps.map(({ href, Icon, title, text }) => (
          <li key={href}>
            <Link href={href}>
              <span className={css.todoIcon}>
                <Icon size={22} stroke={1.75} aria-hidden />
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
