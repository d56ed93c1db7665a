// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the patient's screens ask of the server. One answer, $portal, feeds them all.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession, useZone } from '../../app/session';
import { readPortal } from '../../clinic/portal';
import { fhir } from '../../fhir/client';
import { idOf } from '../../fhir/read';
import { today } from '../../lib/time';

export const useMe = () => idOf(useSession().patient ?? undefined)!;

export function usePortalBundle() {
  const me = useMe();
  return useQuery({
    queryKey: ['portal', me],
    queryFn: () => fhir.operation<fhir4.Bundle>(`Patient/${me}/$portal`),
  });
}

export function usePortal() {
  const zone = useZone();
  const bundle = usePortalBundle();
  return { ...bundle, data: bundle.data && readPortal(bundle.data, zone, today(zone)) };
}

export function useCheckIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (appointment: string) =>
      fhir.perform<fhir4.Appointment>(`Appointment/${appointment}/$check-in`, { resourceType: 'Parameters' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['portal'] }),
  });
}

/** Sends a filled form; what it changes in the record is shown afterwards. */
export function useSend() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (response: fhir4.QuestionnaireResponse) => fhir.create(response),
    onSuccess: () => {
      for (const name of ['portal', 'measures']) void queries.invalidateQueries({ queryKey: [name] });
    },
  });
}
