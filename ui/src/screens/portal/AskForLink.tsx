// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A patient signs in by a link that comes by mail: there is no password to forget. The answer is the same whether or not
// the address is known.
import { Button, TextInput } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import { askForLink } from '../../app/session';
import { Mark } from '../../app/Mark';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import css from './portal.module.css';

export default function AskForLink() {
  const [email, setEmail] = useState('');
  const [state, setState] = useState<'asking' | 'busy' | 'sent'>('asking');
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState('busy');
    setError(null);
    try {
      await askForLink(email.trim());
      setState('sent');
    } catch (refused) {
      setError(refused);
      setState('asking');
    }
  };
  return (
    <main className={css.door} id="main">
      <form className={css.doorCard} onSubmit={submit} aria-labelledby="ask">
        <span className={css.mark}>
          {state === 'sent' ? <IconMailCheck size={44} stroke={1.5} aria-hidden /> : <Mark size={44} />}
        </span>
        <h1 id="ask">{state === 'sent' ? 'Look into your mail' : 'Your visits'}</h1>
        {state === 'sent' ? (
          <p role="status">
            If we know this address, a link is on its way. It opens this page for you; you do not need a password. If
            nothing comes within ten minutes, call the clinic.
          </p>
        ) : (
          <>
            <p>We send a link to the e-mail address that the clinic has from you. You do not need a password.</p>
            <Failure error={error} />
            <TextInput
              label="E-mail address"
              type="email"
              name="email"
              autoComplete="email"
              required
              withAsterisk={false}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Button type="submit" h={52} loading={state === 'busy'} fullWidth>
              Send me a link
            </Button>
          </>
        )}
        <Link href="/sign-in" className={u.plainlink}>
          I work at the clinic
        </Link>
      </form>
    </main>
  );
}
