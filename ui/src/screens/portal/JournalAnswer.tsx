// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The journal's controls: large, because it is filled in on the way.
import { Area, Field } from '../../forms/Field';
import { anchors, type Answer, type Item } from '../../forms/items';
import { cx } from '../../lib/text';
import { ScaleBar } from '../../shared/ScaleBar';
import u from '../../styles/u.module.css';
import css from './portal.module.css';

type Props = { item: Item; answers: Answer[]; onAnswer: (answers: Answer[]) => void };

export function JournalAnswer(props: Props) {
  const { item, answers, onAnswer } = props;
  if (item.linkId === 'pain') return <Eleven {...props} />;
  if (item.type === 'boolean') return <Two {...props} />;
  if (item.type === 'integer') {
    return (
      <>
        <ScaleBar
          label={item.text ?? 'From 0 to 10'}
          value={answers[0]?.valueInteger ?? null}
          onChange={(value) => onAnswer([{ valueInteger: value }])}
        />
        <Ends item={item} />
      </>
    );
  }
  const field = {
    'aria-labelledby': `q-${item.linkId}`,
    placeholder: 'In your words',
    maxLength: item.maxLength,
    value: answers[0]?.valueString ?? '',
  };
  const give = (text: string) => onAnswer(text ? [{ valueString: text }] : []);
  return item.type === 'text' ? (
    <Area {...field} onChange={(event) => give(event.currentTarget.value)} />
  ) : (
    <Field {...field} onChange={(event) => give(event.currentTarget.value)} />
  );
}

/** Eleven buttons that a thumb hits without looking. */
function Eleven({ item, answers, onAnswer }: Props) {
  return (
    <>
      <div className={css.eleven} role="group" aria-labelledby={`q-${item.linkId}`}>
        {Array.from({ length: 11 }, (_, i) => (
          <button
            key={i}
            type="button"
            aria-pressed={answers[0]?.valueInteger === i}
            onClick={() => onAnswer([{ valueInteger: i }])}
          >
            {i}
          </button>
        ))}
      </div>
      <Ends item={item} />
    </>
  );
}

function Two({ item, answers, onAnswer }: Props) {
  return (
    <div className={css.two} role="group" aria-labelledby={`q-${item.linkId}`}>
      {[true, false].map((yes) => (
        <button
          key={String(yes)}
          type="button"
          aria-pressed={answers[0]?.valueBoolean === yes}
          onClick={() => onAnswer([{ valueBoolean: yes }])}
        >
          {yes ? 'Yes' : 'No'}
        </button>
      ))}
    </div>
  );
}

function Ends({ item }: { item: Item }) {
  const { lower, upper } = anchors(item);
  if (!lower && !upper) return null;
  return (
    <p className={cx(u.small, u.muted, css.ends)}>
      <span>{lower}</span>
      <span>{upper}</span>
    </p>
  );
}
