// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Answers that are tapped: yes or no, one of a few as buttons or radio buttons, one of many from a list, several at once.
// A second tap takes a button's answer back, for what is not answered is not the same as no.
import { IconCheck } from '@tabler/icons-react';
import { useRef } from 'react';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import { Field, Select } from './Field';
import css from './forms.module.css';
import { control, optionAnswer, sameValue, valueText, type Answer } from './items';
import type { ControlProps } from './Question';
import { useDrawn } from './useForm';

const has = (answers: Answer[], one: Answer) => answers.some((given) => sameValue(given, one));

export function YesNo({ answers, onAnswer }: ControlProps) {
  const { roomy } = useDrawn();
  const given = answers[0]?.valueBoolean;
  return (
    <div className={cx(css.picks, roomy && css.tall)}>
      {[true, false].map((yes) => (
        <button
          key={String(yes)}
          type="button"
          className={u.pick}
          aria-pressed={given === yes}
          onClick={() => onAnswer(given === yes && !roomy ? [] : [{ valueBoolean: yes }])}
        >
          {yes ? 'Yes' : 'No'}
        </button>
      ))}
    </div>
  );
}

/** A statement to tick: not ticked is no answer, never a no. */
export function Tick({ item, answers, onAnswer, describedBy }: ControlProps) {
  return (
    <label className={css.option}>
      <input
        type="checkbox"
        checked={answers[0]?.valueBoolean ?? false}
        aria-describedby={describedBy}
        onChange={(event) => onAnswer(event.currentTarget.checked ? [{ valueBoolean: true }] : [])}
      />
      <span>{item.text}</span>
    </label>
  );
}

export function Choice(props: ControlProps) {
  const { item } = props;
  const options = item.answerOption ?? [];
  const as = control(item);
  if (as === 'drop-down' || (!as && options.length > 12)) return <DropDown {...props} />;
  if (as === 'radio-button' || as === 'check-box' || options.some((o) => valueText(optionAnswer(o)).length > 28))
    return <Listed {...props} />;
  return <Picks {...props} />;
}

function Picks(props: ControlProps) {
  const { item, answers, onAnswer } = props;
  const { roomy } = useDrawn();
  const options = (item.answerOption ?? []).map(optionAnswer);
  return (
    <>
      <div className={cx(css.picks, roomy && css.tall)}>
        {options.map((one) => (
          <button
            key={valueText(one)}
            type="button"
            className={u.pick}
            aria-pressed={has(answers, one)}
            onClick={() => onAnswer(has(answers, one) && !roomy ? [] : [one])}
          >
            {valueText(one)}
          </button>
        ))}
      </div>
      <Other {...props} options={options} />
    </>
  );
}

/** One under the other with round marks: for answers that are sentences. */
function Listed(props: ControlProps) {
  const { item, answers, onAnswer, labelId, describedBy, invalid } = props;
  const options = (item.answerOption ?? []).map(optionAnswer);
  const arrow = useRef(false);
  return (
    <div
      className={css.list}
      onKeyDown={(event) => (arrow.current = event.key.startsWith('Arrow'))}
      onPointerDown={() => (arrow.current = false)}
      role="radiogroup"
      aria-labelledby={labelId}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
    >
      {options.map((one) => (
        <label key={valueText(one)} className={css.option}>
          <input
            type="radio"
            name={labelId}
            checked={has(answers, one)}
            onChange={() => onAnswer([one], arrow.current)}
          />
          <span>{valueText(one)}</span>
        </label>
      ))}
      <Other {...props} options={options} />
    </div>
  );
}

function DropDown(props: ControlProps) {
  const { item, answers, onAnswer, labelId, describedBy, invalid } = props;
  const options = (item.answerOption ?? []).map(optionAnswer);
  const at = options.findIndex((one) => has(answers, one));
  return (
    <div className={css.many}>
      <Select
        aria-labelledby={labelId}
        aria-describedby={describedBy}
        invalid={invalid}
        value={String(at)}
        onChange={(event) => {
          const one = options[Number(event.currentTarget.value)];
          onAnswer(one ? [one] : []);
        }}
        data={[
          { value: '-1', label: 'Choose …' },
          ...options.map((one, i) => ({ value: String(i), label: valueText(one) })),
        ]}
      />
      <Other {...props} options={options} />
    </div>
  );
}

/** As many as apply. */
export function Options(props: ControlProps) {
  const { item, answers, onAnswer } = props;
  const { roomy } = useDrawn();
  const options = (item.answerOption ?? []).map(optionAnswer);
  const flip = (one: Answer) =>
    onAnswer(has(answers, one) ? answers.filter((given) => !sameValue(given, one)) : [...answers, one]);
  const listed = control(item) === 'check-box' || options.some((one) => valueText(one).length > 28);
  return (
    <>
      <div className={listed ? css.list : cx(css.picks, roomy && css.wrap)}>
        {options.map((one) =>
          listed ? (
            <label key={valueText(one)} className={css.option}>
              <input type="checkbox" checked={has(answers, one)} onChange={() => flip(one)} />
              <span>{valueText(one)}</span>
            </label>
          ) : (
            <button
              key={valueText(one)}
              type="button"
              className={u.pick}
              aria-pressed={has(answers, one)}
              onClick={() => flip(one)}
            >
              {has(answers, one) && <IconCheck size={18} aria-hidden />}
              {valueText(one)}
            </button>
          ),
        )}
      </div>
      <Other {...props} options={options} />
    </>
  );
}

/** An open choice also takes words of one's own. */
function Other({ item, answers, onAnswer, options }: ControlProps & { options: Answer[] }) {
  if (item.type !== 'open-choice') return null;
  const own = answers.find((given) => given.valueString !== undefined && !has(options, given));
  const chosen = item.repeats ? answers.filter((given) => given !== own) : [];
  return (
    <Field
      aria-label="Something else"
      placeholder="Something else"
      value={own?.valueString ?? ''}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onAnswer(typed ? [...chosen, { valueString: typed }] : chosen);
      }}
    />
  );
}
