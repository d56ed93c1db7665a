// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A patient told of something unwanted after a visit: the event that their answer made is completed, and the task is done
// with it.
import { useQuery } from '@tanstack/react-query';
import { fhir, type Stored } from '../../fhir/client';
import { idOf, key } from '../../fhir/read';
import HappenedDialog from '../../safety/HappenedDialog';

type Props = { patient: { id: string; name: string }; task: Stored<fhir4.Task>; onClose: () => void };

export default function AfterEffectDialog({ patient, task, onClose }: Props) {
  const focus = key(task.focus?.reference);
  const known = focus?.startsWith('AdverseEvent/') ?? false;
  const event = useQuery({
    queryKey: ['harms', patient.id, focus],
    queryFn: () => fhir.read<fhir4.AdverseEvent>('AdverseEvent', idOf(focus)!),
    enabled: known,
  });
  if (known && event.isPending) return null;
  return <HappenedDialog patient={patient} event={event.data} task={task} onClose={onClose} />;
}
