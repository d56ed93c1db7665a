// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Drafts of notes, kept for this browser tab until they are signed or the person signs out. A draft is patient data at
// rest on the device, hence the session storage, which the browser forgets with the tab.

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
