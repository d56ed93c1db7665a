// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Two records of one person become one. First it is said what would move; then it is done. Nothing is lost: every version
// can still be read, and the record given up leads to the one kept.
import { Button, Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useMatches, usePatients, useRefresh } from '../../app/queries';
import { changedBy, mergeRequest } from '../../clinic/people';
import type { Stored } from '../../fhir/client';
import { fhir } from '../../fhir/client';
import { patientNumber, personName } from '../../fhir/read';
import { cx, plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { TypeAhead } from '../../shared/TypeAhead';
import u from '../../styles/u.module.css';
import css from './people.module.css';

type Props = { patient: Stored<fhir4.Patient>; onClose: () => void };
type Known = { id: string; name: string };

const about = (patient: fhir4.Patient) =>
  [patient.birthDate && `born ${patient.birthDate}`, patientNumber(patient)].filter(Boolean).join(' · ');

export default function MergeDialog({ patient, onClose }: Props) {
  const [, go] = useLocation();
  const refresh = useRefresh();
  const [text, setText] = useState('');
  const [other, setOther] = useState<Known | null>(null);
  const found = usePatients(text);
  const matches = useMatches(patient);
  const perform = (kind: 'preview' | 'merge') => (source: Known) =>
    fhir.perform<fhir4.Parameters>('Patient/$merge', mergeRequest(source.id, patient.id, kind));
  const preview = useMutation({ mutationFn: perform('preview') });
  const merge = useMutation({
    mutationFn: perform('merge'),
    onSuccess: async () => {
      await refresh();
      onClose();
      go(`/patients/${patient.id}`);
    },
  });
  const choose = (known: Known) => {
    setOther(known);
    merge.reset();
    preview.mutate(known);
  };
  const likely = (matches.data ?? []).filter((m) => m.patient.id !== patient.id && m.patient.active !== false);
  const name = personName(patient);
  return (
    <Modal opened onClose={onClose} title={`Merge into ${name}`} size="lg">
      <div className={u.form}>
        <p className={u.small}>Choose the record that is the same person. It is folded into this one.</p>
        {likely.length > 0 && (
          <ul className={u.list} aria-label="Likely doubles">
            {likely.slice(0, 4).map((m) => (
              <li key={m.patient.id} className={css.person}>
                <span>
                  <b>{personName(m.patient)}</b>{' '}
                  <span className={cx(u.small, u.muted)}>{[about(m.patient), m.why.join(', ')].filter(Boolean).join(' · ')}</span>
                </span>
                <button
                  type="button"
                  className={u.plainlink}
                  onClick={() => choose({ id: m.patient.id, name: personName(m.patient) })}
                >
                  Choose
                </button>
              </li>
            ))}
          </ul>
        )}
        <TypeAhead
          label="Another record"
          placeholder="Type a name"
          icon={<IconSearch size={18} aria-hidden />}
          text={other ? other.name : text}
          none="Nobody of that name."
          options={(found.data ?? [])
            .filter((p) => p.id !== patient.id && p.active !== false)
            .slice(0, 8)
            .map((p) => ({ key: p.id, label: personName(p), note: about(p) }))}
          onText={(next) => {
            setText(next);
            setOther(null);
            preview.reset();
          }}
          onTake={(option) => choose({ id: option.key, name: option.label })}
        />
        {other && preview.data && (
          <p role="status">
            {plural(changedBy(preview.data), 'record')} of <b>{other.name}</b> will belong to <b>{name}</b>. Signed notes stay
            signed. The record of {other.name} is closed and leads here.
          </p>
        )}
        <Failure error={preview.error ?? merge.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            color="red.9"
            disabled={!other || !preview.data}
            loading={merge.isPending}
            onClick={() => other && merge.mutate(other)}
          >
            Merge
          </Button>
        </div>
      </div>
    </Modal>
  );
}
