// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A tablet in a patient's hands: the chosen forms one after the other, thanks, and the tablet goes back. There is no way
// from here to anything else; giving it back signs out.
import { Button, Center, Loader } from '@mantine/core';
import { useState } from 'react';
import { useQuestionnaire } from '../../app/definitions';
import { useSession } from '../../app/session';
import { request } from '../../fhir/client';
import { FormFill } from '../../forms/FormFill';
import { readDraft, wipeDrafts, writeDraft } from '../../lib/draft';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import { Sent } from '../portal/Bar';
import portal from '../portal/portal.module.css';
import { useMe, useSend } from '../portal/usePortal';
import css from './kiosk.module.css';

/** The next page is loaded afresh: nothing of this one stays in memory for whoever holds the tablet then. */
async function giveBack() {
  await request<void>('POST', '/auth/sign-out');
  wipeDrafts();
  location.replace('/sign-in');
}

export default function Kiosk() {
  const { forms = [], practice } = useSession();
  const [done, setDone] = useState(() => readDraft<string[]>('kiosk') ?? []);
  const [leaving, setLeaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const left = forms.filter((id) => !done.includes(id));
  const leave = () => {
    setLeaving(true);
    giveBack().catch((refused) => {
      setError(refused);
      setLeaving(false);
    });
  };
  const finish = (id: string) => {
    writeDraft('kiosk', [...done, id]);
    setDone([...done, id]);
    scrollTo(0, 0);
  };
  const back = (
    <Button h={52} variant={left.length ? 'default' : 'filled'} loading={leaving} onClick={leave}>
      Give the tablet back
    </Button>
  );
  return (
    <main className={cx(portal.portal, css.kiosk)} id="main">
      <Failure error={error} />
      {left[0] ? (
        <>
          <header className={css.head}>
            <div>
              <p className={cx(u.small, u.muted)}>{practice.name}</p>
              <p className={cx(u.small, u.num)}>
                Form {forms.length - left.length + 1} of {forms.length}
              </p>
            </div>
            {back}
          </header>
          <One key={left[0]} id={left[0]} onDone={() => finish(left[0]!)} />
        </>
      ) : (
        <Sent title="Thank you" action={back}>
          <p>Your therapist reads this before your treatment begins.</p>
        </Sent>
      )}
    </main>
  );
}

function One({ id, onDone }: { id: string; onDone: () => void }) {
  const patient = useMe();
  const form = useQuestionnaire(id);
  const send = useSend();
  if (form.isError) return <Failure error={form.error} again={() => void form.refetch()} />;
  if (!form.data) {
    return (
      <Center mih={200}>
        <Loader aria-label="Loading the form" />
      </Center>
    );
  }
  return (
    <>
      <h1 className={u.pageTitle}>{form.data.title}</h1>
      <FormFill
        questionnaire={form.data}
        patient={{ id: patient }}
        sendText="Done"
        busy={send.isPending}
        error={send.error}
        onSend={(response, forget) =>
          send.mutate(response, {
            onSuccess: () => {
              forget();
              onDone();
            },
          })
        }
      />
    </>
  );
}
