// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The routes. Each screen is loaded when it is first opened; the sign-in page is what is left when nobody is there.
import { Center, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Redirect, useLocation } from 'wouter';
import { onSignedOut } from '../fhir/client';
import { Failure } from '../shared/Failure';
import { SessionContext, sessionKey, useSessionQuery, type Session } from './session';

const SignIn = lazy(() => import('../screens/signin/SignIn'));
const Portal = lazy(() => import('../screens/portal/Portal'));
const Enter = lazy(() => import('../screens/portal/Enter'));
const AskForLink = lazy(() => import('../screens/portal/AskForLink'));
const Staff = lazy(() => import('./Staff'));
const Kiosk = lazy(() => import('../screens/kiosk/Kiosk'));

const wait = (
  <Center mih="60vh">
    <Loader aria-label="Loading" />
  </Center>
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
  return <Suspense fallback={wait}>{place(session.data, path)}</Suspense>;
}

const isPortal = (path: string) => path === '/portal' || path.startsWith('/portal/');

/** The role decides what one sees: a patient never the staff's screens, and the staff never a patient's. */
function place(session: Session | null, path: string) {
  if (path === '/portal/enter') return <Enter />;
  if (!session) return <SignedOut path={path} />;
  if (session.role !== 'patient') {
    return (
      <SessionContext value={session}>
        <Staff path={path} wait={wait} />
      </SessionContext>
    );
  }
  const home = session.scope === 'form' ? '/kiosk' : '/portal';
  if (home === '/kiosk' ? path !== home : !isPortal(path) || path === '/portal/sign-in')
    return <Redirect to={home} replace />;
  return <SessionContext value={session}>{session.scope === 'form' ? <Kiosk /> : <Portal />}</SessionContext>;
}

function SignedOut({ path }: { path: string }) {
  if (path === '/portal/sign-in') return <AskForLink />;
  if (isPortal(path)) return <Redirect to="/portal/sign-in" replace />;
  if (path === '/sign-in') return <SignIn />;
  const next = path === '/kiosk' ? '/' : path + location.search;
  return <Redirect to={`/sign-in?next=${encodeURIComponent(next)}`} replace />;
}

/** Names the page in the browser's tab and history, never the patient. */
function titleOf(path: string): string {
  if (path === '/') return 'Day';
  if (path === '/patients') return 'Patients';
  if (/^\/patients\/[^/]+\/plan$/.test(path)) return 'Plan';
  if (path.startsWith('/patients/')) return 'Chart';
  if (path === '/work') return 'To do';
  if (path.startsWith('/library')) return 'Library';
  if (path.startsWith('/note/')) return 'Session note';
  if (path === '/safety') return 'Safety';
  if (isPortal(path)) return 'My visits';
  if (path === '/kiosk') return 'Forms';
  return path === '/account' ? 'Account' : 'Sign in';
}
