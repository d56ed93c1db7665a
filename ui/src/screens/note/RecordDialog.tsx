// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Records what a technique or region still lacks: the patient's consent to a region, asked for now and here, or (by an
// owner) a training.
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefresh } from '../../app/queries';
import { useSession } from '../../app/session';
import type { Bar } from '../../clinic/limits';
import { systems } from '../../fhir/canonical';
import { fhir, type Stored } from '../../fhir/client';
import { idOf } from '../../fhir/read';
import { writeInstant } from '../../lib/time';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import css from './work.module.css';

type Props = {
  bar: Bar;
  patient: { id: string; name: string };
  /** The region of the body in words, and the consent with it, from the note: this dialog loads none of the note's parts. */
  region: string;
  consentOf: (patient: fhir4.Reference, now: string) => fhir4.Consent;
  technique?: string;
  onClose: () => void;
};

export default function RecordDialog({ bar, patient, region, consentOf, technique, onClose }: Props) {
  const session = useSession();
  const refresh = useRefresh();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const consent = bar.kind === 'consent';
  const save = useMutation({
    mutationFn: async () => {
      if (consent) {
        const now = writeInstant(new Date(), session.practice.timeZone);
        const subject = { reference: `Patient/${patient.id}`, display: patient.name };
        const made = consentOf(subject, now);
        return made.id ? fhir.update(made as Stored<fhir4.Consent>) : fhir.create(made);
      }
      const person = await fhir.read<fhir4.Practitioner>('Practitioner', idOf(session.practitioner!)!);
      const code = { coding: [{ system: systems.technique, code: bar.code, display: technique }] };
      return fhir.update({ ...person, qualification: [...(person.qualification ?? []), { code }] });
    },
    onSuccess: async () => {
      await Promise.all([refresh(), queries.invalidateQueries({ queryKey: ['trained'] })]);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={consent ? 'Record consent' : 'Record training'} size="md">
      <div className={u.form}>
        <p>
          {consent
            ? `Explain to ${patient.name} what you want to do and why, that they may stop it at any time, and ask whether you may work on ${region}.`
            : bar.text}
        </p>
        <label className={css.sure}>
          <input type="checkbox" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
          {consent ? `${patient.name} says yes to work on ${region}.` : 'I have seen proof of this training.'}
        </label>
        <Failure error={save.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button disabled={!sure} loading={save.isPending} onClick={() => save.mutate()}>
            Record
          </Button>
        </div>
      </div>
    </Modal>
  );
}
