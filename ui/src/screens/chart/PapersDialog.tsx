// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The papers of a chart as PDF: the progress report, the letter to the referrer, and the record for somebody outside, which
// writes down to whom and what for.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Chart } from '../../clinic/chart';
import { addDays, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { savePaper } from '../../shared/openFile';
import { Picks } from '../../shared/Picks';
import u from '../../styles/u.module.css';

type Props = { chart: Chart; today: Day; onClose: () => void };
type Kind = 'report' | 'letter' | 'records';

const asks = [
  { value: '', label: 'Nothing, only the progress' },
  { value: 'more-visits', label: 'More visits' },
  { value: 'clearance', label: 'A clearance' },
  { value: 'information', label: 'Information' },
  { value: 'discharge', label: 'Tell that treatment has ended' },
];

export default function PapersDialog({ chart, today, onClose }: Props) {
  const patient = chart.patient.id;
  const letterTo = chart.referral ?? chart.referrals[0];
  const first = chart.notes.at(-1)?.day ?? addDays(today, -90);
  const [kind, setKind] = useState<Kind>('report');
  const [form, setForm] = useState({ start: first, end: today, recipient: '', purpose: '', ask: '', visits: '6' });
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [name]: value }));
    },
  });
  const save = useMutation({
    mutationFn: () => {
      if (kind === 'report')
        return savePaper(`Patient/${patient}/$report?since=${form.start}&until=${form.end}`, 'progress-report.pdf');
      if (kind === 'letter') {
        const ask = form.ask && `?ask=${form.ask}${form.ask === 'more-visits' ? `&visits=${form.visits}` : ''}`;
        return savePaper(`ServiceRequest/${letterTo!.id}/$letter${ask}`, 'letter.pdf');
      }
      return savePaper(`Patient/${patient}/$records`, 'records.pdf', {
        resourceType: 'Parameters',
        parameter: [
          { name: 'start', valueDate: form.start },
          { name: 'end', valueDate: form.end },
          { name: 'recipient', valueString: form.recipient.trim() },
          { name: 'purpose', valueString: form.purpose.trim() },
        ],
      });
    },
    onSuccess: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const kinds = [
    { code: 'report' as const, name: 'Progress report' },
    { code: 'letter' as const, name: 'Letter to the referrer', off: !letterTo },
    { code: 'records' as const, name: 'Records request' },
  ];
  return (
    <Modal opened onClose={onClose} title="Report, letter, records" size="lg">
      <form className={u.form} onSubmit={submit}>
        <Picks label="Which paper?" choices={kinds} value={kind} onPick={(code) => (save.reset(), setKind(code))} />
        <div className={u.fields}>
          {kind !== 'letter' && (
            <>
              <TextInput label="From" type="date" required max={form.end} {...field('start')} />
              <TextInput label="Until" type="date" required min={form.start} max={today} {...field('end')} />
            </>
          )}
          {kind === 'letter' && <NativeSelect label="What do you ask for?" data={asks} {...field('ask')} />}
          {kind === 'letter' && form.ask === 'more-visits' && (
            <TextInput label="How many visits" type="number" min={1} max={99} required {...field('visits')} />
          )}
          {kind === 'records' && (
            <>
              <TextInput label="For whom" required {...field('recipient')} />
              <TextInput label="What for" required {...field('purpose')} />
            </>
          )}
        </div>
        {kind === 'records' && (
          <p className={cx(u.small, u.muted)}>That the record was handed out, to whom and what for, is written down.</p>
        )}
        <Failure error={save.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" leftSection={<IconDownload size={18} />} loading={save.isPending}>
            Make the PDF
          </Button>
        </div>
      </form>
    </Modal>
  );
}
