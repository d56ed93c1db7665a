// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The head of a page of the portal, with the way back; and the page that follows what was sent.
import { Button } from '@mantine/core';
import { IconArrowLeft, IconCheck } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'wouter';
import { cx } from '../../lib/text';
import u from '../../styles/u.module.css';
import css from './portal.module.css';

export function Bar({ title, note }: { title: string; note?: ReactNode }) {
  return (
    <header className={css.bar}>
      <Link href="/portal" className={css.back} aria-label="Back to the start">
        <IconArrowLeft size={24} aria-hidden />
      </Link>
      <h1>{title}</h1>
      {note && <span className={cx(u.small, u.muted, u.num)}>{note}</span>}
    </header>
  );
}

export function Sent({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <div className={css.sent}>
      <span className={css.sentMark} data-tone="ok">
        <IconCheck size={36} aria-hidden />
      </span>
      <h1 tabIndex={-1} ref={head}>
        {title}
      </h1>
      <div className={u.muted}>{children}</div>
      {action ?? (
        <Button component={Link} href="/portal" h={52}>
          Back to the start
        </Button>
      )}
    </div>
  );
}

/** Who reads what was sent, and when nobody does. */
export const WhoReads = () => (
  <>
    <p>Your therapist sees this before your next visit.</p>
    <p>
      Nobody reads it at night or at weekends. For anything urgent, call the clinic. In an emergency, call your local
      emergency number.
    </p>
  </>
);
