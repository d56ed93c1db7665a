// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Something unwanted happened after a treatment: what, when, how bad, what was done, how it ended. One that is known already
// is completed in the same place.
import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useCodes } from '../app/definitions';
import { useChart, useRefresh } from '../app/queries';
import { useSession } from '../app/session';
import { emptyHarm, harmEvent, outcomes, readHarm, seriousness, sessionsOf, severities, type Harm } from '../clinic/harm';
import { doneTask } from '../clinic/tasks';
import { fhir, type Stored } from '../fhir/client';
import { shortDay, today as dayNow, writeInstant } from '../lib/time';
import { Failure } from '../shared/Failure';
import { PickMany, Picks } from '../shared/Picks';
import u from '../styles/u.module.css';

type Props = {
  patient: { id: string; name: string };
  /** One that is on record already. */
  event?: Stored<fhir4.AdverseEvent>;
  /** What asked for it in the worklist: done with it. */
  task?: Stored<fhir4.Task>;
  onClose: () => void;
};

export default function HappenedDialog({ patient, event, task, onClose }: Props) {
  const session = useSession();
  const zone = session.practice.timeZone;
  const today = dayNow(zone);
  const refresh = useRefresh();
  const kinds = useCodes('adverseEvent').data ?? [];
  const sessions = sessionsOf(useChart(patient.id).data?.notes ?? []);
  const [form, setForm] = useState<Harm>(() => (event ? readHarm(event, today) : emptyHarm(today)));
  const [chosen, setChosen] = useState(Boolean(event));
  const encounter = chosen ? form.encounter : (sessions[0]?.reference ?? '');
  const lines = sessions.find((one) => one.reference === encounter)?.lines ?? [];
  const set = (part: Partial<Harm>) => setForm((old) => ({ ...old, ...part }));
  const save = useMutation({
    mutationFn: async () => {
      const now = writeInstant(new Date(), zone);
      const recorder = session.practitioner
        ? { reference: session.practitioner, display: session.name }
        : { display: session.name };
      const kindName = kinds.find((one) => one.code === form.kind)?.name ?? form.kind;
      const suspected = form.suspected.filter((one) => lines.some((line) => line.code === one));
      const made = harmEvent({ ...form, encounter, suspected }, { patient, recorder, kindName, now }, event);
      await (event ? fhir.update(made as Stored<fhir4.AdverseEvent>) : fhir.create(made));
      if (task) await fhir.update(doneTask(task, form.done || kindName, now, recorder));
    },
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    save.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={`Something happened: ${patient.name}`} size="lg">
      <form className={u.form} onSubmit={submit}>
        {task?.description && <p className={u.small}>{task.description}</p>}
        <Picks label="What?" choices={kinds} value={form.kind} onPick={(kind) => set({ kind })} />
        <Picks label="How bad?" choices={severities} value={form.severity} onPick={(severity) => set({ severity })} />
        <Picks
          label="Was a doctor or a hospital needed?"
          choices={seriousness}
          value={form.serious}
          onPick={(serious) => set({ serious })}
        />
        <div className={u.fields}>
          <TextInput
            label="When did it begin?"
            type="date"
            required
            max={today}
            value={form.day}
            onChange={(typed) => set({ day: typed.currentTarget.value })}
          />
          {sessions.length > 0 && (
            <NativeSelect
              label="After which session?"
              data={[
                { value: '', label: 'After none of them' },
                ...sessions.map((one) => ({ value: one.reference, label: shortDay(one.day, today) })),
              ]}
              value={encounter}
              onChange={(typed) => {
                setChosen(true);
                set({ encounter: typed.currentTarget.value, suspected: [] });
              }}
            />
          )}
        </div>
        {lines.length > 0 && (
          <PickMany
            label="Which work may have caused it? None if that is not known."
            choices={lines}
            value={form.suspected}
            onChange={(suspected) => set({ suspected })}
          />
        )}
        <Textarea
          label="What was done"
          autosize
          minRows={2}
          value={form.done}
          onChange={(typed) => set({ done: typed.currentTarget.value })}
        />
        <Picks label="How did it end?" choices={outcomes} value={form.outcome} onPick={(outcome) => set({ outcome })} />
        <Failure error={save.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!form.kind || !form.severity}>
            {event ? 'Save' : 'Record it'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
