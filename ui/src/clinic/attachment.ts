// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A photo, scan or PDF as a DocumentReference with its bytes inside. Pictures are scaled in the browser: a letter must be
// readable, not a print.
import { systems } from '../fhir/canonical';

export const longest = 2000;
export const mostBytes = 10_000_000;

/** The size in which a picture is kept: its longer side is 2,000 pixels at most. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

export const bytesOf = (base64: string) => Math.floor((base64.length * 3) / 4) - (/=*$/.exec(base64)?.[0].length ?? 0);

const dataOf = (url: string) => url.slice(url.indexOf(',') + 1);

const readFile = (file: Blob) =>
  new Promise<string>((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(dataOf(String(reader.result)));
    reader.onerror = () => fail(new Error('This file cannot be read.'));
    reader.readAsDataURL(file);
  });

async function scaled(file: File): Promise<string> {
  const picture = await createImageBitmap(file);
  const size = fitted(picture.width, picture.height);
  const canvas = Object.assign(document.createElement('canvas'), size);
  canvas.getContext('2d')!.drawImage(picture, 0, 0, size.width, size.height);
  return dataOf(canvas.toDataURL('image/jpeg', 0.85));
}

/** The file as an attachment; throws with words for a person when it is neither picture nor PDF, or too large. */
export async function attachmentOf(file: File): Promise<fhir4.Attachment> {
  const pdf = file.type === 'application/pdf';
  if (!pdf && !file.type.startsWith('image/')) throw new Error('Choose a photo or a PDF.');
  const data = pdf ? await readFile(file) : await scaled(file).catch(() => '');
  if (!data) throw new Error('This picture cannot be read here. Choose a JPEG, a PNG or a PDF.');
  const size = bytesOf(data);
  if (size > mostBytes) throw new Error('This file is larger than 10 MB. Scan fewer pages at once.');
  return { contentType: pdf ? 'application/pdf' : 'image/jpeg', data, title: file.name, size };
}

export type About = { kind: 'referral' | 'note' | 'other'; reference?: string };

export function documentOf(attachment: fhir4.Attachment, name: string, patient: string, about: About, at: string) {
  const to = about.reference ? [{ reference: about.reference }] : [];
  const document: fhir4.DocumentReference = {
    resourceType: 'DocumentReference',
    status: 'current',
    type: { text: name.trim() },
    category: [{ coding: [{ system: systems.document, code: about.kind }] }],
    subject: { reference: `Patient/${patient}` },
    date: at,
    content: [{ attachment }],
    ...(to.length && { context: about.kind === 'note' ? { encounter: to } : { related: to } }),
  };
  return document;
}
