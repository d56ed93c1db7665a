// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Who is signed in, and in which clinic. Every screen below the gate may rely on a session; a 401 anywhere leads back to
// the sign-in page, and from there to where one was. Drafts hold patient data, so signing out wipes them.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { FhirError, request } from '../fhir/client';
import { wipeDrafts } from '../lib/draft';

export type Session = {
  username: string;
  name: string;
  role: 'owner' | 'therapist';
  practitioner: string | null;
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
