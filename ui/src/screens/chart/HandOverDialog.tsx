// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Hands the tablet to the patient: the staff's session is replaced by one that can do nothing but the chosen forms, and what
// the staff had open is wiped from the browser before the patient's page is loaded.
import { Button, Center, Loader, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useQuestionnaires } from '../../app/definitions';
import { useHandOver } from '../../app/session';
import { dueForms } from '../../clinic/portal';
import { fhir } from '../../fhir/client';
import { isForStaff, minutesToFill } from '../../forms/items';
import { plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Notice } from '../../shared/Notice';
import u from '../../styles/u.module.css';
import css from './chart.module.css';

type Props = { patient: { id: string; name: string }; onClose: () => void };

export default function HandOverDialog({ patient, onClose }: Props) {
  const all = useQuestionnaires();
  const due = useQuery({
    queryKey: ['due', patient.id],
    queryFn: async () => dueForms(await fhir.operation<fhir4.Bundle>(`Patient/${patient.id}/$portal`)),
  });
  const handOver = useHandOver();
  const [picked, setPicked] = useState<string[] | null>(null);
  const chosen = picked ?? due.data?.map((form) => form.id) ?? [];
  const flip = (id: string) => setPicked(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const forms = (all.data ?? []).filter((form) => !isForStaff(form));
  return (
    <Modal opened onClose={onClose} title="Hand over the tablet" size="lg">
      <div className={u.form}>
        <p className={u.small}>
          {patient.name} fills in the chosen forms, one after the other, and sees nothing else. You are signed out; sign
          in again when you get the tablet back.
        </p>
        {(all.isPending || due.isPending) && (
          <Center mih={120}>
            <Loader aria-label="Loading the forms" />
          </Center>
        )}
        <Failure error={all.error ?? due.error} again={() => void (all.refetch(), due.refetch())} />
        {!all.isPending && !due.isPending && (
          <fieldset className={css.formList}>
            <legend className={u.unseen}>Forms</legend>
            {forms.map((form) => (
              <label key={form.id}>
                <input type="checkbox" checked={chosen.includes(form.id)} onChange={() => flip(form.id)} />
                <span className={u.grow}>{form.title ?? form.id}</span>
                <span className={u.muted}>
                  {due.data?.some((one) => one.id === form.id) && 'due · '}
                  {plural(minutesToFill(form) ?? 2, 'minute')}
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {handOver.isError && <Failure error={handOver.error} />}
        {handOver.isPending && <Notice tone="info" title="Preparing the tablet" />}
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={!chosen.length}
            loading={handOver.isPending}
            onClick={() =>
              handOver.mutate({
                patient: `Patient/${patient.id}`,
                forms: forms.map((f) => f.id).filter((id) => chosen.includes(id)),
              })
            }
          >
            Hand over {chosen.length ? plural(chosen.length, 'form') : ''}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
