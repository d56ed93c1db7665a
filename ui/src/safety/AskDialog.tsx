// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A clinician is asked for a clearance: for which rules, whom, and what they should know. The letter comes as a PDF; the
// request waits in the worklist until the answer is recorded.
import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useReferrals, useRefresh } from '../app/queries';
import { askParameters } from '../clinic/clearance';
import { fhir, type Stored } from '../fhir/client';
import { conceptText, refTo } from '../fhir/read';
import type { Issue } from '../fhir/screening';
import { Failure } from '../shared/Failure';
import { Notice } from '../shared/Notice';
import { savePaper } from '../shared/openFile';
import { PickMany } from '../shared/Picks';
import { WordingOffer } from '../shared/WordingOffer';
import u from '../styles/u.module.css';

export type ClearanceProps = {
  patient: { id: string; name: string };
  /** Every issue that a clearance would lift, and the one whose button was tapped. */
  issues: Pick<Issue, 'rule' | 'name'>[];
  rule: string;
  asked: Map<string, Stored<fhir4.Task>>;
  onClose: () => void;
};

export default function AskDialog({ patient, issues, rule, asked, onClose }: ClearanceProps) {
  const refresh = useRefresh();
  const referrals = useReferrals(patient.id).data ?? [];
  const [rules, setRules] = useState(
    issues.map((issue) => issue.rule).filter((one) => one === rule || !asked.has(one)),
  );
  const [form, setForm] = useState({ physician: null as string | null, referral: '', note: '' });
  const referral = referrals.find((one) => refTo(one) === form.referral) ?? referrals[0];
  const physician = form.physician ?? referral?.requester?.display ?? '';
  const [task, setTask] = useState<string>();
  const letter = async (id: string) => savePaper(`Task/${id}/$letter`, 'clearance-letter.pdf');
  const send = useMutation({
    mutationFn: async () => {
      if (task) return letter(task);
      const made = await fhir.perform<Stored<fhir4.Task>>(
        `Patient/${patient.id}/$request-clearance`,
        askParameters({ rules, physician, referral: referral && refTo(referral), note: form.note }),
      );
      setTask(made.id);
      void refresh();
      return letter(made.id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={`Ask for clearance for ${patient.name}`} size="lg">
      <form className={u.form} onSubmit={submit}>
        {task ? (
          <Notice tone="ok" title="The request is recorded">
            <p>
              The letter is a PDF for you to print or send. It waits in the worklist; record the answer there or in the
              chart when it comes.
            </p>
          </Notice>
        ) : (
          <>
            <PickMany
              label="Cleared of what?"
              choices={issues.map((issue) => ({ code: issue.rule, name: issue.name }))}
              value={rules}
              onChange={setRules}
            />
            <div className={u.fields}>
              <TextInput
                label="Whom do you ask?"
                placeholder="Dr Hanna Weiss"
                required
                data-autofocus
                value={physician}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setForm((old) => ({ ...old, physician: value }));
                }}
              />
              {referrals.length > 1 && (
                <NativeSelect
                  label="Referral"
                  data={referrals.map((one) => ({
                    value: refTo(one),
                    label: `${conceptText(one.reasonCode?.[0]) ?? 'Referral'}, ${one.requester?.display ?? ''}`,
                  }))}
                  value={referral ? refTo(referral) : ''}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setForm((old) => ({ ...old, referral: value, physician: null }));
                  }}
                />
              )}
              <div className={u.wide}>
                <Textarea
                  label="What they should know"
                  description="It stands in the letter as you write it."
                  autosize
                  minRows={2}
                  value={form.note}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setForm((old) => ({ ...old, note: value }));
                  }}
                />
              </div>
            </div>
            <WordingOffer
              text={form.note}
              onText={(note) => setForm((old) => ({ ...old, note }))}
              refused={send.error}
            />
          </>
        )}
        <Failure error={send.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            {task ? 'Close' : 'Cancel'}
          </Button>
          <Button
            type="submit"
            variant={task && !send.error ? 'default' : 'filled'}
            loading={send.isPending}
            disabled={rules.length === 0}
          >
            {task ? 'The letter again' : 'Make the letter'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
