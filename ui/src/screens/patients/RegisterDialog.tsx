// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A new patient: what the clinic must know to book and to call, nothing more.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { useCreate } from '../../app/queries';
import { useZone } from '../../app/session';
import { emptyPerson, patientOf, splitName, type PersonForm } from '../../clinic/people';
import { today } from '../../lib/time';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import { Matches } from './Matches';

const genders = [
  { value: '', label: 'Not stated' },
  { value: 'female', label: 'Female' },
  { value: 'male', label: 'Male' },
  { value: 'other', label: 'Other' },
];

/** What was searched for is the name; a single word is then the family name, by which one searches. */
function startWith(name: string): PersonForm {
  const { given, family } = splitName(name);
  return family ? { ...emptyPerson, given, family } : { ...emptyPerson, family: given };
}

export function RegisterDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const zone = useZone();
  const [, go] = useLocation();
  const [form, setForm] = useState<PersonForm>(() => startWith(name));
  const create = useCreate<fhir4.Patient>();
  const field = (key: keyof PersonForm) => ({
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
        <Matches person={form} />
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
