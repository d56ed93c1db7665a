// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The journal on one page: pain, night, save; the rest for who likes. The words are those of the form "journal".
import { Button, Center, Loader } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useQuestionnaire } from '../../app/definitions';
import { useZone } from '../../app/session';
import { problems } from '../../forms/check';
import { answersAt, enabled, formOf, responseOf, type Filled } from '../../forms/fill';
import { isQuestion, type Answer } from '../../forms/items';
import { dropDraft, readDraft, writeDraft } from '../../lib/draft';
import { shortDay, today, writeInstant } from '../../lib/time';
import { Failure } from '../../shared/Failure';
import { Bar, Sent, WhoReads } from './Bar';
import { JournalAnswer } from './JournalAnswer';
import css from './portal.module.css';
import { useMe, useSend } from './usePortal';

const draft = 'form.journal';

export default function Journal() {
  const form = useQuestionnaire('journal');
  const now = today(useZone());
  const [sent, setSent] = useState(false);
  if (sent) {
    return (
      <Sent title="Saved">
        <WhoReads />
      </Sent>
    );
  }
  return (
    <>
      <Bar title="How are you today?" note={shortDay(now, now)} />
      <Failure error={form.error} again={() => void form.refetch()} />
      {form.isPending && (
        <Center mih={200}>
          <Loader aria-label="Loading the journal" />
        </Center>
      )}
      {form.data && <Entry questionnaire={form.data} onSent={() => setSent(true)} />}
    </>
  );
}

function Entry({ questionnaire, onSent }: { questionnaire: fhir4.Questionnaire; onSent: () => void }) {
  const me = useMe();
  const zone = useZone();
  const send = useSend();
  const form = useMemo(() => formOf(questionnaire), [questionnaire]);
  const [filled, setFilled] = useState<Filled>(() => readDraft<Filled>(draft) ?? { answers: {}, rows: {} });
  const give = (id: string, answers: Answer[]) => {
    const next = { ...filled, answers: { ...filled.answers, [id]: answers } };
    writeDraft(draft, next);
    setFilled(next);
  };
  const save = () =>
    send.mutate(responseOf(form, filled, { patient: { id: me }, authored: writeInstant(new Date(), zone) }), {
      onSuccess: () => {
        dropDraft(draft);
        onSent();
      },
    });
  const items = [...form.places.values()]
    .map((place) => place.item)
    .filter((item) => isQuestion(item) && enabled(form, filled, item));
  const ready = Object.values(filled.answers).some((given) => given.length) && !problems(form, filled).length;
  return (
    <>
      {items.map((item) => (
        <section key={item.linkId} aria-labelledby={`q-${item.linkId}`} data-link={item.linkId}>
          <h2 id={`q-${item.linkId}`} className={css.ask}>
            {item.text}
          </h2>
          <JournalAnswer
            item={item}
            answers={answersAt(filled, '', item)}
            onAnswer={(answers) => give(item.linkId, answers)}
          />
        </section>
      ))}
      <div className={css.foot}>
        <Failure error={send.error} />
        <Button h={56} fullWidth fz="md" disabled={!ready} loading={send.isPending} onClick={save}>
          Save
        </Button>
      </div>
    </>
  );
}
