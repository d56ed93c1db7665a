// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One question a screen. An answer of one tap moves on by itself; the next screen says what was answered and takes it back
// with one tap. The focus follows, so that a screen reader reads each question.
import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import { noToRest } from './change';
import { answersAt, asked } from './fill';
import css from './forms.module.css';
import { childrenOf, flat, isOneTap, valueText } from './items';
import type { Frame } from './Page';
import { Question } from './Question';
import { stepsOf, type Step } from './steps';
import { FormContext, type Drawn } from './useForm';

const pause = 220;

type Props = Frame & {
  drawn: Drawn;
  /** Says what is wrong with the answers to these questions and puts the focus there; false where nothing is. */
  wrong: (linkIds: string[]) => boolean;
};

export function Steps({ drawn, sendText, busy, aside, send, wrong }: Props) {
  const { form, filled, change, go } = drawn;
  const steps = stepsOf(form, filled);
  const found = steps.findIndex((step) => step.id === drawn.at);
  const i = found < 0 ? 0 : found;
  const step = steps[i];
  const head = useRef<HTMLDivElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  const id = useId();
  const moved = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(drawn);
  latest.current = drawn;
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (moved.current) head.current?.focus();
  }, [step?.id]);
  if (!step) return null;
  const last = i === steps.length - 1;
  const to = (id?: string) => {
    clearTimeout(timer.current);
    moved.current = true;
    if (id) go(id);
  };
  /** The answer may have opened or closed the next question, so the way on is read when it is gone. */
  const onTapped = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const now = stepsOf(latest.current.form, latest.current.filled);
      to(now[now.findIndex((one) => one.id === step.id) + 1]?.id);
    }, pause);
  };
  const next = () => {
    const here = step.item ? flat([step.item]).map((item) => item.linkId) : [];
    if (!wrong(here)) to(steps[i + 1]?.id);
  };
  /** Enter in a field goes on, as the key of a phone's keyboard says; on the last screen, to the button that sends. */
  const byEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || step.item?.type === 'group') return;
    if (!(event.target as Element).matches('input:not([type=file]), [role=slider]')) return;
    event.preventDefault();
    if (!last) next();
    else foot.current?.querySelector<HTMLElement>('button:last-of-type')?.focus();
  };
  const before = steps[i - 1];
  const rest = restOf(step, steps, i, drawn);
  const given = step.item ? answersAt(filled, '', step.item) : [];
  const sayNo = () => {
    const within = new Set(flat(childrenOf(step.part!)).map((item) => item.linkId));
    change((old) => noToRest(form, old, within));
    to(steps.slice(i).find((one) => one.part !== step.part)?.id ?? steps.at(-1)!.id);
  };
  return (
    <FormContext value={{ ...drawn, onTapped }}>
      <div className={css.progress}>
        <progress max={steps.length} value={i + 1} aria-label="How far you are" />
        <span className={cx(u.small, u.muted, u.num)}>
          {i + 1} of {steps.length}
        </span>
      </div>
      {before && <Said step={before} drawn={drawn} onChange={() => to(before.id)} />}
      <div
        className={css.step}
        key={step.id}
        ref={head}
        tabIndex={-1}
        aria-labelledby={id}
        role="group"
        onKeyDown={byEnter}
      >
        <p className={u.unseen} id={id}>
          Question {i + 1} of {steps.length}
          {step.item?.text && `: ${step.item.text}`}
        </p>
        {step.title && <p className={css.over}>{step.title}</p>}
        {step.intro.map((item) => (
          <p key={item.linkId} className={css.words}>
            {item.text}
          </p>
        ))}
        {step.item && <Question item={step.item} scope="" />}
        {rest > 1 && (
          <button type="button" className={cx(u.plainlink, css.rest)} onClick={sayNo}>
            No to this and the rest of “{step.title}”
          </button>
        )}
      </div>
      <div className={css.stepFoot} ref={foot}>
        {i > 0 ? (
          <Button variant="default" h={52} leftSection={<IconArrowLeft size={20} />} onClick={() => to(before!.id)}>
            Back
          </Button>
        ) : (
          aside
        )}
        {last ? (
          <Button h={52} className={u.grow} loading={busy} onClick={send}>
            {sendText}
          </Button>
        ) : (
          <Button h={52} className={u.grow} variant={given.length || !step.item ? 'filled' : 'default'} onClick={next}>
            {!step.item || given.length || step.item.type === 'group' ? 'Next' : 'Skip'}
          </Button>
        )}
      </div>
    </FormContext>
  );
}

/** How many yes-or-no questions of this part are still open from here on. */
function restOf(step: Step, steps: Step[], at: number, { filled }: Drawn): number {
  if (!step.part || step.item?.type !== 'boolean') return 0;
  return steps
    .slice(at)
    .filter((one) => one.part === step.part && one.item?.type === 'boolean' && !answersAt(filled, '', one.item).length)
    .length;
}

/** What the screen before was answered with; one tap leads back to it. */
function Said({ step, drawn, onChange }: { step: Step; drawn: Drawn; onChange: () => void }) {
  if (!step.item || !isOneTap(step.item)) return null;
  const given = asked(drawn.form, drawn.filled).find(({ item }) => item === step.item);
  const words = given && answersAt(drawn.filled, given.scope, step.item).map(valueText).join(', ');
  if (!words) return null;
  return (
    <button type="button" className={css.said} onClick={onChange}>
      <span>
        {step.item.text}
        <b> {words}</b>
      </span>
      <span className={css.undo}>Change</span>
    </button>
  );
}
