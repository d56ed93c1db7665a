// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The intake form, drawn from its Questionnaire: yes or no in one tap. What is not answered stays unanswered; "No to the
// rest" is an explicit act of the person who asks.
import { Button, Center, Loader, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCreate, useIntake } from '../../app/queries';
import { useZone } from '../../app/session';
import { answered, enabled, flat, responseOf, sections, type Answers } from '../../clinic/form';
import { writeInstant } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import css from './chart.module.css';

type Item = fhir4.QuestionnaireItem;
type Answer = fhir4.QuestionnaireResponseItemAnswer;
type Props = { patient: { id: string; name: string }; onClose: () => void };

export default function IntakeDialog({ patient, onClose }: Props) {
  const zone = useZone();
  const intake = useIntake();
  const create = useCreate<fhir4.QuestionnaireResponse>();
  const [answers, setAnswers] = useState<Answers>({});
  const set = (id: string, answer: Answer | null) => setAnswers((old) => ({ ...old, [id]: answer ? [answer] : [] }));
  const noToRest = (items: Item[]) =>
    setAnswers((old) => {
      const open = items.filter((i) => i.type === 'boolean' && enabled(i, old) && !answered(i, old));
      return { ...old, ...Object.fromEntries(open.map((i) => [i.linkId, [{ valueBoolean: false }]])) };
    });
  const questions = flat(intake.data?.item).filter((i) => i.type !== 'group' && i.type !== 'display');
  const asked = questions.filter((i) => enabled(i, answers));
  const done = asked.filter((i) => answered(i, answers)).length;
  const save = () => {
    const response = responseOf(intake.data!, answers, patient, writeInstant(new Date(), zone));
    create.mutate(response, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={`Intake for ${patient.name}`} size="xl">
      {intake.isPending && (
        <Center mih={200}>
          <Loader aria-label="Loading the form" />
        </Center>
      )}
      <Failure error={intake.error} again={() => void intake.refetch()} />
      {intake.data && (
        <div className={u.form}>
          {sections(intake.data.item).map((section) => (
            <section key={section.title} aria-label={section.title}>
              <div className={cx(u.row, u.between)}>
                <h3>{section.title}</h3>
                <button type="button" className={u.plainlink} onClick={() => noToRest(section.items)}>
                  No to the rest
                </button>
              </div>
              {section.items
                .filter((item) => enabled(item, answers))
                .map((item) => (
                  <Question key={item.linkId} item={item} answer={answers[item.linkId]?.[0]} onAnswer={set} />
                ))}
            </section>
          ))}
          <div className={css.sticky}>
            <Failure error={create.error} />
            <div className={cx(u.row, u.between)}>
              <p className={cx(u.small, u.muted, u.num)} role="status">
                {done} of {plural(asked.length, 'question')} answered
              </p>
              <div className={u.row}>
                <Button variant="default" onClick={onClose}>
                  Cancel
                </Button>
                <Button disabled={done === 0} loading={create.isPending} onClick={save}>
                  Save intake
                </Button>
              </div>
            </div>
          </div>
        </div>
      )}
    </Modal>
  );
}

type QuestionProps = { item: Item; answer?: Answer; onAnswer: (id: string, answer: Answer | null) => void };

function Question({ item, answer, onAnswer }: QuestionProps) {
  if (item.type === 'display') return <p className={cx(u.small, u.muted)}>{item.text}</p>;
  const give = (value: Answer | null) => onAnswer(item.linkId, value);
  return (
    <div className={css.question} data-link={item.linkId} role="group" aria-label={item.text}>
      <p className={u.small} aria-hidden>
        {item.text}
      </p>
      <div className={css.answers}>
        {item.type === 'boolean' ? (
          [true, false].map((yes) => (
            <button
              key={String(yes)}
              type="button"
              className={u.pick}
              aria-pressed={answer?.valueBoolean === yes}
              onClick={() => give(answer?.valueBoolean === yes ? null : { valueBoolean: yes })}
            >
              {yes ? 'Yes' : 'No'}
            </button>
          ))
        ) : item.type === 'choice' ? (
          (item.answerOption ?? []).map((option) => (
            <button
              key={option.valueCoding?.code ?? option.valueString}
              type="button"
              className={u.pick}
              aria-pressed={
                option.valueCoding
                  ? answer?.valueCoding?.code === option.valueCoding.code
                  : answer?.valueString === option.valueString
              }
              onClick={() =>
                give(option.valueCoding ? { valueCoding: option.valueCoding } : { valueString: option.valueString })
              }
            >
              {option.valueCoding?.display ?? option.valueString}
            </button>
          ))
        ) : (
          <Typed item={item} answer={answer} onAnswer={give} />
        )}
      </div>
    </div>
  );
}

function Typed({ item, answer, onAnswer }: { item: Item; answer?: Answer; onAnswer: (answer: Answer | null) => void }) {
  const kind = item.type;
  const numeric = kind === 'integer' || kind === 'decimal' || kind === 'quantity';
  const value =
    answer?.valueInteger ??
    answer?.valueDecimal ??
    answer?.valueQuantity?.value ??
    answer?.valueDate ??
    answer?.valueString ??
    '';
  const give = (text: string) => {
    if (text === '') return onAnswer(null);
    if (kind === 'integer') return onAnswer({ valueInteger: Math.round(Number(text)) });
    if (kind === 'decimal') return onAnswer({ valueDecimal: Number(text) });
    if (kind === 'quantity') return onAnswer({ valueQuantity: { value: Number(text) } });
    if (kind === 'date') return onAnswer({ valueDate: text });
    return onAnswer({ valueString: text });
  };
  return (
    <TextInput
      aria-label={item.text}
      type={numeric ? 'number' : kind === 'date' ? 'date' : 'text'}
      step={kind === 'integer' ? 1 : 'any'}
      value={value}
      onChange={(event) => give(event.currentTarget.value)}
    />
  );
}
