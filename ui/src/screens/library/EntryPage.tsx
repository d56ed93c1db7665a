// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One entry of the library: what it says, how sure that is, where it comes from, who has signed it. Its address can be shared.
import { Button, Center, Loader } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { useLibrary } from '../../app/library';
import { useSession } from '../../app/session';
import { kinds, type Entry, type Fact } from '../../clinic/library';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { Tag } from '../../shared/Tag';
import u from '../../styles/u.module.css';
import { Certainty } from './Certainty';
import css from './library.module.css';
import { Sources } from './Sources';

const OwnDialog = lazy(() => import('./own/OwnDialog'));

export default function EntryPage({ kind, code }: { kind: string; code: string }) {
  const { entries, error, again } = useLibrary();
  const entry = entries?.find((one) => one.kind === kind && one.code === code);
  return (
    <div className={u.stack}>
      <Link href={`/library?kind=${kind}`} className={cx(u.plainlink, css.back)}>
        Library
      </Link>
      <Failure error={error} again={again} />
      {!entries && !error && (
        <Center mih="30vh">
          <Loader aria-label="Loading" />
        </Center>
      )}
      {entries && !entry && <p className={cx(u.card, u.empty, u.muted)}>There is no such entry.</p>}
      {entry && <Sheet entry={entry} />}
    </div>
  );
}

function Sheet({ entry }: { entry: Entry }) {
  const { role } = useSession();
  const [editing, setEditing] = useState(false);
  return (
    <>
      <header className={cx(u.bar, css.bar)}>
        <div className={u.grow}>
          <h1 className={u.pageTitle}>{entry.title}</h1>
          <p className={cx(u.small, u.muted)}>
            {kinds.find((kind) => kind.code === entry.kind)?.name} · {entry.code}
            {entry.version && ` · version ${entry.version}`}
          </p>
        </div>
        {entry.own && role === 'owner' && (
          <Button variant="default" onClick={() => setEditing(true)}>
            Change
          </Button>
        )}
      </header>
      <div className={u.row}>
        {entry.certainty && <Certainty grade={entry.certainty} />}
        {entry.own && <Tag tone="info">Your practice’s</Tag>}
        {entry.status === 'retired' && <Tag>Not in force any more</Tag>}
      </div>
      <Card>
        <dl className={css.facts}>
          {entry.facts.map((fact) => (
            <FactLine key={fact.label} fact={fact} />
          ))}
        </dl>
      </Card>
      <Card title="Sources">
        <Sources sources={entry.sources} />
        {!entry.own && (
          <p className={cx(u.small, u.muted, css.unsigned)}>No clinician has signed this yet.</p>
        )}
      </Card>
      {editing && (
        <Suspense>
          <OwnDialog entry={entry} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </>
  );
}

function FactLine({ fact }: { fact: Fact }) {
  return (
    <>
      <dt>{fact.label}</dt>
      <dd>
        {typeof fact.text === 'string' ? (
          fact.text
        ) : (
          <ul>
            {fact.text.map((line, i) => (
              <li key={i}>{line}</li>
            ))}
          </ul>
        )}
      </dd>
    </>
  );
}
