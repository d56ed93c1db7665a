// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A technique of the practice's own.
import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLibrary } from '../../../app/library';
import type { Entry } from '../../../clinic/library';
import { newTechnique, readTechnique, toTechnique, type TechniqueForm } from '../../../clinic/ownLibrary';
import u from '../../../styles/u.module.css';
import { OwnForm } from './OwnDialog';

export function TechniqueFields({ entry, onClose }: { entry?: Entry; onClose: () => void }) {
  const old = entry?.resource as fhir4.ActivityDefinition | undefined;
  const [form, setForm] = useState<TechniqueForm>(() => (old ? readTechnique(old) : newTechnique));
  const techniques = (useLibrary().entries ?? []).filter((one) => one.kind === 'technique' && one.resource && !one.own);
  const families = [...new Set(techniques.map((one) => readTechnique(one.resource as fhir4.ActivityDefinition).family))]
    .filter(Boolean)
    .sort();
  const set = (change: Partial<TechniqueForm>) => setForm((before) => ({ ...before, ...change }));
  const text = (name: 'title' | 'aims' | 'cautions' | 'sources') => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const end = (name: 'pressure' | 'minutes', i: 0 | 1, most: number) => ({
    hideControls: true,
    min: 0,
    max: most,
    value: form[name][i],
    onChange: (value: number | string) => {
      const next: [number, number] = [...form[name]];
      next[i] = Number(value);
      set({ [name]: next });
    },
  });
  return (
    <OwnForm old={old} make={(status) => toTechnique({ ...form, status }, old)} onClose={onClose}>
      <TextInput label="Name" required data-autofocus {...text('title')} />
      <Select
        label="Family"
        description="What limits techniques of this family limits it too"
        clearable
        data={families}
        value={form.family || null}
        onChange={(family) => set({ family: family ?? '' })}
      />
      <div className={u.fields}>
        <NumberInput label="Pressure from (0 to 10)" {...end('pressure', 0, 10)} />
        <NumberInput label="Pressure to" {...end('pressure', 1, 10)} />
        <NumberInput label="Minutes for a region, from" {...end('minutes', 0, 120)} />
        <NumberInput label="Minutes to" {...end('minutes', 1, 120)} />
      </div>
      <Textarea label="Aims" description="One a line" autosize minRows={2} {...text('aims')} />
      <Textarea label="Cautions" description="One a line" autosize minRows={2} {...text('cautions')} />
      <label className={u.row} style={{ minHeight: 44 }}>
        <input
          type="checkbox"
          checked={form.training}
          onChange={(event) => set({ training: event.currentTarget.checked })}
          style={{ width: 22, height: 22 }}
        />
        Given only by who has a qualification in it
      </label>
      <Textarea label="Sources" description="One a line" autosize minRows={1} {...text('sources')} />
    </OwnForm>
  );
}
