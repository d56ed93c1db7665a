// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The state of a note that is being written: its lines, findings, ratings, words, and the ways to change them.
import { useMemo, useState } from 'react';
import { assessment } from '../../clinic/assessment';
import type { Stroke } from '../../clinic/drawing';
import type { Finding, FindingKind, Spot } from '../../clinic/findings';
import { kindOf } from '../../clinic/findings';
import type { Motion } from '../../clinic/motion';
import { emptyDraft, isUntouched, type Draft } from '../../clinic/noteDraft';
import { siteText, type Site, type Work } from '../../clinic/work';
import type { Zone } from '../../clinic/zones';
import { uuidv7 } from '../../lib/uuid';

type Choice = { code: string; name: string };
type Lists = { findings: Finding; motions: Motion; zones: Zone };

const sameDose = (a: Work, b: Work) =>
  a.technique === b.technique && a.minutes === b.minutes && a.pressure === b.pressure;

export function useNote(start: Draft | null, startPain: number | null, cap: number) {
  const [draft, setDraft] = useState<Draft>(() => start ?? emptyDraft());
  const [technique, setTechnique] = useState<Choice | null>(null);
  const before = draft.pain.before ?? startPain;
  const pain = useMemo(() => ({ before, after: draft.pain.after }), [before, draft.pain.after]);
  const held = useMemo(
    // A line that the cap changes is no longer what was done last time.
    () => draft.work.map((line) => (line.pressure > cap ? { ...line, pressure: cap, from: undefined } : line)),
    [draft.work, cap],
  );
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const setWork = (to: (work: Work[]) => Work[]) => setDraft((old) => ({ ...old, work: to(old.work) }));
  /** Puts one into a list of the draft, in the place of the one with its id. */
  function put<K extends keyof Lists>(list: K, one: Lists[K]) {
    setDraft((old) => {
      const all = old[list] as Lists[K][];
      const known = all.some((other) => other.id === one.id);
      return { ...old, [list]: known ? all.map((other) => (other.id === one.id ? one : other)) : [...all, one] };
    });
  }
  function drop(list: keyof Lists, id: string) {
    setDraft((old) => ({ ...old, [list]: (old[list] as { id: string }[]).filter((one) => one.id !== id) }));
  }
  return {
    draft,
    untouched: isUntouched(draft),
    pain,
    work: held,
    text: draft.own ?? assessment(held, pain, draft.findings),
    change,
    put,
    drop,
    /** Adds a line for a place; its id, or that of the line that is there already. What was done there last time is
     *  carried forward, else it begins with the technique used last. */
    add(site: Site, fallback: Choice, last?: Work): string {
      const known = draft.work.find((line) => line.site.key === site.key);
      if (known) return known.id;
      const used = technique ?? fallback;
      const id = uuidv7();
      const fresh = { technique: used.code, techniqueName: used.name, minutes: 10, pressure: Math.min(3, cap) };
      setWork((work) => [...work, { ...fresh, ...last, id, site, before: null, after: null }]);
      return id;
    },
    edit(line: Work) {
      setTechnique({ code: line.technique, name: line.techniqueName });
      setWork((work) =>
        work.map((old) => {
          if (old.id !== line.id) return old;
          const { from, ...changed } = line;
          return from && sameDose(old, line) ? line : changed;
        }),
      );
    },
    remove: (id: string) => setWork((work) => work.filter((line) => line.id !== id)),
    /** Takes over technique, minutes and pressure; what was measured then was measured then. */
    copy(last: Work[]) {
      const lines = last.map((line) => ({ ...line, id: uuidv7(), before: null, after: null }));
      setWork((work) => [...work, ...lines.filter((line) => !work.some((old) => old.site.key === line.site.key))]);
    },
    /** Adds a finding, or takes it away where the same one stands already. */
    find(site: Site, kind: FindingKind, grade?: string, spot?: Spot): void {
      const known = draft.findings.find((one) => one.site.key === site.key && one.kind === kind);
      const first = grade ?? kindOf(kind).grades[0]!.code;
      if (known && !spot && known.grade === first) return drop('findings', known.id);
      if (known) return put('findings', { ...known, grade: first, score: null, ...(spot && { spot }) });
      put('findings', { id: uuidv7(), site, kind, grade: first, score: null, referral: '', ...(spot && { spot }) });
    },
    draw: (stroke: Stroke) => setDraft((old) => ({ ...old, strokes: [...old.strokes, stroke] })),
    undraw: (at: number) => setDraft((old) => ({ ...old, strokes: old.strokes.filter((_, i) => i !== at) })),
    /** A zone of this note is taken away; one of an earlier note is lifted by this one, or kept after all. */
    avoid(site: Site, standing: Zone[]): void {
      const same = (zone: Zone) => siteText(zone.site) === siteText(site);
      const mine = draft.zones.find(same);
      const stored = standing.find(same);
      if (mine) return drop('zones', mine.id);
      if (!stored) return put('zones', { id: uuidv7(), site, reason: '' });
      const lifted = draft.lifted.includes(stored.id);
      change({ lifted: lifted ? draft.lifted.filter((id) => id !== stored.id) : [...draft.lifted, stored.id] });
    },
  };
}

export type NoteState = ReturnType<typeof useNote>;
