// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Working a task off: a stored one is marked done with what was done; a licence that ends gets its new date.
import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useRefresh } from '../../app/queries';
import { useSession } from '../../app/session';
import { doneTask, type WorkItem } from '../../clinic/tasks';
import { fhir } from '../../fhir/client';
import { conceptText, idOf, key, personName } from '../../fhir/read';
import { today as dayNow, writeInstant } from '../../lib/time';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';

type Props = { item: WorkItem; onClose: () => void };

export default function DoDialog({ item, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={item.title} size="md">
      {item.step.does === 'licence' ? <Licence item={item} onClose={onClose} /> : <Done item={item} onClose={onClose} />}
    </Modal>
  );
}

function Done({ item, onClose }: Props) {
  const session = useSession();
  const refresh = useRefresh();
  const [said, setSaid] = useState('');
  const save = useMutation({
    mutationFn: () => {
      const by = session.practitioner
        ? { reference: session.practitioner, display: session.name }
        : { display: session.name };
      return fhir.update(doneTask(item.task, said, writeInstant(new Date(), session.practice.timeZone), by));
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
    <form className={u.form} onSubmit={submit}>
      <p>
        <b>{item.who}</b>
      </p>
      <p className={u.small}>{item.text}</p>
      <Textarea
        label="What was done"
        required={item.tone === 'stop'}
        autosize
        minRows={2}
        data-autofocus
        value={said}
        onChange={(event) => setSaid(event.currentTarget.value)}
      />
      <Failure error={save.error} />
      <div className={u.formFoot}>
        <Button variant="default" onClick={onClose}>
          Not yet
        </Button>
        <Button type="submit" loading={save.isPending}>
          Mark done
        </Button>
      </div>
    </form>
  );
}

/** The qualification of a therapist that ends first. */
function endingFirst(person: fhir4.Practitioner): number {
  const ends = (person.qualification ?? []).map((q) => q.period?.end ?? '9');
  return ends.indexOf([...ends].sort()[0] ?? '9');
}

function Licence({ item, onClose }: Props) {
  const { practice } = useSession();
  const refresh = useRefresh();
  const focus = key(item.task.focus?.reference) ?? key(item.task.for?.reference);
  const person = useQuery({
    queryKey: ['practitioner', focus],
    queryFn: () => fhir.read<fhir4.Practitioner>('Practitioner', idOf(focus)!),
    enabled: Boolean(focus?.startsWith('Practitioner/')),
  });
  const [until, setUntil] = useState('');
  const at = person.data ? endingFirst(person.data) : -1;
  const licence = person.data?.qualification?.[at];
  const save = useMutation({
    mutationFn: () => {
      const renewed = { ...licence!, period: { ...licence!.period, end: until } };
      return fhir.update({ ...person.data!, qualification: person.data!.qualification!.with(at, renewed) });
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
    <form className={u.form} onSubmit={submit}>
      {person.data && (
        <p className={u.small}>
          <b>{personName(person.data)}</b>: {conceptText(licence?.code) ?? 'licence'}
          {licence?.issuer?.display && `, ${licence.issuer.display}`}
          {licence?.period?.end && `, valid until ${licence.period.end}`}.
        </p>
      )}
      <p className={cx(u.small, u.muted)}>Look at the new licence itself before you write its date.</p>
      <TextInput
        label="Valid until"
        type="date"
        required
        data-autofocus
        min={dayNow(practice.timeZone)}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Failure error={save.error ?? person.error} />
      <div className={u.formFoot}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={save.isPending} disabled={!licence}>
          Record
        </Button>
      </div>
    </form>
  );
}
