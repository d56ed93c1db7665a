// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Code systems and forms: what the program brings and the staff's and the patient's screens both read. It changes only with a
// release.
import { useQuery } from '@tanstack/react-query';
import { systems } from '../fhir/canonical';
import { fhir } from '../fhir/client';

export type Concept = { code: string; name: string; property: Record<string, string> };

/** The properties of a concept as text; one that stands there several times as words. */
function properties(list: fhir4.CodeSystemConceptProperty[] = []): Record<string, string> {
  const found: Record<string, string> = {};
  for (const p of list) {
    const value = p.valueCode ?? p.valueString ?? p.valueInteger ?? p.valueDecimal ?? p.valueBoolean ?? '';
    found[p.code] = found[p.code] === undefined ? String(value) : `${found[p.code]} ${value}`;
  }
  return found;
}

function concepts(list: fhir4.CodeSystemConcept[] = []): Concept[] {
  return list.flatMap((one) => [
    {
      code: one.code,
      name: one.display ?? one.code,
      property: properties(one.property),
    },
    ...concepts(one.concept),
  ]);
}

/** A code system of ours with all its concepts; it changes only with a release of the program. */
export function useCodes(
  name:
    | 'muscle'
    | 'region'
    | 'technique'
    | 'service'
    | 'measure'
    | 'movement'
    | 'instrument'
    | 'overrideReason'
    | 'adverseEvent',
) {
  return useQuery({
    queryKey: ['codes', name],
    queryFn: async () =>
      concepts((await fhir.search<fhir4.CodeSystem>('CodeSystem', { url: systems[name] }))[0]?.concept),
    staleTime: Infinity,
  });
}

/** One of our forms by its id; it changes only with a release of the program. */
export function useQuestionnaire(id: string | undefined) {
  return useQuery({
    queryKey: ['questionnaire', id],
    queryFn: () => fhir.read<fhir4.Questionnaire>('Questionnaire', id!),
    staleTime: Infinity,
    enabled: Boolean(id),
  });
}

/** Every form of the practice, by title. */
export function useQuestionnaires() {
  return useQuery({
    queryKey: ['questionnaires'],
    queryFn: async () => {
      const found = await fhir.search<fhir4.Questionnaire>('Questionnaire', { _count: 100 });
      const title = (form: fhir4.Questionnaire) => form.title ?? form.name ?? '';
      return found.filter((form) => form.status === 'active').sort((a, b) => title(a).localeCompare(title(b)));
    },
    staleTime: Infinity,
  });
}
