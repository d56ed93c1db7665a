// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One form of the patient's. Answers stay in the tab until they are sent.
import { Button, Center, Loader } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { usePopulated, useQuestionnaire } from '../../app/definitions';
import { isDiary } from '../../clinic/portal';
import { FormFill } from '../../forms/FormFill';
import { minutesToFill } from '../../forms/items';
import type { Widget } from '../../forms/useForm';
import { plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import { Bar, Sent, WhoReads } from './Bar';
import { useMe, usePortal, useSend } from './usePortal';

const Entries = lazy(() => import('./Entries'));

export default function FormPage({ id, widgets }: { id: string; widgets?: Record<string, Widget> }) {
  const me = useMe();
  const form = useQuestionnaire(id);
  const known = usePopulated(id, me, id === 'health-history');
  const send = useSend();
  const [sent, setSent] = useState(false);
  const diary = isDiary(id);
  if (sent) return <Thanks id={id} title={diary ? 'Saved' : 'Thank you, it is sent'} />;
  const minutes = form.data && minutesToFill(form.data);
  return (
    <>
      <Bar title={form.data?.title ?? 'Form'} note={minutes && plural(minutes, 'minute')} />
      <Failure error={form.error} again={() => void form.refetch()} />
      {form.isPending && (
        <Center mih={200}>
          <Loader aria-label="Loading the form" />
        </Center>
      )}
      {form.data?.description && <p className={u.muted}>{form.data.description}</p>}
      {(known.data?.item?.length ?? 0) > 0 && <p>What your record knows is filled in. Change what is not so.</p>}
      {form.data && !known.isLoading && (
        <FormFill
          questionnaire={form.data}
          start={known.data ?? undefined}
          patient={{ id: me }}
          onePage={diary}
          widgets={widgets}
          sendText={diary ? 'Save' : 'Send'}
          busy={send.isPending}
          error={send.error}
          onSend={(response, forget) =>
            send.mutate(response, {
              onSuccess: () => {
                forget();
                setSent(true);
              },
            })
          }
        />
      )}
      <Suspense>{diary && <Entries id={id} />}</Suspense>
    </>
  );
}

function Thanks({ id, title }: { id: string; title: string }) {
  const next = usePortal().data?.due.find((due) => due.id !== id);
  return (
    <Sent
      title={title}
      action={
        <>
          {next && (
            <Button component={Link} href={`/portal/forms/${next.id}`} h={52}>
              Next form
            </Button>
          )}
          <Button component={Link} href="/portal" h={52} variant={next ? 'default' : 'filled'}>
            Back to the start
          </Button>
        </>
      }
    >
      <WhoReads />
    </Sent>
  );
}
