// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Scores over time, what their change amounts to, and which measures are due: for the staff's screens and the patient's.
import { useQuery } from '@tanstack/react-query';
import { readMeasures } from '../clinic/measures';
import { fhir } from '../fhir/client';
import { useZone } from './session';

export function useMeasures(patient: string) {
  const zone = useZone();
  return useQuery({
    queryKey: ['measures', patient],
    queryFn: () => fhir.operation<fhir4.Parameters>(`Patient/${patient}/$measures`),
    select: (answer) => readMeasures(answer, zone),
  });
}
