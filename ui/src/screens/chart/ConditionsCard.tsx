// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Diagnoses as the referrer made them: code, side, how it came about, since when, who pays. One that is over is resolved;
// one that was written down by mistake says why and leaves the chart.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useCodes, useRefresh, useUpdate } from '../../app/queries';
import {
  conditionOf,
  coverageOf,
  mechanismOf,
  mechanisms,
  mistaken,
  payers,
  resolved,
  usualPayer,
  type ConditionForm,
  type PatientRecord,
} from '../../clinic/record';
import { icd10Problem } from '../../clinic/referral';
import { systems } from '../../fhir/canonical';
import { fhir, type Stored } from '../../fhir/client';
import { codeIn, conceptText } from '../../fhir/read';
import { shortDay, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';

type Props = { record: PatientRecord; today: Day };

export default function ConditionsCard({ record, today }: Props) {
  const [open, setOpen] = useState<Stored<fhir4.Condition> | 'new' | null>(null);
  return (
    <Card
      title="Diagnoses"
      action={
        <button type="button" className={u.plainlink} onClick={() => setOpen('new')}>
          <IconPlus size={18} aria-hidden /> Add
        </button>
      }
    >
      {record.conditions.length === 0 && <p className={cx(u.small, u.muted)}>None. A visit needs none.</p>}
      <ul className={u.list}>
        {record.conditions.map((condition) => {
          const onset = condition.onsetDateTime?.slice(0, 10);
          const name = conceptText(condition.code) ?? 'Unnamed';
          const more = [
            codeIn(condition.code, systems.icd10),
            condition.bodySite?.flatMap((site) => codeIn(site, systems.side) ?? []).join(', '),
            mechanismOf(condition),
            onset && `since ${onset.length === 10 ? shortDay(onset, today) : onset}`,
            codeIn(condition.verificationStatus, systems.conditionVerification) === 'unconfirmed' && 'told by the patient',
          ];
          return (
            <li key={condition.id} className={u.row} style={{ flexWrap: 'nowrap' }}>
              <span className={u.grow}>
                <span className={u.strong}>{name}</span>
                <span className={cx(u.small, u.muted, u.num)} style={{ display: 'block' }}>
                  {more.filter(Boolean).join(' · ')}
                </span>
              </span>
              <button type="button" className={u.plainlink} aria-label={`Change ${name}`} onClick={() => setOpen(condition)}>
                Change
              </button>
            </li>
          );
        })}
      </ul>
      {open === 'new' && <AddDialog patient={record.patient.id} today={today} onClose={() => setOpen(null)} />}
      {open && open !== 'new' && <ChangeDialog condition={open} today={today} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function AddDialog({ patient, today, onClose }: { patient: string; today: Day; onClose: () => void }) {
  const regions = useCodes('region');
  const refresh = useRefresh();
  const [tried, setTried] = useState(false);
  const [form, setForm] = useState<ConditionForm>({
    code: '',
    text: '',
    side: '',
    region: '',
    mechanism: '',
    onset: '',
    payer: '',
    insurer: '',
  });
  const payer = form.payer || (form.mechanism ? usualPayer(form.mechanism) : '');
  const field = (name: keyof ConditionForm) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [name]: value }));
    },
  });
  const problem = icd10Problem(form.code);
  const save = useMutation({
    mutationFn: () => {
      const made: fhir4.FhirResource[] = [conditionOf(form, patient, today)];
      if (payer) made.push(coverageOf({ ...form, payer }, patient));
      return fhir.transaction({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: made.map((resource) => ({ resource, request: { method: 'POST', url: resource.resourceType } })),
      });
    },
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!problem) save.mutate();
  };
  const none = { value: '', label: 'Not stated' };
  const options = (list: readonly { code: string; name: string }[]) => [
    none,
    ...list.map((one) => ({ value: one.code, label: one.name })),
  ];
  return (
    <Modal opened onClose={onClose} title="Add a diagnosis" size="lg">
      <form className={u.form} onSubmit={submit}>
        <div className={u.fields}>
          <TextInput
            label="ICD-10-CM code"
            placeholder="M54.2"
            required
            data-autofocus
            error={tried && problem}
            {...field('code')}
          />
          <TextInput label="In words" placeholder="Neck pain" required {...field('text')} />
          <NativeSelect
            label="Side"
            data={[none, ...['left', 'right', 'midline'].map((side) => ({ value: side, label: side }))]}
            {...field('side')}
          />
          <NativeSelect label="Region" data={options(regions.data ?? [])} {...field('region')} />
          <NativeSelect label="How it came about" data={options(mechanisms)} {...field('mechanism')} />
          <TextInput label="Since" type="date" max={today} {...field('onset')} />
          <NativeSelect label="Who pays" data={options(payers)} {...field('payer')} value={payer} />
          {payer && payer !== 'self' && <TextInput label="Insurer" {...field('insurer')} />}
        </div>
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

type ChangeProps = { condition: Stored<fhir4.Condition>; today: Day; onClose: () => void };

function ChangeDialog({ condition, today, onClose }: ChangeProps) {
  const update = useUpdate<fhir4.Condition>();
  const [why, setWhy] = useState('');
  return (
    <Modal opened onClose={onClose} title={conceptText(condition.code) ?? 'Diagnosis'} size="md">
      <div className={u.form}>
        <Button
          variant="default"
          loading={update.isPending}
          onClick={() => update.mutate(resolved(condition, today), { onSuccess: onClose })}
        >
          It is over
        </Button>
        <TextInput
          label="Or: written down by mistake, because"
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <Failure error={update.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            color="red.9"
            disabled={!why.trim()}
            loading={update.isPending}
            onClick={() => update.mutate(mistaken(condition, why), { onSuccess: onClose })}
          >
            Entered in error
          </Button>
        </div>
      </div>
    </Modal>
  );
}
