// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// All the knowledge that the program works by, to be read and found by words. What was typed is in the address, so that going
// back keeps it.
import { Button, Center, Loader, TextInput } from '@mantine/core';
import { IconChevronRight, IconPlus, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useLibrary } from '../../app/library';
import { useSession } from '../../app/session';
import { entryPath, find, kinds, type Entry, type Kind } from '../../clinic/library';
import { cx, plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Tag } from '../../shared/Tag';
import u from '../../styles/u.module.css';
import { Certainty } from './Certainty';
import css from './library.module.css';

const OwnDialog = lazy(() => import('./own/OwnDialog'));

export default function Library() {
  const { role } = useSession();
  const query = new URLSearchParams(useSearch());
  const [, go] = useLocation();
  const [typed, setTyped] = useState(query.get('q') ?? '');
  const [adding, setAdding] = useState(false);
  const kind = (kinds.find((one) => one.code === query.get('kind'))?.code ?? '') as Kind | '';
  const { entries, error, again } = useLibrary();
  const found = useMemo(() => find(entries ?? [], typed, kind), [entries, typed, kind]);
  const show = (words: string, only: Kind | '') => {
    setTyped(words);
    const wanted = new URLSearchParams({ ...(words && { q: words }), ...(only && { kind: only }) });
    go(wanted.size ? `/library?${wanted}` : '/library', { replace: true });
  };
  return (
    <div className={u.stack}>
      <header className={cx(u.bar, css.bar)}>
        <h1 className={cx(u.pageTitle, u.grow)}>Library</h1>
        <Link href="/library/evidence" className={u.plainlink}>
          Evidence and our own change
        </Link>
        {role === 'owner' && (
          <Button leftSection={<IconPlus size={18} />} onClick={() => setAdding(true)}>
            Add our own
          </Button>
        )}
      </header>
      <TextInput
        type="search"
        aria-label="Find in the library"
        placeholder="Find a condition, technique, rule, measure …"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={typed}
        onChange={(event) => show(event.currentTarget.value, kind)}
        autoComplete="off"
      />
      <div className={css.kinds} role="group" aria-label="Show">
        {[{ code: '' as const, name: 'All' }, ...kinds].map((one) => (
          <button
            key={one.code}
            type="button"
            className={u.pick}
            aria-pressed={kind === one.code}
            onClick={() => show(typed, one.code)}
          >
            {one.name}
          </button>
        ))}
      </div>
      <Failure error={error} again={again} />
      {!entries && !error && (
        <Center mih="30vh">
          <Loader aria-label="Loading the library" />
        </Center>
      )}
      {entries && (
        <section className={cx(u.card, css.results)} aria-label="Results">
          <p className={cx(u.small, u.muted)} role="status">
            {plural(found.length, 'entry', 'entries')}
          </p>
          {found.length === 0 && <p className={cx(u.empty, u.muted)}>Nothing here holds these words.</p>}
          <ul>
            {found.map((entry) => (
              <Row key={`${entry.kind}/${entry.code}`} entry={entry} />
            ))}
          </ul>
        </section>
      )}
      {adding && (
        <Suspense>
          <OwnDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Row({ entry }: { entry: Entry }) {
  return (
    <li>
      <Link href={entryPath(entry)}>
        <span className={u.grow}>
          <b>{entry.title}</b>
          <span className={cx(u.small, u.muted)}>
            {kinds.find((kind) => kind.code === entry.kind)?.name}
            {entry.about && ` · ${entry.about}`}
          </span>
          <span className={u.row}>
            {entry.certainty && <Certainty grade={entry.certainty} />}
            {entry.own && <Tag tone="info">Your practice’s</Tag>}
            {entry.status === 'retired' && <Tag>Not in force any more</Tag>}
          </span>
        </span>
        <IconChevronRight size={18} aria-hidden className={u.muted} />
      </Link>
    </li>
  );
}
