// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A short word on its own tint, with an icon where the word alone could be missed.
import type { ReactNode } from 'react';
import u from '../styles/u.module.css';

export type Tone = 'stop' | 'hold' | 'info' | 'ok' | 'plain';

export function Tag({ tone = 'plain', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={u.tag} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
