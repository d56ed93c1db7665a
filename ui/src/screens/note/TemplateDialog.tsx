// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A therapist's own templates: take one over into the note, save the present lines as one, or throw one away.
import { ActionIcon, Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useSession } from '../../app/session';
import { readTemplate, templateList } from '../../clinic/templates';
import { totalMinutes, type Work } from '../../clinic/work';
import { systems } from '../../fhir/canonical';
import { fhir } from '../../fhir/client';
import { writeInstant } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import css from './work.module.css';

type Props = { owner: string; work: Work[]; onTake: (work: Work[]) => void; onClose: () => void };

export default function TemplateDialog({ owner, work, onTake, onClose }: Props) {
  const session = useSession();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const queryKey = ['templates', owner];
  const found = useQuery({
    queryKey,
    queryFn: () =>
      fhir.search<fhir4.List>('List', {
        source: owner,
        code: `${systems.list}|note-template`,
        status: 'current',
        _count: 100,
      }),
    select: (lists) => lists.map(readTemplate).sort((a, b) => a.name.localeCompare(b.name)),
  });
  const again = () => queries.invalidateQueries({ queryKey });
  const save = useMutation({
    mutationFn: () => {
      const at = writeInstant(new Date(), session.practice.timeZone);
      return fhir.create(templateList(name.trim(), work, { reference: owner, name: session.name }, at));
    },
    onSuccess: async () => {
      setName('');
      await again();
    },
  });
  const retire = useMutation({
    mutationFn: (list: fhir4.List & { id: string }) => fhir.update({ ...list, status: 'retired' }),
    onSuccess: again,
  });
  return (
    <Modal opened onClose={onClose} title="Your templates" size="md">
      <div className={u.form}>
        <Failure error={found.error ?? save.error ?? retire.error} />
        {found.data?.length === 0 && (
          <p className={cx(u.small, u.muted)}>None yet. Write the lines of a session, then save them under a name.</p>
        )}
        <ul className={css.templates} aria-label="Templates">
          {found.data?.map((template) => (
            <li key={template.id} className={cx(u.row, u.stay)}>
              <button
                type="button"
                className={css.template}
                onClick={() => {
                  onTake(template.work);
                  onClose();
                }}
              >
                <b>{template.name}</b>
                <span className={cx(u.small, u.muted)}>
                  {plural(template.work.length, 'line')}, {totalMinutes(template.work)} min
                </span>
              </button>
              <ActionIcon aria-label={`Throw away ${template.name}`} onClick={() => retire.mutate(template.list)}>
                <IconTrash size={20} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        {work.length > 0 && (
          <form
            className={cx(u.row, u.stay, css.saveTemplate)}
            onSubmit={(event) => {
              event.preventDefault();
              save.mutate();
            }}
          >
            <TextInput
              className={u.grow}
              label={`Save the ${plural(work.length, 'line')} of this note as`}
              placeholder="Neck, 45 minutes"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" disabled={!name.trim()} loading={save.isPending}>
              Save
            </Button>
          </form>
        )}
      </div>
    </Modal>
  );
}
