// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Keeps the note that is being written: at once in this browser tab, and at the latest two seconds later on the server,
// as the transaction that would be signed. So a reload, an expired session or another tablet loses nothing.
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '../../app/session';
import { readDraft as readBundle, type Draft } from '../../clinic/noteDraft';
import { drafts, dropDraft, readDraft, writeDraft } from '../../lib/draft';

type Local = { draft: Draft; sent: boolean };
export type Kept = { onDevice: boolean; onServer: Date | null };

const every = 2000;
const again = 15_000;
const named = (username: string, key: string) => `${username}.${key}`;

/** What was written so far: this tab's own where the server has not got it yet, else the server's. */
export function useStoredDraft(key: string | undefined) {
  const { username } = useSession();
  return useQuery({
    queryKey: ['draft', username, key],
    queryFn: async (): Promise<Draft | null> => {
      const local = readDraft<Local>(named(username, key!));
      if (local && !local.sent) return local.draft;
      try {
        return readBundle(await drafts.read(key!)) ?? null;
      } catch {
        return local?.draft ?? null;
      }
    },
    enabled: Boolean(key),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** `bundle` makes the transaction of the note as it stands; undefined when it cannot be made (nobody to sign it). */
export function useKeptDraft(key: string, draft: Draft, untouched: boolean, bundle: () => fhir4.Bundle | undefined) {
  const { username } = useSession();
  const name = named(username, key);
  const [kept, setKept] = useState<Kept>({ onDevice: true, onServer: null });
  const latest = useRef({ draft, bundle });
  const state = useRef({ timer: 0, dirty: false, over: false, sending: Promise.resolve() });
  const first = useRef(draft);
  useEffect(() => {
    latest.current = { draft, bundle };
  });

  const send = useCallback(() => {
    const now = state.current;
    window.clearTimeout(now.timer);
    now.timer = 0;
    const made = latest.current.bundle();
    if (!now.dirty || now.over || !made) return;
    now.dirty = false;
    const sent = latest.current.draft;
    now.sending = drafts.write(key, made).then(
      () => {
        if (now.over) return;
        if (!now.dirty) writeDraft(name, { draft: sent, sent: true } satisfies Local);
        setKept((old) => ({ ...old, onServer: new Date() }));
      },
      () => {
        now.dirty = true;
        if (!now.timer && !now.over) now.timer = window.setTimeout(send, again);
        setKept((old) => ({ ...old, onServer: null }));
      },
    );
  }, [key, name]);

  useEffect(() => {
    const now = state.current;
    if (untouched || draft === first.current || now.over) return;
    const onDevice = writeDraft(name, { draft, sent: false } satisfies Local);
    setKept((old) => (old.onDevice === onDevice ? old : { ...old, onDevice }));
    now.dirty = true;
    if (!now.timer) now.timer = window.setTimeout(send, every);
  }, [draft, untouched, name, send]);

  useEffect(() => {
    const now = state.current;
    const hide = () => document.visibilityState === 'hidden' && send();
    document.addEventListener('visibilitychange', hide);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      send();
      window.clearTimeout(now.timer);
    };
  }, [send]);

  /** The note is signed: its draft is wiped here and on the server. */
  const wipe = useCallback(async () => {
    const now = state.current;
    now.over = true;
    window.clearTimeout(now.timer);
    dropDraft(name);
    await now.sending;
    await drafts.drop(key);
  }, [key, name]);

  return { kept, wipe };
}
