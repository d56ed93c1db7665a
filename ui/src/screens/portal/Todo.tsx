// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What to do before the visit: forms that are due come first; the journal and the wish for the visit are always there.
import { IconBodyScan, IconChevronRight, IconClipboardText, IconNotebook, type Icon } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useQuestionnaires } from '../../app/definitions';
import { isDiary, type Portal } from '../../clinic/portal';
import { minutesToFill } from '../../forms/items';
import type { Day } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';
import css from './portal.module.css';

type Step = { href: string; Icon: Icon; title: string; text: string };

function stepsOf(portal: Portal, today: Day, forms: fhir4.Questionnaire[]): Step[] {
  const due = portal.due
    .filter((one) => !isDiary(one.id))
    .map((one): Step => {
      const form = forms.find((f) => f.id === one.id);
      const minutes = form && minutesToFill(form);
      return {
        href: `/portal/forms/${one.id}`,
        Icon: IconClipboardText,
        title: form?.title ?? one.title ?? 'Form',
        text: minutes ? `${plural(minutes, 'minute')}, before your visit` : 'Before your visit',
      };
    });
  const soon = portal.next?.day === today;
  return [
    ...due,
    {
      href: '/portal/focus',
      Icon: IconBodyScan,
      title: soon ? 'Where should we work today?' : 'Where should we work next time?',
      text: 'On a picture of the body, 1 minute',
    },
    { href: '/portal/journal', Icon: IconNotebook, title: 'How are you today?', text: 'Journal, under half a minute' },
  ];
}

export function Todo({ portal, today }: { portal: Portal; today: Day }) {
  const forms = useQuestionnaires().data ?? [];
  return (
    <Card title={portal.next ? 'Before your visit' : 'For you'}>
      <ul className={css.todo}>
        {stepsOf(portal, today, forms).map(({ href, Icon, title, text }) => (
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
