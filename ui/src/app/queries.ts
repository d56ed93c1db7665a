// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the screens ask of the server, one hook each, so that two screens that show the same thing share one answer.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { inOrderOf, readChart } from '../clinic/chart';
import { matchRequest, readMatches } from '../clinic/people';
import { readDay } from '../clinic/day';
import { readProposal, type Dose } from '../clinic/plan';
import { readRecord } from '../clinic/record';
import { readWorklist } from '../clinic/tasks';
import { readWork } from '../clinic/work';
import { systems } from '../fhir/canonical';
import { fhir, type Resource, type Stored } from '../fhir/client';
import { codeIn, Contents, idOf, refTo } from '../fhir/read';
import { screen } from '../fhir/screening';
import type { Day } from '../lib/time';
import { useSession, useZone } from './session';

export { useCodes, type Concept } from './definitions';

export function useDay(day: Day, enabled = true) {
  const { practice, practitioner } = useSession();
  return useQuery({
    queryKey: ['day', day],
    queryFn: () => fhir.operation<fhir4.Bundle>('$day', { date: day }),
    select: (bundle) => readDay(bundle, day, practice.timeZone, practitioner),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
    enabled,
  });
}

export function useChart(patient: string | undefined) {
  const zone = useZone();
  return useQuery({
    queryKey: ['chart', patient],
    queryFn: () => fhir.operation<fhir4.Bundle>(`Patient/${patient}/$chart`),
    select: (bundle) => readChart(bundle, zone),
    enabled: Boolean(patient),
  });
}

/** The rest of what $chart holds: people, diagnoses, documents, plans, measures. It shares the chart's answer. */
export function useRecord(patient: string | undefined) {
  return useQuery({
    queryKey: ['chart', patient],
    queryFn: () => fhir.operation<fhir4.Bundle>(`Patient/${patient}/$chart`),
    select: readRecord,
    enabled: Boolean(patient),
  });
}

type Wishes = { condition: string; dose: Dose | null; budget: number | ''; price: number | '' };

/** A proposed plan, asked for again with every change of the dose, so that its warnings are those of what is shown. */
export function useProposal(patient: string, { condition, dose, budget, price }: Wishes) {
  return useQuery({
    queryKey: ['proposal', patient, condition, dose, budget, price],
    queryFn: () =>
      fhir.operation<fhir4.Bundle>(`Patient/${patient}/$propose-plan`, {
        condition: condition || undefined,
        minutes: dose?.minutes,
        'per-week': dose?.perWeek,
        weeks: dose?.weeks,
        // A budget means nothing without the price of a visit.
        ...(budget !== '' && price !== '' && { budget, price }),
      }),
    select: readProposal,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export function useScreening(patient: string | undefined, on: Day) {
  return useQuery({
    queryKey: ['screening', patient, on],
    queryFn: () => screen(patient!, on),
    enabled: Boolean(patient),
  });
}

export function usePatients(typed: string) {
  const name = typed.trim();
  return useQuery({
    queryKey: ['patients', name],
    queryFn: () => fhir.search<fhir4.Patient>('Patient', { name: name || undefined, _count: 20, _sort: 'family' }),
    placeholderData: keepPreviousData,
  });
}

/** What waits for a person; asked again every minute, for the rail shows how much it is. */
export function useWorklist() {
  const zone = useZone();
  return useQuery({
    queryKey: ['worklist'],
    queryFn: () => fhir.operation<fhir4.Bundle>('$worklist'),
    select: (bundle) => readWorklist(bundle, zone),
    refetchInterval: 60_000,
  });
}

/** Who a person being written down may be already; asked once a name of three letters is there. */
export function useMatches(patient: fhir4.Patient | null) {
  return useQuery({
    queryKey: ['match', patient],
    queryFn: async () =>
      readMatches(await fhir.perform<fhir4.Bundle>('Patient/$match', matchRequest(patient!)), patient!),
    enabled: Boolean(patient),
    staleTime: 60_000,
  });
}

export function useReferrals(patient: string | undefined) {
  return useQuery({
    queryKey: ['referrals', patient],
    queryFn: () => fhir.search<fhir4.ServiceRequest>('ServiceRequest', { patient, status: 'active', _count: 20 }),
    enabled: Boolean(patient),
  });
}

/** The appointment that a note is written for. */
export function useAppointment(id: string | undefined) {
  return useQuery({
    queryKey: ['appointment', id],
    queryFn: () => fhir.read<fhir4.Appointment>('Appointment', id!),
    enabled: Boolean(id),
  });
}

/** What the last signed note can lend to the next one, each line naming that note; empty at a first visit. */
export function usePrefill(patient: string | undefined, appointment: string | undefined) {
  return useQuery({
    queryKey: ['prefill', patient, appointment],
    queryFn: () => fhir.operation<fhir4.Bundle>(`Patient/${patient}/$note-prefill`, { appointment }),
    select: (bundle) => {
      const found = new Contents(bundle);
      const [note] = found.all('Composition');
      const procedures = found.all('Procedure');
      if (!note) return [];
      const lines = readWork(inOrderOf(note, procedures), found.all('Observation'));
      return lines.map((line) => ({ ...line, from: refTo(note) }));
    },
    enabled: Boolean(patient),
  });
}

/** For which techniques a therapist has a training on record: their qualifications, and the codes of their roles. */
export function useTrained(practitioner: string | null) {
  return useQuery({
    queryKey: ['trained', practitioner],
    queryFn: async () => {
      const [person, roles] = await Promise.all([
        fhir.read<fhir4.Practitioner>('Practitioner', idOf(practitioner!)!),
        fhir.search<fhir4.PractitionerRole>('PractitionerRole', { practitioner: practitioner! }),
      ]);
      const said = [
        ...(person.qualification ?? []).map((q) => q.code),
        ...roles.flatMap((role) => [...(role.specialty ?? []), ...(role.code ?? [])]),
      ];
      return new Set(said.flatMap((concept) => codeIn(concept, systems.technique) ?? []));
    },
    enabled: practitioner !== null,
  });
}

/** What happened to a patient after treatments and was not wanted, newest first. */
export function useHarms(patient: string) {
  return useQuery({
    queryKey: ['harms', patient],
    queryFn: async () => {
      const found = await fhir.search<fhir4.AdverseEvent>('AdverseEvent', { subject: `Patient/${patient}`, _count: 50 });
      return found
        .filter((event) => event.actuality === 'actual')
        .sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
    },
  });
}

const patientKeys = [
  'chart',
  'measures',
  'screening',
  'referrals',
  'day',
  'patients',
  'prefill',
  'appointment',
  'worklist',
  'proposal',
  'harms',
];

/** After a change, everything that may show it is asked for again. */
export function useRefresh() {
  const queries = useQueryClient();
  return () => Promise.all(patientKeys.map((name) => queries.invalidateQueries({ queryKey: [name] })));
}

export function useCreate<R extends Resource>() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (resource: R) => fhir.create(resource),
    onSuccess: () => void refresh(),
  });
}

export function useUpdate<R extends Resource>() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (resource: Stored<R>) => fhir.update(resource),
    onSettled: () => void refresh(),
  });
}
