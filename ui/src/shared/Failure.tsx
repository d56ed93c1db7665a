// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the server refused, in plain words. The clinic's own refusals (a taken time, a safety stop, a signed note) are told
// apart from trouble with the line, because the next step differs.
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { FhirError } from '../fhir/client';
import { Notice } from './Notice';

export function headline(error: unknown): string {
  if (!(error instanceof FhirError)) return 'Something went wrong in this page';
  const code = error.outcome?.issue?.[0]?.code;
  if (error.status === 409) return 'That time is taken';
  if (error.status === 412) return 'Changed by somebody else';
  if (error.status === 422 && code === 'business-rule') return 'The clinic’s rules do not allow this';
  if (error.status === 422 || error.status === 400) return 'The server did not accept this';
  if (error.status === 403) return 'Not allowed';
  if (error.status === 404 || error.status === 410) return 'Not found';
  if (error.status === 0) return 'No connection';
  return 'The server reports an error';
}

export function Failure({ error, again }: { error: unknown; again?: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  // In a long dialog the answer may come up below what one sees.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  if (!error) return null;
  const rule = error instanceof FhirError && (error.status === 409 || error.status === 422);
  return (
    <div ref={place}>
      <Notice tone={rule ? 'stop' : 'hold'} title={headline(error)}>
        <p>{error instanceof Error ? error.message : String(error)}</p>
        {again && (
          <Button variant="default" mt="xs" onClick={again}>
            Try again
          </Button>
        )}
      </Notice>
    </div>
  );
}
