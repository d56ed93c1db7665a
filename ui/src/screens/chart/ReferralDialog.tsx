// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The doctor's order: who prescribes, for what, how many visits, until when.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useCodes } from '../../app/definitions';
import { useCreate } from '../../app/queries';
import { useZone } from '../../app/session';
import { icd10Problem, npiProblem, referralOf, type Referral } from '../../clinic/referral';
import { addDays, today } from '../../lib/time';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';

type Props = { patient: { id: string; name: string }; onClose: () => void };

export default function ReferralDialog({ patient, onClose }: Props) {
  const zone = useZone();
  const now = today(zone);
  const regions = useCodes('region');
  const create = useCreate<fhir4.ServiceRequest>();
  const [form, setForm] = useState<Referral>({
    prescriber: '',
    npi: '',
    code: '',
    text: '',
    visits: '10',
    until: addDays(now, 90),
    region: '',
  });
  const [tried, setTried] = useState(false);
  const field = (key: keyof Referral) => ({
    value: form[key],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [key]: value }));
    },
  });
  const problems = { npi: npiProblem(form.npi), code: icd10Problem(form.code) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problems.npi || problems.code) return;
    const region = regions.data?.find((r) => r.code === form.region);
    create.mutate(referralOf(form, patient, now, region), { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={`New referral for ${patient.name}`} size="lg">
      <form className={u.form} onSubmit={submit} noValidate={false}>
        <div className={u.fields}>
          <TextInput label="Prescriber" placeholder="Dr Hanna Weiss" required data-autofocus {...field('prescriber')} />
          <TextInput
            label="NPI"
            placeholder="10 digits, if known"
            inputMode="numeric"
            error={tried && problems.npi}
            {...field('npi')}
          />
          <TextInput
            label="ICD-10-CM code"
            placeholder="M54.2"
            required
            autoCapitalize="characters"
            error={tried && problems.code}
            {...field('code')}
          />
          <TextInput label="Diagnosis in words" placeholder="Neck pain" required {...field('text')} />
          <TextInput label="Visits authorised" type="number" min={1} max={99} required {...field('visits')} />
          <TextInput label="Valid until" type="date" min={now} required {...field('until')} />
          <div className={u.wide}>
            <NativeSelect
              label="Region"
              data={[
                { value: '', label: 'Not stated' },
                ...(regions.data ?? []).map((r) => ({ value: r.code, label: r.name })),
              ]}
              {...field('region')}
            />
          </div>
        </div>
        <Failure error={create.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Save referral
          </Button>
        </div>
      </form>
    </Modal>
  );
}
