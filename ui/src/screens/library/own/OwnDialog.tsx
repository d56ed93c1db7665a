// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The practice's own entry in the library: first what it is, then its form. What the server refuses is said in its words.
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Pill.layer.css';
import '@mantine/core/styles/PillsInput.layer.css';
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Entry } from '../../../clinic/library';
import { fhir, type Stored } from '../../../fhir/client';
import { Failure } from '../../../shared/Failure';
import u from '../../../styles/u.module.css';
import { RuleFields } from './RuleFields';
import { TechniqueFields } from './TechniqueFields';
import { TemplateFields } from './TemplateFields';

const choices = [
  { kind: 'technique', name: 'A technique', note: 'It can be charted like those that come with the program.' },
  { kind: 'rule', name: 'A safety rule', note: 'It adds to the rules. None of those that come with the program can be switched off.' },
  { kind: 'protocol', name: 'A plan template', note: 'A copy of a protocol with your own frequency and minutes.' },
] as const;
type Kind = (typeof choices)[number]['kind'];

type Props = { entry?: Entry; onClose: () => void };

export default function OwnDialog({ entry, onClose }: Props) {
  const [kind, setKind] = useState<Kind | null>(choices.find((one) => one.kind === entry?.kind)?.kind ?? null);
  const title = entry ? `Change: ${entry.title}` : 'Add our own';
  const Fields = kind === 'technique' ? TechniqueFields : kind === 'rule' ? RuleFields : TemplateFields;
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      {kind ? (
        <Fields entry={entry} onClose={onClose} />
      ) : (
        <div className={u.stack}>
          {choices.map((one) => (
            <div key={one.kind}>
              <Button fullWidth variant="default" onClick={() => setKind(one.kind)}>
                {one.name}
              </Button>
              <p className={`${u.small} ${u.muted}`}>{one.note}</p>
            </div>
          ))}
        </div>
      )}
    </Modal>
  );
}

type Own = fhir4.ActivityDefinition | fhir4.PlanDefinition;

/** The frame of each of the three forms: its fields, the refusal, retire or save. `make` gives the resource of a status. */
export function OwnForm({ old, make, onClose, children }: {
  old?: Own;
  make: (status: 'active' | 'retired') => Own;
  onClose: () => void;
  children: ReactNode;
}) {
  const queries = useQueryClient();
  const save = useMutation<Own, Error, 'active' | 'retired'>({
    mutationFn: (status) => {
      const resource = make(status);
      return resource.id ? fhir.update(resource as Stored<Own>) : fhir.create(resource);
    },
    onSuccess: async () => {
      await queries.invalidateQueries();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate('active');
  };
  return (
    <form className={u.form} onSubmit={submit}>
      {children}
      <Failure error={save.error} />
      <div className={u.formFoot}>
        {old && old.status !== 'retired' && (
          <Button variant="default" onClick={() => save.mutate('retired')} disabled={save.isPending}>
            Take out of force
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={save.isPending}>
          {old?.status === 'retired' ? 'Put back in force' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
