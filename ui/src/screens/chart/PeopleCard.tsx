// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The people around a patient: who may consent for a minor, whom to call, who else treats, who referred.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useRefresh } from '../../app/queries';
import type { Chart } from '../../clinic/chart';
import { contactOf, isMinor, relations, withMember, type ContactForm } from '../../clinic/people';
import type { PatientRecord } from '../../clinic/record';
import { fhir, type Stored } from '../../fhir/client';
import type { Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { Notice } from '../../shared/Notice';
import { Picks } from '../../shared/Picks';
import u from '../../styles/u.module.css';
import css from './people.module.css';

type Props = { chart: Chart; record: PatientRecord; today: Day };

export default function PeopleCard({ chart, record, today }: Props) {
  const [adding, setAdding] = useState(false);
  const minor = isMinor(chart.patient, today);
  const lines = [
    ...record.contacts.map((one) => ({ name: one.name, role: one.role, more: one.reach })),
    ...record.team.map((one) => ({ name: one.name, role: one.role, more: '' })),
    ...(chart.referrer ? [{ name: chart.referrer, role: 'Referred', more: '' }] : []),
  ];
  return (
    <Card
      title="People"
      action={
        <button type="button" className={u.plainlink} onClick={() => setAdding(true)}>
          <IconPlus size={18} aria-hidden /> Add
        </button>
      }
    >
      {minor && !record.contacts.some((one) => one.guardian) && (
        <Notice tone="hold" title="Under 18: a guardian must consent">
          <p>Add the parent or guardian, then let them sign the consent form.</p>
        </Notice>
      )}
      {lines.length === 0 && !minor && <p className={cx(u.small, u.muted)}>Nobody is named yet.</p>}
      <ul className={u.list}>
        {lines.map((line) => (
          <li key={line.name + line.role} className={css.person}>
            <span className={u.strong}>{line.name}</span>
            <span className={cx(u.small, u.muted)}>{[line.role, line.more].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
      {adding && <AddDialog record={record} minor={minor} onClose={() => setAdding(false)} />}
    </Card>
  );
}

const kinds = [
  { code: 'contact', name: 'Family or contact' },
  { code: 'team', name: 'Treats them too' },
] as const;

function AddDialog({ record, minor, onClose }: { record: PatientRecord; minor: boolean; onClose: () => void }) {
  const refresh = useRefresh();
  const [kind, setKind] = useState<(typeof kinds)[number]['code']>('contact');
  const [form, setForm] = useState<ContactForm & { role: string }>({
    name: '',
    relation: minor ? 'GUARD' : 'ECON',
    phone: '',
    email: '',
    role: '',
  });
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [name]: value }));
    },
  });
  const save = useMutation({
    mutationFn: async () => {
      const { id } = record.patient;
      if (kind === 'contact') return fhir.create(contactOf(form, id));
      const team = withMember(record.teams[0], id, { name: form.name, role: form.role });
      return team.id ? fhir.update(team as Stored<fhir4.CareTeam>) : fhir.create(team);
    },
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal opened onClose={onClose} title="Add a person" size="md">
      <form className={u.form} onSubmit={submit}>
        <Picks label="Who is it?" choices={kinds} value={kind} onPick={setKind} />
        <TextInput label="Name" required data-autofocus autoComplete="off" {...field('name')} />
        {kind === 'team' ? (
          <TextInput label="Role" required placeholder="Physiotherapist" {...field('role')} />
        ) : (
          <div className={u.fields}>
            <NativeSelect
              label="Relation"
              data={relations.map((r) => ({ value: r.code, label: r.name }))}
              {...field('relation')}
            />
            <TextInput label="Phone" type="tel" autoComplete="off" {...field('phone')} />
            <TextInput label="E-mail" type="email" autoComplete="off" {...field('email')} />
          </div>
        )}
        <Failure error={save.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Add
          </Button>
        </div>
      </form>
    </Modal>
  );
}
