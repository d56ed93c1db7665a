// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Small helpers for text: class names, plurals, and narratives that are safe inside XHTML.

export const cx = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ');

export const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeXml = (text: string) =>
  [...text]
    .filter((c) => c >= ' ' || c === '\n' || c === '\t')
    .join('')
    .replace(/[&<>"']/g, (c) => entities[c]!);

/** A FHIR narrative of paragraphs; what a person typed is escaped, line ends become paragraphs. */
export function narrative(...paragraphs: string[]): fhir4.Narrative {
  const lines = paragraphs.flatMap((p) => p.split(/\n+/)).filter((line) => line.trim());
  const body = lines.map((line) => `<p>${escapeXml(line.trim())}</p>`).join('');
  return {
    status: 'generated',
    div: `<div xmlns="http://www.w3.org/1999/xhtml">${body || '<p>Nothing noted.</p>'}</div>`,
  };
}

/** The text of a narrative that `narrative` made: its paragraphs as lines. */
export function readNarrative(div = ''): string {
  const plain = (text: string) =>
    Object.entries(entities).reduceRight((out, [c, entity]) => out.replaceAll(entity, c), text);
  return [...div.matchAll(/<p>(.*?)<\/p>/gs)].map((found) => plain(found[1]!)).join('\n');
}

export const capital = (text: string) => (text ? text[0]!.toUpperCase() + text.slice(1) : text);
