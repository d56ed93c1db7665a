// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Answers that are typed: words, numbers with their unit, days and times. A number stays on the screen as it was typed, so
// that what is not a number can be seen and mended.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useZone } from '../app/session';
import { dayOf, instantAt, timeOf } from '../lib/time';
import { Area, Field, Select } from './Field';
import css from './forms.module.css';
import { entryFormat, unitsOf, type Answer, type Item } from './items';
import type { ControlProps } from './Question';

export function Typed(props: ControlProps) {
  return props.item.repeats ? <Several {...props} /> : <One {...props} />;
}

/** One field under the other; an empty one more is no answer until something is typed in it. */
function Several(props: ControlProps) {
  const { answers, onAnswer } = props;
  const fields = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState(false);
  useEffect(() => {
    if (more) [...fields.current!.querySelectorAll<HTMLElement>(typed)].at(-1)?.focus();
  }, [more]);
  const list: Answer[] = more || !answers.length ? [...answers, {}] : answers;
  const set = (i: number, given: Answer[]) => {
    if (i >= answers.length) setMore(false);
    onAnswer([...answers.slice(0, i), ...given, ...answers.slice(i + 1)]);
  };
  return (
    <div className={css.many} ref={fields}>
      {list.map((one, i) => (
        <One key={i} {...props} answers={answers[i] ? [one] : []} onAnswer={(given) => set(i, given)} />
      ))}
      {answers.length > 0 && !more && (
        <Button variant="default" leftSection={<IconPlus size={18} />} onClick={() => setMore(true)}>
          One more
        </Button>
      )}
    </div>
  );
}

const typed = 'input, textarea';

function One(props: ControlProps) {
  switch (props.item.type) {
    case 'integer':
    case 'decimal':
      return <NumberField {...props} />;
    case 'quantity':
      return <QuantityField {...props} />;
    case 'date':
      return <DateField {...props} />;
    case 'dateTime':
      return <DateTimeField {...props} />;
    case 'time':
      return <TimeField {...props} />;
    default:
      return <WordsField {...props} />;
  }
}

const naming = ({ labelId, describedBy, invalid }: ControlProps) => ({
  'aria-labelledby': labelId,
  'aria-describedby': describedBy,
  invalid,
});

function WordsField(props: ControlProps) {
  const { item, answers, onAnswer } = props;
  const shared = {
    ...naming(props),
    placeholder: entryFormat(item),
    value: answers[0]?.valueString ?? '',
    maxLength: item.maxLength,
  };
  const give = (text: string) => onAnswer(text ? [{ valueString: text }] : []);
  if (item.type === 'text') return <Area {...shared} onChange={(e) => give(e.currentTarget.value)} />;
  return <Field {...shared} onChange={(e) => give(e.currentTarget.value)} />;
}

const written = (answer?: Answer) => answer?.valueInteger ?? answer?.valueDecimal ?? answer?.valueQuantity?.value;
const read = (text: string) => (/^\s*-?\d+([.,]\d+)?\s*$/.test(text) ? Number(text.replace(',', '.')) : NaN);

function useNumberText(answers: Answer[], give: (value: number | undefined) => void) {
  const value = written(answers[0]);
  const [text, setText] = useState(value === undefined ? '' : String(value));
  // A number that came from elsewhere (a draft, a calculation) replaces what was typed.
  const shown = value !== undefined && Number.isFinite(value) && read(text) !== value ? String(value) : text;
  return {
    inputMode: 'decimal' as const,
    value: answers.length ? shown : '',
    onChange: (event: { currentTarget: { value: string } }) => {
      const typed = event.currentTarget.value;
      setText(typed);
      give(typed.trim() ? read(typed) : undefined);
    },
  };
}

const numeric = (item: Item, value: number): Answer =>
  item.type === 'integer' ? { valueInteger: value } : { valueDecimal: value };

function NumberField(props: ControlProps) {
  const { item, answers, onAnswer } = props;
  const field = useNumberText(answers, (value) => onAnswer(value === undefined ? [] : [numeric(item, value)]));
  const unit = unitsOf(item)[0]?.display;
  return <Field {...naming(props)} {...field} className={css.short} placeholder={entryFormat(item) ?? unit} />;
}

const quantityOf = (value: number, unit?: fhir4.Coding): fhir4.Quantity => ({
  value,
  ...(unit && { unit: unit.display ?? unit.code, system: unit.system, code: unit.code }),
});

function QuantityField(props: ControlProps) {
  const { item, answers, onAnswer } = props;
  const units = unitsOf(item);
  const [code, setCode] = useState(answers[0]?.valueQuantity?.code ?? units[0]?.code);
  const unit = units.find((one) => one.code === code) ?? units[0];
  const field = useNumberText(answers, (value) =>
    onAnswer(value === undefined ? [] : [{ valueQuantity: quantityOf(value, unit) }]),
  );
  const change = (next: string) => {
    setCode(next);
    const value = answers[0]?.valueQuantity?.value;
    if (value !== undefined)
      onAnswer([
        {
          valueQuantity: quantityOf(
            value,
            units.find((one) => one.code === next),
          ),
        },
      ]);
  };
  return (
    <div className={css.quantity}>
      <Field {...naming(props)} {...field} placeholder={entryFormat(item)} />
      {units.length > 1 ? (
        <Select
          aria-label="Unit"
          value={unit?.code}
          onChange={(event) => change(event.currentTarget.value)}
          data={units.map((one) => ({ value: one.code ?? '', label: one.display ?? one.code ?? '' }))}
        />
      ) : (
        <span>{unit?.display ?? unit?.code}</span>
      )}
    </div>
  );
}

function DateField(props: ControlProps) {
  const { answers, onAnswer } = props;
  return (
    <Field
      {...naming(props)}
      className={css.short}
      type="date"
      value={answers[0]?.valueDate ?? ''}
      onChange={(e) => onAnswer(e.currentTarget.value ? [{ valueDate: e.currentTarget.value }] : [])}
    />
  );
}

/** FHIR's times have seconds; nobody is asked for them. */
function TimeField(props: ControlProps) {
  const { answers, onAnswer } = props;
  const give = (time: string) => onAnswer(time ? [{ valueTime: `${time.slice(0, 5)}:00` }] : []);
  return (
    <Field
      {...naming(props)}
      className={css.short}
      type="time"
      value={answers[0]?.valueTime?.slice(0, 5) ?? ''}
      onChange={(e) => give(e.currentTarget.value)}
    />
  );
}

/** A time of the clinic's clock. */
function DateTimeField(props: ControlProps) {
  const { answers, onAnswer } = props;
  const zone = useZone();
  const at = answers[0]?.valueDateTime;
  const give = (local: string) => {
    const [day, time] = local.split('T');
    onAnswer(day && time ? [{ valueDateTime: instantAt(day, time.slice(0, 5), zone) }] : []);
  };
  return (
    <Field
      {...naming(props)}
      className={css.short}
      type="datetime-local"
      value={at ? `${dayOf(at, zone)}T${timeOf(at, zone)}` : ''}
      onChange={(e) => give(e.currentTarget.value)}
    />
  );
}
