// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The assessment sentence, composed from the entries so that it cannot disagree with them. The therapist may rewrite it.
import { capital, plural } from '../lib/text';
import { findingWords, type Finding } from './findings';
import { totalMinutes, type Site, type Work } from './work';

export type Pain = { before: number | null; after: number | null };

function painMoved({ before, after }: Pain): string {
  if (before === null && after === null) return '';
  if (before === null) return `pain was ${after} of 10 after the session`;
  if (after === null) return `pain was ${before} of 10 before the session`;
  if (after < before) return `pain fell from ${before} to ${after} of 10`;
  if (after > before) return `pain rose from ${before} to ${after} of 10`;
  return `pain stayed at ${before} of 10`;
}

const spoken = ({ site }: { site: Site }) =>
  site.side === 'midline' ? site.name.toLowerCase() : `${site.side} ${site.name.toLowerCase()}`;

/** "Left levator scapulae: trigger point, refers to the temple; raised tone." One sentence a place. */
function found(findings: Finding[]): string[] {
  const places = new Map<string, Finding[]>();
  for (const one of findings) places.set(one.site.key, [...(places.get(one.site.key) ?? []), one]);
  return [...places.values()].map((all) => `${capital(spoken(all[0]!))}: ${all.map(findingWords).join('; ')}.`);
}

export function assessment(work: Work[], pain: Pain, findings: Finding[] = []): string {
  const tender = work.filter((line) => line.before !== null).sort((a, b) => b.before! - a.before!)[0];
  const moved = painMoved(pain);
  const said: string[] = [];
  if (tender) {
    const then = tender.after === null ? '' : ` and ${tender.after} after`;
    said.push(`${capital(spoken(tender))} was the most tender, ${tender.before} before${then}.`);
  }
  said.push(...found(findings));
  if (work.length) {
    const places = new Set(work.map((line) => line.site.key)).size;
    const dose = `${plural(totalMinutes(work), 'minute')} on ${plural(places, 'place')}`;
    said.push(moved ? `${capital(moved)}, with ${dose}.` : `${capital(dose)}.`);
    said.push(`Pressure stayed at ${Math.max(...work.map((line) => line.pressure))} of 10 or less.`);
  } else if (moved) {
    said.push(`${capital(moved)}.`);
  }
  return said.join(' ');
}
