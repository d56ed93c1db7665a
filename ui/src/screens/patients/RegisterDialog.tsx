// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A new patient: what the clinic must know to book and to call, nothing more.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { useCreate } from '../../app/queries';
import { useZone } from '../../app/session';
import { systems } from '../../fhir/canonical';
import { today } from '../../lib/time';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';

type Form = {
  given: string;
  family: string;
  birthDate: string;
  gender: string;
  phone: string;
  email: string;
  number: string;
};

const genders = [
  { value: '', label: 'Not stated' },
  { value: 'female', label: 'Female' },
  { value: 'male', label: 'Male' },
  { value: 'other', label: 'Other' },
];

export function patientOf(form: Form): fhir4.Patient {
  const telecom: fhir4.ContactPoint[] = [];
  if (form.phone.trim()) telecom.push({ system: 'phone', value: form.phone.trim(), use: 'mobile' });
  if (form.email.trim()) telecom.push({ system: 'email', value: form.email.trim() });
  return {
    resourceType: 'Patient',
    ...(form.number.trim() && { identifier: [{ system: systems.patientNumber, value: form.number.trim() }] }),
    active: true,
    name: [{ use: 'official', family: form.family.trim(), given: form.given.trim().split(/\s+/) }],
    ...(telecom.length && { telecom }),
    ...(form.gender && { gender: form.gender as fhir4.Patient['gender'] }),
    birthDate: form.birthDate,
  };
}

function startWith(name: string): Form {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const empty = { birthDate: '', gender: '', phone: '', email: '', number: '' };
  return { given: words.length > 1 ? words.slice(0, -1).join(' ') : '', family: words.at(-1) ?? '', ...empty };
}

export function RegisterDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const zone = useZone();
  const [, go] = useLocation();
  const [form, setForm] = useState<Form>(() => startWith(name));
  const create = useCreate<fhir4.Patient>();
  const field = (key: keyof Form) => ({
    value: form[key],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [key]: value }));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(patientOf(form), { onSuccess: (patient) => go(`/patients/${patient.id}`) });
  };
  return (
    <Modal opened onClose={onClose} title="Register a patient" size="lg">
      <form className={u.form} onSubmit={submit}>
        <div className={u.fields}>
          <TextInput label="First name" required data-autofocus autoComplete="off" {...field('given')} />
          <TextInput label="Last name" required autoComplete="off" {...field('family')} />
          <TextInput label="Born on" type="date" required max={today(zone)} min="1900-01-01" {...field('birthDate')} />
          <NativeSelect label="Gender" data={genders} {...field('gender')} />
          <TextInput label="Phone" type="tel" autoComplete="off" {...field('phone')} />
          <TextInput label="E-mail" type="email" autoComplete="off" {...field('email')} />
          <div className={u.wide}>
            <TextInput
              label="Patient number"
              description="If the clinic gives one"
              autoComplete="off"
              {...field('number')}
            />
          </div>
        </div>
        <Failure error={create.error} />
        <div className={cx(u.formFoot)}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Register
          </Button>
        </div>
      </form>
    </Modal>
  );
}
