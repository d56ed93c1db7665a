// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One item of a form: its words, its control, what is wrong with it, and what must be said at once when it is answered so.
import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, type KeyboardEvent } from 'react';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import { Attach } from './Attach';
import { Choice, Options, Tick, YesNo } from './Choices';
import { CrisisNote } from './CrisisNote';
import { answer as give } from './change';
import { answersAt, enabled, keyOf } from './fill';
import css from './forms.module.css';
import {
  childrenOf,
  control,
  crisisText,
  helpOf,
  isOneTap,
  isScale,
  steppedNumbers,
  valueText,
  type Answer,
  type Item,
} from './items';
import { Rows } from './Rows';
import { Scale } from './Scale';
import { Typed } from './Typed';
import { useDrawn } from './useForm';

/** What every control is given; `labelId` names the element with the question's words. */
export type ControlProps = {
  item: Item;
  answers: Answer[];
  /** `browsing`: an arrow key has moved on to this answer, and may move on to the next. */
  onAnswer: (answers: Answer[], browsing?: boolean) => void;
  labelId: string;
  describedBy?: string;
  invalid: boolean;
};

export function Control(props: ControlProps) {
  const { item, answers } = props;
  if (item.readOnly) return <p className={cx(u.strong, u.num)}>{answers.map(valueText).join(', ') || 'Not yet'}</p>;
  switch (item.type) {
    case 'boolean':
      return control(item) === 'check-box' ? <Tick {...props} /> : <YesNo {...props} />;
    case 'choice':
    case 'open-choice':
      return item.repeats ? <Options {...props} /> : <Choice {...props} />;
    case 'attachment':
      return <Attach {...props} />;
    case 'integer':
      return isScale(item) || steppedNumbers(item).length ? <Scale {...props} /> : <Typed {...props} />;
    default:
      return <Typed {...props} />;
  }
}

/** An answer that may mean danger: yes, or any number above 0. */
const above = ({ valueBoolean, valueInteger, valueCoding }: Answer, item: Item) => {
  if (valueCoding) return item.answerOption?.findIndex((o) => o.valueCoding?.code === valueCoding.code) !== 0;
  return valueBoolean === true || (valueInteger ?? 0) > 0;
};

/** Among the buttons of a question the arrow keys lead from one to the next, as among radio buttons. */
function byArrows(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const from = event.target as HTMLElement;
  if (!step || !from.matches('button[aria-pressed]')) return;
  const all = [...from.parentElement!.querySelectorAll<HTMLElement>(':scope > button[aria-pressed]')];
  event.preventDefault();
  all[(all.indexOf(from) + step + all.length) % all.length]?.focus();
}

type Props = { item: Item; scope: string };

export function Question({ item, scope }: Props) {
  const { filled, change, problems, roomy, widgets, onTapped } = useDrawn();
  const id = useId();
  if (item.type === 'display') return <p className={cx(u.muted, css.words)}>{item.text}</p>;
  if (item.type === 'group') return <Rows group={item} scope={scope} />;
  const key = keyOf(scope, item.linkId);
  const answers = answersAt(filled, scope, item);
  const problem = problems.get(key);
  const help = helpOf(item);
  const crisis = crisisText(item);
  const danger = crisis !== undefined && answers.some((one) => above(one, item));
  const onAnswer = (given: Answer[], browsing = false) => {
    change((old) => give(old, key, given));
    // One answer in a row does not end the row.
    if (browsing || scope || !given.length || !isOneTap(item)) return;
    if (!(crisis && given.some((one) => above(one, item)))) onTapped();
  };
  const Widget = widgets[item.linkId];
  const tick = item.type === 'boolean' && control(item) === 'check-box';
  const inline = !roomy && item.type === 'boolean' && !tick;
  const described = [problem && `${id}-problem`, help && `${id}-help`].filter(Boolean).join(' ') || undefined;
  return (
    <div
      className={cx(css.question, inline && css.inline)}
      data-link={item.linkId}
      data-key={key}
      role="group"
      aria-labelledby={id}
      aria-describedby={described}
      onKeyDown={byArrows}
    >
      <div>
        <p className={tick ? u.unseen : css.label} id={id}>
          {item.prefix && <span className={u.muted}>{item.prefix} </span>}
          {item.text}
          {!item.required || item.readOnly ? null : <span className={css.needed}> needed</span>}
        </p>
        {help && (
          <p className={cx(u.small, u.muted)} id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
      {Widget ? (
        <Widget item={item} answers={answers} onAnswer={onAnswer} labelId={id} />
      ) : (
        <Control
          item={item}
          answers={answers}
          onAnswer={onAnswer}
          labelId={id}
          describedBy={described}
          invalid={problem !== undefined}
        />
      )}
      {problem && (
        <p className={css.problem} id={`${id}-problem`} role={roomy ? 'alert' : undefined}>
          <IconAlertTriangle size={18} aria-hidden /> {problem.text}
        </p>
      )}
      {danger && <CrisisNote text={crisis} />}
    </div>
  );
}

/** An item with what stands inside of it, as far as it applies. */
export function Item({ item, scope }: Props) {
  const { form, filled } = useDrawn();
  if (!enabled(form, filled, item, scope)) return null;
  return (
    <>
      <Question item={item} scope={scope} />
      {item.type !== 'group' && childrenOf(item).map((inner) => <Item key={inner.linkId} item={inner} scope={scope} />)}
    </>
  );
}
