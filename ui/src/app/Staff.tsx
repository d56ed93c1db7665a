// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The staff's routes in their frame, loaded when somebody of the staff is signed in: a patient's phone fetches none of it.
import { Button } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import { Link, Redirect, Route, Switch } from 'wouter';
import u from '../styles/u.module.css';
import { Shell } from './Shell';

const Day = lazy(() => import('../screens/day/Day'));
const Patients = lazy(() => import('../screens/patients/Patients'));
const Chart = lazy(() => import('../screens/chart/Chart'));
const Note = lazy(() => import('../screens/note/Note'));
const Plan = lazy(() => import('../screens/plan/Plan'));
const Work = lazy(() => import('../screens/work/Work'));
const SafetyReport = lazy(() => import('../screens/safety/SafetyReport'));
const Library = lazy(() => import('../screens/library/Library'));
const Evidence = lazy(() => import('../screens/library/Evidence'));
const EntryPage = lazy(() => import('../screens/library/EntryPage'));
const Account = lazy(() => import('../screens/account/Account'));

const Nowhere = () => (
  <div className={u.empty}>
    <h1 className={u.pageTitle}>There is no such page</h1>
    <p className={u.muted}>The address may be mistyped.</p>
    <Button component={Link} href="/" mt="md">
      To the day
    </Button>
  </div>
);

/** `wait` is shown while a screen loads. */
export default function Staff({ path, wait }: { path: string; wait: ReactNode }) {
  if (path === '/sign-in') return <Redirect to={wanted()} replace />;
  if (path.startsWith('/portal') || path === '/kiosk') return <Redirect to="/" replace />;
  return (
    <Shell>
      <Suspense fallback={wait}>
        <Switch>
          <Route path="/" component={Day} />
          <Route path="/patients" component={Patients} />
          <Route path="/patients/:id">{({ id }) => <Chart key={id} id={id} />}</Route>
          <Route path="/note/:id">{({ id }) => <Note key={id + location.search} appointment={id} />}</Route>
          <Route path="/patients/:id/plan">{({ id }) => <Plan key={id} id={id} />}</Route>
          <Route path="/work" component={Work} />
          <Route path="/safety" component={SafetyReport} />
          <Route path="/library" component={Library} />
          <Route path="/library/evidence" component={Evidence} />
          <Route path="/library/:kind/:code">
            {({ kind, code }) => <EntryPage key={`${kind}/${code}`} kind={kind} code={code} />}
          </Route>
          <Route path="/account" component={Account} />
          <Route component={Nowhere} />
        </Switch>
      </Suspense>
    </Shell>
  );
}

/** Where to go after signing in: only to a page of ours. */
function wanted(): string {
  const next = new URLSearchParams(location.search).get('next') ?? '/';
  return next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/sign-in') ? next : '/';
}
