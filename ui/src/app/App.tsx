// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The routes. Each screen is loaded when it is first opened; the sign-in page is what is left when nobody is there.
import { Button, Center, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { onSignedOut } from '../fhir/client';
import { Failure } from '../shared/Failure';
import u from '../styles/u.module.css';
import { SessionContext, sessionKey, useSessionQuery } from './session';
import { Shell } from './Shell';

const SignIn = lazy(() => import('../screens/signin/SignIn'));
const Day = lazy(() => import('../screens/day/Day'));
const Patients = lazy(() => import('../screens/patients/Patients'));
const Chart = lazy(() => import('../screens/chart/Chart'));
const Note = lazy(() => import('../screens/note/Note'));
const Work = lazy(() => import('../screens/work/Work'));
const Account = lazy(() => import('../screens/account/Account'));

const wait = (
  <Center mih="60vh">
    <Loader aria-label="Loading" />
  </Center>
);

const Nowhere = () => (
  <div className={u.empty}>
    <h1 className={u.pageTitle}>There is no such page</h1>
    <p className={u.muted}>The address may be mistyped.</p>
    <Button component={Link} href="/" mt="md">
      To the day
    </Button>
  </div>
);

export function App() {
  const queries = useQueryClient();
  const session = useSessionQuery();
  const [path] = useLocation();
  useEffect(() => {
    document.title = `${titleOf(path)} · Tripsis`;
  }, [path]);
  useEffect(() => onSignedOut(() => queries.setQueryData(sessionKey, null)), [queries]);
  if (session.isPending) return wait;
  if (session.isError) return <Failure error={session.error} again={() => void session.refetch()} />;
  if (!session.data) {
    const next = path + location.search;
    if (path !== '/sign-in') return <Redirect to={`/sign-in?next=${encodeURIComponent(next)}`} replace />;
    return (
      <Suspense fallback={wait}>
        <SignIn />
      </Suspense>
    );
  }
  if (path === '/sign-in') return <Redirect to={wanted()} replace />;
  return (
    <SessionContext value={session.data}>
      <Shell>
        <Suspense fallback={wait}>
          <Switch>
            <Route path="/" component={Day} />
            <Route path="/patients" component={Patients} />
            <Route path="/patients/:id">{({ id }) => <Chart key={id} id={id} />}</Route>
            <Route path="/note/:id">{({ id }) => <Note key={id + location.search} appointment={id} />}</Route>
            <Route path="/work" component={Work} />
            <Route path="/account" component={Account} />
            <Route component={Nowhere} />
          </Switch>
        </Suspense>
      </Shell>
    </SessionContext>
  );
}

/** Names the page in the browser's tab and history, never the patient. */
function titleOf(path: string): string {
  if (path === '/') return 'Day';
  if (path === '/patients') return 'Patients';
  if (path.startsWith('/patients/')) return 'Chart';
  if (path === '/work') return 'To do';
  if (path.startsWith('/note/')) return 'Session note';
  return path === '/account' ? 'Account' : 'Sign in';
}

/** Where to go after signing in: only to a page of ours. */
function wanted(): string {
  const next = new URLSearchParams(location.search).get('next') ?? '/';
  return next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/sign-in') ? next : '/';
}
