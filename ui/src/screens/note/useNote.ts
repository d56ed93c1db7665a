// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The state of a note that is being written: its lines, ratings, words. It is kept as a draft in this browser tab, so that a
// reload or an expired session loses nothing.
import { useEffect, useMemo, useState } from 'react';
import { useSession } from '../../app/session';
import { assessment, type Pain } from '../../clinic/assessment';
import type { NoteKind } from '../../clinic/chart';
import type { Site, Work } from '../../clinic/work';
import { readDraft, writeDraft } from '../../lib/draft';
import { uuidv7 } from '../../lib/uuid';

export type Draft = {
  kind: NoteKind;
  work: Work[];
  pain: Pain;
  /** The therapist's own sentence; null while the composed one stands. */
  own: string | null;
  reason: string;
};
type Choice = { code: string; name: string };

export const draftName = (username: string, key: string) => `${username}.${key}`;

export function useNote(key: string, startPain: number | null, cap: number) {
  const { username } = useSession();
  const name = draftName(username, key);
  const [draft, setDraft] = useState<Draft>(
    () =>
      readDraft<Draft>(name) ?? {
        kind: 'session',
        work: [],
        pain: { before: null, after: null },
        own: null,
        reason: '',
      },
  );
  const [kept, setKept] = useState(true);
  const [technique, setTechnique] = useState<Choice | null>(null);
  const before = draft.pain.before ?? startPain;
  const pain = useMemo(() => ({ before, after: draft.pain.after }), [before, draft.pain.after]);
  const held = useMemo(
    () => draft.work.map((line) => (line.pressure > cap ? { ...line, pressure: cap } : line)),
    [draft.work, cap],
  );
  const untouched =
    draft.work.length === 0 &&
    draft.pain.before === null &&
    draft.pain.after === null &&
    !draft.own &&
    !draft.reason &&
    draft.kind === 'session';
  useEffect(() => {
    if (!untouched) setKept(writeDraft(name, draft));
  }, [name, draft, untouched]);

  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const setWork = (to: (work: Work[]) => Work[]) => setDraft((old) => ({ ...old, work: to(old.work) }));
  return {
    name,
    kept,
    untouched,
    draft,
    pain,
    work: held,
    text: draft.own ?? assessment(held, pain),
    change,
    /** Adds a line for a place with the technique used last; its id, or that of the line that is there already. */
    add(site: Site, fallback: Choice): string {
      const known = draft.work.find((line) => line.site.key === site.key);
      if (known) return known.id;
      const used = technique ?? fallback;
      const id = uuidv7();
      const line: Work = {
        id,
        site,
        technique: used.code,
        techniqueName: used.name,
        minutes: 10,
        pressure: Math.min(3, cap),
        before: null,
        after: null,
      };
      setWork((work) => [...work, line]);
      return id;
    },
    edit(line: Work) {
      setTechnique({ code: line.technique, name: line.techniqueName });
      setWork((work) => work.map((old) => (old.id === line.id ? { ...line, copied: false } : old)));
    },
    remove: (id: string) => setWork((work) => work.filter((line) => line.id !== id)),
    /** Takes over technique, minutes and pressure; what was measured then was measured then. */
    copy(last: Work[]) {
      const lines = last.map((line) => ({ ...line, id: uuidv7(), before: null, after: null, copied: true }));
      setWork((work) => [...work, ...lines.filter((line) => !work.some((old) => old.site.key === line.site.key))]);
    },
  };
}
