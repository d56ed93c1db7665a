// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A safety rule of the practice's own: when it fires, what it does, what lifts it, who answers for it.
import { MultiSelect, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCodes, useTechniques } from '../../../app/definitions';
import { levels, type Entry } from '../../../clinic/library';
import { newRule, readRule, toRule, type RuleForm } from '../../../clinic/ownLibrary';
import u from '../../../styles/u.module.css';
import { OwnForm } from './OwnDialog';
import { WhenRows } from './WhenRows';

type TextName = 'title' | 'why' | 'therapist' | 'patient' | 'lifts' | 'owner' | 'reviewBy' | 'sources';

export function RuleFields({ entry, onClose }: { entry?: Entry; onClose: () => void }) {
  const old = entry?.resource as fhir4.PlanDefinition | undefined;
  const [form, setForm] = useState<RuleForm>(() => (old ? readRule(old) : newRule));
  const techniques = useTechniques();
  const regions = useCodes('region').data ?? [];
  const set = (change: Partial<RuleForm>) => setForm((before) => ({ ...before, ...change }));
  const text = (name: TextName) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const options = (list: { code: string; name: string }[]) => list.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <OwnForm old={old} make={(status) => toRule({ ...form, status }, old)} onClose={onClose}>
      <TextInput label="Name" required data-autofocus {...text('title')} />
      <Textarea label="Why" required autosize minRows={1} {...text('why')} />
      <Select
        label="What it does"
        allowDeselect={false}
        data={Object.entries(levels).map(([value, label]) => ({ value, label }))}
        value={form.level}
        onChange={(level) => set({ level: level ?? form.level })}
      />
      <fieldset className={u.form}>
        <legend className={u.strong}>When</legend>
        <SegmentedControl
          aria-label="How many of these"
          data={[
            { value: 'any', label: 'One is enough' },
            { value: 'all', label: 'All together' },
          ]}
          value={form.match}
          onChange={(match) => set({ match: match as 'any' | 'all' })}
        />
        <WhenRows rows={form.when} onChange={(when) => set({ when })} />
      </fieldset>
      <MultiSelect
        styles={{ inputField: { minHeight: 44 } }}
        label="Techniques"
        description="None chosen: all"
        searchable
        data={options(techniques)}
        value={form.techniques}
        onChange={(list) => set({ techniques: list })}
      />
      <MultiSelect
        styles={{ inputField: { minHeight: 44 } }}
        label="Regions"
        description="None chosen: all"
        searchable
        data={options(regions)}
        value={form.regions}
        onChange={(list) => set({ regions: list })}
      />
      <Textarea label="What the therapist does" required autosize minRows={1} {...text('therapist')} />
      <Textarea label="What the patient is told" autosize minRows={1} {...text('patient')} />
      <TextInput label="What lifts it" required {...text('lifts')} />
      <div className={u.fields}>
        <TextInput label="Who answers for it" description="The clinician who signs" {...text('owner')} />
        <TextInput label="Review by" type="date" {...text('reviewBy')} />
      </div>
      <Textarea label="Sources" description="One a line" autosize minRows={1} {...text('sources')} />
    </OwnForm>
  );
}
