// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The library and the evidence, as the server has them. Shipped knowledge changes with a release, the practice's own at any time.
import { useQueries, useQuery } from '@tanstack/react-query';
import { readEvidence } from '../clinic/evidence';
import { readLibrary } from '../clinic/library';
import { fhir } from '../fhir/client';
import { useCodes } from './definitions';

const most = 1000;
const fresh = 60_000;

export function useEvidence() {
  return useQuery({
    queryKey: ['evidence'],
    queryFn: () => fhir.operation<fhir4.Parameters>('$evidence'),
    select: readEvidence,
    staleTime: fresh,
  });
}

/** Everything there is to read, or what stands in the way. */
export function useLibrary() {
  const [techniques, plans] = useQueries({
    queries: [
      {
        queryKey: ['library', 'techniques'],
        queryFn: () => fhir.search<fhir4.ActivityDefinition>('ActivityDefinition', { _count: most }),
        staleTime: fresh,
      },
      {
        queryKey: ['library', 'plans'],
        queryFn: () => fhir.search<fhir4.PlanDefinition>('PlanDefinition', { _count: most }),
        staleTime: fresh,
      },
    ],
  });
  const muscles = useCodes('muscle');
  const regions = useCodes('region');
  const instruments = useCodes('instrument');
  const evidence = useEvidence();
  const queries = [techniques, plans, muscles, regions, instruments, evidence];
  const ready = techniques.data && plans.data && muscles.data && regions.data && instruments.data && evidence.data;
  return {
    error: queries.find((query) => query.error)?.error ?? null,
    again: () => void Promise.all(queries.filter((query) => query.isError).map((query) => query.refetch())),
    entries: ready
      ? readLibrary({
          techniques: techniques.data,
          plans: plans.data,
          muscles: muscles.data,
          regions: regions.data,
          instruments: instruments.data,
          claims: evidence.data.claims,
        })
      : undefined,
  };
}
