// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The patient's side: a column as wide as a phone, one thing a page.
import { Center, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import Home from './Home';
import css from './portal.module.css';

const FormPage = lazy(() => import('./FormPage'));
const Journal = lazy(() => import('./Journal'));
const Focus = lazy(() => import('./Focus'));
const Progress = lazy(() => import('./Progress'));
const Notes = lazy(() => import('./Notes'));

export default function Portal() {
  return (
    <main className={css.portal} id="main">
      <Suspense
        fallback={
          <Center mih="60vh">
            <Loader aria-label="Loading" />
          </Center>
        }
      >
        <Switch>
          <Route path="/portal" component={Home} />
          <Route path="/portal/forms/:id">{({ id }) => <FormPage key={id} id={id} />}</Route>
          <Route path="/portal/journal" component={Journal} />
          <Route path="/portal/focus" component={Focus} />
          <Route path="/portal/progress" component={Progress} />
          <Route path="/portal/notes" component={Notes} />
          <Route>
            <Redirect to="/portal" replace />
          </Route>
        </Switch>
      </Suspense>
    </main>
  );
}
