// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A clinician's clearance is recorded: who, with which licence, when, for what, until when, and the letter itself where it is
// at hand. The rules that it covers do not alert again until its last day.
import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { useReferrals, useRefresh } from '../app/queries';
import { useZone } from '../app/session';
import { attachmentOf, documentOf } from '../clinic/attachment';
import { clearanceDays, clearParameters } from '../clinic/clearance';
import { fhir } from '../fhir/client';
import { refTo } from '../fhir/read';
import { addDays, today, writeInstant, type Day } from '../lib/time';
import { Failure } from '../shared/Failure';
import { PickMany } from '../shared/Picks';
import u from '../styles/u.module.css';
import type { ClearanceProps } from './AskDialog';

export default function ClearDialog({ patient, issues, rule, asked, onClose }: ClearanceProps) {
  const zone = useZone();
  const now = today(zone);
  const refresh = useRefresh();
  const referral = useReferrals(patient.id).data?.[0];
  const task = asked.get(rule);
  const [rules, setRules] = useState(
    issues.map((issue) => issue.rule).filter((one) => one === rule || (task && asked.get(one)?.id === task.id)),
  );
  const [form, setForm] = useState({
    clinician: null as string | null,
    licence: '',
    date: now,
    scope: '',
    expiry: null as Day | null,
  });
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [kept, setKept] = useState<string>();
  const clinician = form.clinician ?? task?.owner?.display ?? referral?.requester?.display ?? '';
  const expiry = form.expiry ?? (form.date && addDays(form.date, clearanceDays));
  const field = (name: keyof typeof form, value: string) => ({
    value,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value: typed } = event.currentTarget;
      setForm((old) => ({ ...old, [name]: typed }));
    },
  });
  const save = useMutation({
    mutationFn: async () => {
      let document = kept;
      if (file && !document) {
        const at = writeInstant(new Date(), zone);
        const about = referral ? ({ kind: 'referral', reference: refTo(referral) } as const) : ({ kind: 'other' } as const);
        const letter = documentOf(await attachmentOf(file), `Clearance by ${clinician}`, patient.id, about, at);
        document = refTo(await fhir.create(letter));
        setKept(document);
      }
      await fhir.perform(
        `Patient/${patient.id}/$clear`,
        clearParameters({ ...form, rules, clinician, expiry, document, task: task && refTo(task) }),
      );
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
    <Modal opened onClose={onClose} title={`Record a clearance for ${patient.name}`} size="lg">
      <form className={u.form} onSubmit={submit}>
        <PickMany
          label="Cleared of what?"
          choices={issues.map((issue) => ({ code: issue.rule, name: issue.name }))}
          value={rules}
          onChange={setRules}
        />
        <div className={u.fields}>
          <TextInput label="Who cleared it?" required {...field('clinician', clinician)} />
          <TextInput label="Licence number" required data-autofocus autoComplete="off" {...field('licence', form.licence)} />
          <TextInput label="Given on" type="date" required max={now} {...field('date', form.date)} />
          <TextInput
            label="Valid until"
            type="date"
            required
            min={form.date}
            description={`${clearanceDays} days where the letter names no day.`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...field('expiry', expiry)}
          />
          <div className={u.wide}>
            <Textarea
              label="Cleared for what, and with which limits?"
              placeholder="Light pressure; legs not worked on"
              required
              autosize
              minRows={2}
              {...field('scope', form.scope)}
            />
          </div>
          <div className={u.wide}>
            <input
              ref={picker}
              type="file"
              accept="image/*,application/pdf"
              aria-label="The letter: photo, scan or PDF"
              hidden
              onChange={(event) => {
                setFile(event.currentTarget.files?.[0] ?? null);
                setKept(undefined);
              }}
            />
            <Button
              variant="default"
              leftSection={<IconCamera size={18} aria-hidden />}
              onClick={() => picker.current?.click()}
            >
              {file ? file.name : 'Add the letter'}
            </Button>
          </div>
        </div>
        <Failure error={save.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={rules.length === 0}>
            Record clearance
          </Button>
        </div>
      </form>
    </Modal>
  );
}
