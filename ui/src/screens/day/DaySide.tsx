// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What needs a person on this day, worst first, each with one action.
import { IconAlertTriangle, IconBan, IconDoorEnter, IconPencil } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Need, Visit } from '../../clinic/day';
import { clock } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import u from '../../styles/u.module.css';
import css from './side.module.css';

const icons = { stop: IconBan, hold: IconAlertTriangle, info: IconPencil, plain: IconDoorEnter };

export function DaySide({ needs, onOpen }: { needs: Need[]; onOpen: (visit: Visit) => void }) {
  return (
    <aside className={css.side} aria-label="What needs you">
      <Card title="Needs you today" action={<span className={cx(u.count, u.num)}>{needs.length}</span>}>
        {needs.length === 0 && <p className={cx(u.small, u.muted)}>Nothing is waiting.</p>}
        <ul className={u.list}>
          {needs.map(({ visit, tone, text, action }) => {
            const Icon = icons[tone];
            return (
              <li key={visit.id} data-tone={tone} className={css.need}>
                <Icon size={20} stroke={1.75} aria-hidden />
                <button type="button" className={css.what} onClick={() => onOpen(visit)}>
                  <span className={cx(u.small, u.strong, u.num)}>
                    {visit.who}, {clock(visit.start)}
                  </span>
                  <span className={cx(u.tiny, u.muted)}>
                    {text} · {visit.therapistName}
                  </span>
                </button>
                <Link
                  className={u.plainlink}
                  href={action === 'Note' ? `/note/${visit.id}` : `/patients/${visit.patient}`}
                  aria-label={`${action}: ${visit.who}`}
                >
                  {action}
                </Link>
              </li>
            );
          })}
        </ul>
      </Card>
    </aside>
  );
}
