// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// While a text is written that others will read: where it claims more than research supports, the honest sentence is offered.
// One tap takes it; who keeps their own words is asked again only where the server refuses them.
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { readOverclaims, replaceSentence } from '../clinic/wording';
import { fhir } from '../fhir/client';
import u from '../styles/u.module.css';
import { Notice } from './Notice';

type Props = {
  text: string;
  onText: (text: string) => void;
  /** Why the server did not take it; what was kept is then offered again. */
  refused?: unknown;
};

/** What `text` claims too much, half a second after the last key. Where it cannot be asked, nothing is said. */
function useOverclaims(text: string) {
  const [settled] = useDebouncedValue(text, 500);
  const { data } = useQuery({
    queryKey: ['wording', settled],
    queryFn: async () =>
      readOverclaims(
        await fhir.perform<fhir4.Parameters>('$check-wording', {
          resourceType: 'Parameters',
          parameter: [{ name: 'text', valueString: settled }],
        }),
      ),
    enabled: settled.trim().length > 5,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
    staleTime: Infinity,
  });
  // A place in a text that has changed since is no place any more.
  const letters = [...text];
  return (data ?? []).filter((one) => letters.slice(one.start, one.start + one.length).join('') === one.phrase);
}

export function WordingOffer({ text, onText, refused }: Props) {
  const [kept, setKept] = useState<string[]>([]);
  useEffect(() => {
    if (refused) setKept([]);
  }, [refused]);
  const found = useOverclaims(text).find((one) => !kept.includes(one.phrase));
  if (!found) return null;
  return (
    <Notice tone="info" title={`“${found.phrase}” claims more than research supports`}>
      <p>
        Say instead: <b>{found.say}</b>
      </p>
      <div className={u.row} style={{ marginTop: 8 }}>
        <Button size="sm" variant="default" onClick={() => onText(replaceSentence(text, found))}>
          Replace the sentence
        </Button>
        <Button size="sm" variant="subtle" onClick={() => setKept((old) => [...old, found.phrase])}>
          Keep mine
        </Button>
        <Link href={`/library/claim/${found.claim}`} target="_blank" className={u.plainlink}>
          What research says
        </Link>
      </div>
    </Notice>
  );
}
