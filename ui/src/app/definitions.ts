// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Code systems and forms: what the program brings and the staff's and the patient's screens both read. It changes only with a
// release.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { base, systems } from '../fhir/canonical';
import { fhir, FhirError } from '../fhir/client';

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
    | 'adverseEvent'
    | 'finding'
    | 'medicineClass',
) {
  return useQuery({
    queryKey: ['codes', name],
    queryFn: async () =>
      concepts((await fhir.search<fhir4.CodeSystem>('CodeSystem', { url: systems[name] }))[0]?.concept),
    staleTime: Infinity,
  });
}

/** Every technique that may be charted: those of the program, and the practice's own that are in force. */
export function useTechniques(): Concept[] {
  const shipped = useCodes('technique').data;
  const own = useQuery({
    queryKey: ['library', 'own-techniques'],
    queryFn: async () => {
      const tagged = { status: 'active', _tag: `${systems.origin}|practice`, _count: 1000 };
      return (await fhir.search<fhir4.ActivityDefinition>('ActivityDefinition', tagged)).map(chartable);
    },
    staleTime: 60_000,
  }).data;
  return useMemo(() => [...(shipped ?? []), ...(own ?? [])], [shipped, own]);
}

function chartable(own: fhir4.ActivityDefinition): Concept {
  const code = own.code?.coding?.[0]?.code ?? '';
  const parts = own.extension?.find((one) => one.url === `${base}StructureDefinition/technique`)?.extension ?? [];
  const training = parts.find((one) => one.url === 'requires-training')?.valueBoolean ?? false;
  return { code, name: own.title ?? code, property: { 'requires-training': String(training) } };
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

/**
 * What the record already knows of a form's answers, to begin with (SDC $populate). A form is filled in without it too, so a
 * refusal is none here; and it is asked for afresh each time a form is opened.
 * https://hl7.org/fhir/uv/sdc/STU3/OperationDefinition-Questionnaire-populate.html
 */
export function usePopulated(id: string, patient: string, enabled = true) {
  return useQuery({
    queryKey: ['populated', id, patient],
    queryFn: async () => {
      const subject = { name: 'subject', valueReference: { reference: `Patient/${patient}` } };
      const asked: fhir4.Parameters = { resourceType: 'Parameters', parameter: [subject] };
      try {
        return await fhir.perform<fhir4.QuestionnaireResponse>(`Questionnaire/${id}/$populate`, asked);
      } catch (error) {
        if (error instanceof FhirError) return null;
        throw error;
      }
    },
    gcTime: 0,
    enabled,
    staleTime: Infinity,
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
