// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Who is signed in, and in which clinic. Every screen below the gate may rely on a session; a 401 anywhere leads back to
// the sign-in page, and from there to where one was. Drafts hold patient data, so signing out wipes them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { FhirError, request } from '../fhir/client';
import { wipeDrafts } from '../lib/draft';

export type Session = {
  username: string;
  name: string;
  role: 'owner' | 'therapist' | 'patient';
  practitioner: string | null;
  /** Of a patient: who it is, and whether they see the portal or only the forms of a tablet that was handed to them. */
  patient?: string | null;
  scope?: 'portal' | 'form' | null;
  forms?: string[];
  practice: { name: string; timeZone: string };
};

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A screen was drawn outside the sign-in gate.');
  return session;
}

export const useZone = () => useSession().practice.timeZone;

async function whoIsThere(): Promise<Session | null> {
  try {
    return await request<Session>('GET', '/auth/session');
  } catch (error) {
    if (error instanceof FhirError && error.status === 401) return null;
    throw error;
  }
}

export const sessionKey = ['session'] as const;
export const useSessionQuery = () => useQuery({ queryKey: sessionKey, queryFn: whoIsThere, staleTime: Infinity });

export const signIn = (username: string, password: string) =>
  request<Session>('POST', '/auth/sign-in', { username, password });

/** Signs a patient in by the key of a mailed link. */
export const openLink = (key: string, birthDate: string) => request<Session>('POST', '/auth/link', { key, birthDate });

/** Asks for a new link by mail; the answer does not tell whether the address is known. */
export const askForLink = (email: string) => request<void>('POST', '/auth/link-request', { email });

/** Somebody else is signed in now: nothing that the one before saw stays in memory or in the tab. */
export function useTakeOver() {
  const queries = useQueryClient();
  return (session: Session) => {
    wipeDrafts();
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    queries.setQueryData(sessionKey, session);
  };
}

export type HandOver = { patient: string; forms: string[] };

/** Gives the tablet to a patient. The patient's page is loaded afresh, so that the staff's is gone from memory too. */
export function useHandOver() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: HandOver) => request<Session>('POST', '/auth/hand-over', what),
    onSuccess: () => {
      wipeDrafts();
      queries.clear();
      location.replace('/kiosk');
    },
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return async () => {
    wipeDrafts();
    try {
      await request<void>('POST', '/auth/sign-out');
    } finally {
      queries.setQueryData(sessionKey, null);
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    }
  };
}
