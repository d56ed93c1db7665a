// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Drafts of notes. The server keeps them (docs/api.md, Drafts), so that a note begun on one device goes on at another; a
// copy stays in this browser tab for the seconds until then, and for when the server cannot be reached. A draft is
// patient data at rest on the device, hence the session storage, which the browser forgets with the tab.
import { FhirError, request } from '../fhir/client';

const prefix = 'tripsis.draft.';

export function readDraft<T>(name: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + name) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

/** False when the browser refuses to store (a full or forbidden storage): the note then lives on the screen only. */
export function writeDraft(name: string, draft: unknown): boolean {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export const dropDraft = (name: string) => sessionStorage.removeItem(prefix + name);

export function wipeDrafts() {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
}

const at = (key: string) => `/drafts/${encodeURIComponent(key)}`;

export type Listed = { key: string; updated: string; title: string };

export const drafts = {
  /** The draft's transaction; undefined where there is none. The list is asked first: it never refuses. */
  async read(key: string): Promise<fhir4.Bundle | undefined> {
    const all = await request<Listed[] | undefined>('GET', '/drafts');
    return all?.some((one) => one.key === key) ? request<fhir4.Bundle>('GET', at(key)) : undefined;
  },
  write: (key: string, bundle: fhir4.Bundle) => request<void>('PUT', at(key), bundle),
  async drop(key: string): Promise<void> {
    try {
      await request<void>('DELETE', at(key));
    } catch (error) {
      // Gone already is as good; and a signed note must not fail for its draft.
      if (!(error instanceof FhirError)) throw error;
    }
  },
};
