// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One message about what just happened or what is in the way: a tone, a heading, and words that say what to do.
import { IconAlertTriangle, IconBan, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './notice.module.css';
import type { Tone } from './Tag';

const icons = {
  stop: IconBan,
  hold: IconAlertTriangle,
  info: IconInfoCircle,
  ok: IconCheck,
  plain: IconInfoCircle,
} as const;

export function Notice({ tone, title, children }: { tone: Tone; title: string; children?: ReactNode }) {
  const Icon = icons[tone];
  return (
    <div className={css.notice} data-tone={tone} role={tone === 'stop' || tone === 'hold' ? 'alert' : 'status'}>
      <Icon size={22} stroke={1.75} aria-hidden />
      <div>
        <p className={css.title}>{title}</p>
        {children && <div className={css.text}>{children}</div>}
      </div>
    </div>
  );
}
