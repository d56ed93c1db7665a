// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Where the link of a mail leads. The key stands behind the #, which is sent to no server by itself; the birth date shows
// that the mail reached the right person.
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { openLink, useTakeOver } from '../../app/session';
import { Mark } from '../../app/Mark';
import { FhirError } from '../../fhir/client';
import { Notice } from '../../shared/Notice';
import u from '../../styles/u.module.css';
import css from './portal.module.css';

function refusal(error: unknown): string {
  if (!(error instanceof FhirError)) return 'Something went wrong in this page. Load it again.';
  if (error.status === 401) return 'This is not the birth date that we have, or the link is too old.';
  if (error.status === 429) return 'The link does not work any more. Ask for a new one.';
  return error.message;
}

export default function Enter() {
  const [, go] = useLocation();
  const takeOver = useTakeOver();
  const [key] = useState(() => location.hash.slice(1));
  const [birthDate, setBirthDate] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      takeOver(await openLink(key, birthDate));
      go('/portal', { replace: true });
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return (
    <main className={css.door} id="main">
      <form className={css.doorCard} onSubmit={submit} aria-labelledby="enter">
        <span className={css.mark}>
          <Mark size={44} />
        </span>
        <h1 id="enter">Welcome</h1>
        {key ? (
          <>
            <p>Please tell us your date of birth, so that we know that it is you.</p>
            {error ? <Notice tone="stop" title={refusal(error)} /> : null}
            <TextInput
              label="Date of birth"
              type="date"
              name="bday"
              autoComplete="bday"
              required
              withAsterisk={false}
              value={birthDate}
              onChange={(event) => setBirthDate(event.currentTarget.value)}
            />
            <Button type="submit" h={52} loading={busy} disabled={!birthDate} fullWidth>
              Go on
            </Button>
          </>
        ) : (
          <Notice tone="hold" title="This link is not complete">
            Open it from the mail once more, or ask for a new one.
          </Notice>
        )}
        <Link href="/portal/sign-in" className={u.plainlink}>
          Send me a new link
        </Link>
      </form>
    </main>
  );
}
