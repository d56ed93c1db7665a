// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The sign-in page. A plain form with the autocomplete names that password managers know.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { sessionKey, signIn } from '../../app/session';
import { ColorToggle, Mark } from '../../app/Mark';
import { FhirError } from '../../fhir/client';
import { Notice } from '../../shared/Notice';
import css from './signin.module.css';

function refusal(error: unknown): string {
  if (!(error instanceof FhirError)) return 'Something went wrong in this page. Load it again.';
  if (error.status === 401) return 'User name or password is wrong.';
  if (error.status === 429) return 'Too many wrong tries. Wait a minute, then try again.';
  return error.message;
}

export default function SignIn() {
  const queries = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const back = new URLSearchParams(location.search).get('next');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const session = await signIn(username.trim(), password);
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
      queries.setQueryData(sessionKey, session);
    } catch (refused) {
      setError(refused);
      setPassword('');
      setBusy(false);
    }
  };

  return (
    <main className={css.page}>
      <div className={css.toggle}>
        <ColorToggle />
      </div>
      <form className={css.card} onSubmit={submit} aria-labelledby="sign-in">
        <span className={css.mark}>
          <Mark size={44} />
        </span>
        <h1 id="sign-in">Sign in to Tripsis</h1>
        {back && back !== '/' && !error ? <p className={css.hint}>Sign in to go on where you were.</p> : null}
        {error ? <Notice tone="stop" title={refusal(error)} /> : null}
        <TextInput
          label="User name"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password', size: 44 }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy} fullWidth>
          Sign in
        </Button>
      </form>
      <p className={css.foot}>Tripsis informs and stops; the decision to treat is the therapist’s.</p>
    </main>
  );
}
