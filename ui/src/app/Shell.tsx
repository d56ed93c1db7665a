// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The frame: a rail on the tablet, a bar under the thumb on the phone, and the keys that work everywhere.
import { useHotkeys } from '@mantine/hooks';
import { IconBook2, IconCalendarWeek, IconChecklist, IconUserCircle, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { concerning } from '../clinic/tasks';
import { initials } from '../fhir/read';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import { useWorklist } from './queries';
import { useSession } from './session';
import { ColorToggle, Mark } from './Mark';
import css from './shell.module.css';

const places = [
  { href: '/', name: 'Day', Icon: IconCalendarWeek, within: (path: string) => path === '/' },
  { href: '/patients', name: 'Patients', Icon: IconUsers, within: (path: string) => /^\/(patients|note)/.test(path) },
  { href: '/work', name: 'To do', Icon: IconChecklist, within: (path: string) => path === '/work' },
  { href: '/library', name: 'Library', Icon: IconBook2, within: (path: string) => path.startsWith('/library') },
];

/** How many things wait for the one who is signed in. */
function Waiting() {
  const { practitioner } = useSession();
  const items = concerning(useWorklist().data ?? [], practitioner);
  if (!items.length) return null;
  return (
    <span className={css.waiting} data-tone={items[0]!.tone}>
      {items.length}
      <span className={u.unseen}> to do</span>
    </span>
  );
}

function Rail({ path }: { path: string }) {
  const session = useSession();
  const account = path === '/account';
  return (
    <nav className={css.rail} aria-label="Main">
      <span className={css.mark}>
        <Mark />
      </span>
      {places.map(({ href, name, Icon, within }) => (
        <Link key={href} href={href} aria-current={within(path) ? 'page' : undefined}>
          <Icon size={24} stroke={1.75} aria-hidden />
          {name}
          {href === '/work' && <Waiting />}
        </Link>
      ))}
      <Link href="/account" className={css.phoneOnly} aria-current={account ? 'page' : undefined}>
        <IconUserCircle size={24} stroke={1.75} aria-hidden />
        You
      </Link>
      <span className={css.foot}>
        <ColorToggle />
        <Link
          href="/account"
          className={css.me}
          aria-label={`${initials(session.name)}: ${session.name}, your account`}
        >
          <span className={css.avatar} aria-hidden>
            {initials(session.name)}
          </span>
        </Link>
      </span>
    </nav>
  );
}

export function Shell({ children }: { children: ReactNode }) {
  const [path, go] = useLocation();
  useHotkeys([['/', () => go('/patients?find')]]);
  return (
    <>
      <a className={css.skip} href="#main">
        Skip to content
      </a>
      <div className={cx(css.shell, path.startsWith('/note') && css.bare)}>
        <Rail path={path} />
        <main className={css.main} id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}
