// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A plan template of the practice's own: a copy of a protocol with its own name, frequency and minutes.
import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLibrary } from '../../../app/library';
import type { Entry } from '../../../clinic/library';
import { phasesOf, templateOf } from '../../../clinic/ownLibrary';
import { cx } from '../../../lib/text';
import u from '../../../styles/u.module.css';
import { OwnForm } from './OwnDialog';

type Phase = { perWeek: number; minutes: number[] };
const changesOf = (protocol: fhir4.PlanDefinition | undefined): Phase[] =>
  protocol
    ? phasesOf(protocol).map((phase) => ({ perWeek: phase.perWeek, minutes: phase.blocks.map((block) => block.minutes) }))
    : [];

export function TemplateFields({ entry, onClose }: { entry?: Entry; onClose: () => void }) {
  const old = entry?.resource as fhir4.PlanDefinition | undefined;
  const protocols = (useLibrary().entries ?? []).filter((one) => one.kind === 'protocol' && one.resource);
  const [from, setFrom] = useState<fhir4.PlanDefinition | undefined>(old);
  const [title, setTitle] = useState(old?.title ?? '');
  const [phases, setPhases] = useState<Phase[]>(() => changesOf(old));
  const choose = (code: string | null) => {
    const chosen = protocols.find((one) => one.code === code)?.resource as fhir4.PlanDefinition | undefined;
    setFrom(chosen);
    setPhases(changesOf(chosen));
    if (!title && chosen?.title) setTitle(`${chosen.title}, ours`);
  };
  const set = (place: number, change: Partial<Phase>) =>
    setPhases((before) => before.map((phase, i) => (i === place ? { ...phase, ...change } : phase)));
  return (
    <OwnForm old={old} make={(status) => templateOf(from!, { title, phases, status }, old)} onClose={onClose}>
      {!old && (
        <Select
          label="Copy of"
          required
          searchable
          data={protocols.map((one) => ({ value: one.code, label: one.title }))}
          value={from?.id ?? null}
          onChange={choose}
        />
      )}
      <TextInput label="Name" required value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      {from &&
        phasesOf(from).map((phase, i) => (
          <fieldset key={i} className={u.form}>
            <legend className={u.strong}>{phase.title}</legend>
            <NumberInput
              label="Visits a week"
              hideControls
              min={0.1}
              max={14}
              step={0.5}
              decimalScale={2}
              value={phases[i]?.perWeek ?? phase.perWeek}
              onChange={(value) => set(i, { perWeek: Number(value) })}
            />
            <div className={u.fields}>
              {phase.blocks.map((block, b) => (
                <NumberInput
                  key={b}
                  label={`${block.title}, minutes`}
                  hideControls
                  min={1}
                  max={240}
                  value={phases[i]?.minutes[b] ?? block.minutes}
                  onChange={(value) =>
                    set(i, { minutes: (phases[i]?.minutes ?? []).map((old, at) => (at === b ? Number(value) : old)) })
                  }
                />
              ))}
            </div>
          </fieldset>
        ))}
      <p className={cx(u.small, u.muted)}>Its sources say where the protocol comes from; your changes are your own convention.</p>
    </OwnForm>
  );
}
