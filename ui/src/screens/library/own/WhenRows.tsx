// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The conditions of a rule, one a row: a diagnosis, an answer, a medicine, an age, a measurement of the day.
import { Button, CloseButton, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useCodes } from '../../../app/definitions';
import { measures, type When } from '../../../clinic/ownLibrary';
import { cx } from '../../../lib/text';
import u from '../../../styles/u.module.css';
import css from '../library.module.css';

const empty: Record<When['kind'], When> = {
  diagnosis: { kind: 'diagnosis', codes: '' },
  answer: { kind: 'answer', finding: '' },
  medicine: { kind: 'medicine', medicine: '' },
  age: { kind: 'age', op: '>=', years: 65 },
  measure: { kind: 'measure', measure: 'systolic', op: '>=', value: 160 },
};
const kinds = [
  { value: 'diagnosis', label: 'A diagnosis' },
  { value: 'answer', label: 'An answer of yes' },
  { value: 'medicine', label: 'A medicine' },
  { value: 'age', label: 'An age' },
  { value: 'measure', label: 'A measurement of the day' },
];
const ways = [
  { value: '>=', label: 'or more' },
  { value: '<', label: 'less than' },
];

type Row = { row: When; onChange: (row: When) => void };

export function WhenRows({ rows, onChange }: { rows: When[]; onChange: (rows: When[]) => void }) {
  const change = (place: number, row: When) => onChange(rows.map((old, i) => (i === place ? row : old)));
  return (
    <>
      {rows.map((row, i) => (
        <div key={i} className={cx(u.row, css.when)} role="group" aria-label={`Condition ${i + 1}`}>
          <Select
            aria-label="Kind"
            allowDeselect={false}
            data={kinds}
            value={row.kind}
            onChange={(kind) => kind && change(i, empty[kind as When['kind']])}
          />
          <Detail row={row} onChange={(next) => change(i, next)} />
          {rows.length > 1 && (
            <CloseButton
              size="xl"
              aria-label={`Remove condition ${i + 1}`}
              onClick={() => onChange(rows.filter((_, place) => place !== i))}
            />
          )}
        </div>
      ))}
      <Button
        variant="subtle"
        leftSection={<IconPlus size={18} />}
        onClick={() => onChange([...rows, empty.diagnosis])}
        style={{ justifySelf: 'start' }}
      >
        One more
      </Button>
    </>
  );
}

function Detail({ row, onChange }: Row) {
  const findings = useCodes('finding').data ?? [];
  const medicines = useCodes('medicineClass').data ?? [];
  const options = (list: { code: string; name: string }[]) => list.map(({ code, name }) => ({ value: code, label: name }));
  switch (row.kind) {
    case 'diagnosis':
      return (
        <TextInput
          aria-label="ICD-10 codes begin with"
          placeholder="ICD-10 codes begin with: L40, M54.2"
          required
          className={u.grow}
          value={row.codes}
          onChange={(event) => onChange({ ...row, codes: event.currentTarget.value })}
        />
      );
    case 'answer':
      return (
        <Select
          aria-label="Question"
          searchable
          required
          className={u.grow}
          data={options(findings)}
          value={row.finding || null}
          onChange={(finding) => onChange({ ...row, finding: finding ?? '' })}
        />
      );
    case 'medicine':
      return (
        <Select
          aria-label="Class of medicine"
          searchable
          required
          className={u.grow}
          data={options(medicines)}
          value={row.medicine || null}
          onChange={(medicine) => onChange({ ...row, medicine: medicine ?? '' })}
        />
      );
    case 'age':
      return (
        <>
          <NumberInput
            hideControls
            aria-label="Years"
            required
            min={0}
            max={120}
            value={row.years}
            onChange={(years) => onChange({ ...row, years: Number(years) })}
          />
          <Way op={row.op} onChange={(op) => onChange({ ...row, op })} />
        </>
      );
    case 'measure':
      return (
        <>
          <Select
            aria-label="Measure"
            allowDeselect={false}
            data={Object.entries(measures).map(([value, { name }]) => ({ value, label: name }))}
            value={row.measure}
            onChange={(measure) => onChange({ ...row, measure: measure ?? row.measure })}
          />
          <NumberInput
            hideControls
            aria-label="Value"
            required
            value={row.value}
            onChange={(value) => onChange({ ...row, value: Number(value) })}
          />
          <Way op={row.op} onChange={(op) => onChange({ ...row, op })} />
        </>
      );
  }
}

const Way = ({ op, onChange }: { op: '>=' | '<'; onChange: (op: '>=' | '<') => void }) => (
  <Select
    aria-label="Way"
    allowDeselect={false}
    data={ways}
    value={op}
    onChange={(value) => onChange((value ?? op) as '>=' | '<')}
  />
);
