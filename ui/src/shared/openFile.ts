// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Files of the server and of the record, handed to the browser to be kept or printed.
import { FhirError } from '../fhir/client';

function save(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function saveAttachment(attachment: fhir4.Attachment, name: string) {
  const bytes = Uint8Array.from(atob(attachment.data ?? ''), (c) => c.charCodeAt(0));
  save(new Blob([bytes], { type: attachment.contentType }), name);
}

/** One of the program's papers as PDF. Throws the server's refusal. */
export async function savePaper(path: string, name: string, parameters?: fhir4.Parameters): Promise<void> {
  const response = await fetch(`/fhir/R4/${path}`, {
    method: parameters ? 'POST' : 'GET',
    credentials: 'same-origin',
    headers: {
      Accept: 'application/pdf',
      ...(parameters && { 'Content-Type': 'application/fhir+json', 'X-Tripsis-Client': '1' }),
    },
    body: parameters && JSON.stringify(parameters),
  }).catch(() => {
    throw new FhirError(0);
  });
  if (!response.ok) {
    const outcome = (await response.json().catch(() => undefined)) as fhir4.OperationOutcome | undefined;
    throw new FhirError(response.status, outcome);
  }
  save(await response.blob(), name);
}
