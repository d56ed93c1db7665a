// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A form that staff fill in with the patient. It opens at the safety questions, the form that most visits need; any other
// one is a choice away. What is not answered stays unanswered; "No to the rest" is an explicit act of the person who asks.
import { Button, Center, Loader, Modal, NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { usePopulated, useQuestionnaire, useQuestionnaires } from '../../app/definitions';
import { useCreate } from '../../app/queries';
import { useSession } from '../../app/session';
import { FormFill } from '../../forms/FormFill';
import { isForStaff } from '../../forms/items';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';

type Props = { patient: { id: string; name: string }; form?: string; onClose: () => void };

export default function FormDialog({ patient, form = 'intake', onClose }: Props) {
  const { practitioner } = useSession();
  const phone = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false });
  const all = useQuestionnaires();
  const [chosen, setChosen] = useState(form);
  const questionnaire = useQuestionnaire(chosen);
  const known = usePopulated(chosen, patient.id);
  const create = useCreate<fhir4.QuestionnaireResponse>();
  const choices = (all.data ?? []).map((one) => ({ value: one.id, label: one.title ?? one.id }));
  return (
    <Modal opened onClose={onClose} title={`Form for ${patient.name}`} size="xl" fullScreen={phone}>
      <div className={u.form}>
        <NativeSelect
          label="Form"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={choices.length ? choices : [{ value: chosen, label: questionnaire.data?.title ?? 'Intake' }]}
        />
        {questionnaire.data?.description && <p className={cx(u.small, u.muted)}>{questionnaire.data.description}</p>}
        {(questionnaire.isPending || known.isPending) && (
          <Center mih={200}>
            <Loader aria-label="Loading the form" />
          </Center>
        )}
        {(known.data?.item?.length ?? 0) > 0 && (
          <p className={u.small}>What the record knows is filled in. Look it over with the patient.</p>
        )}
        <Failure error={questionnaire.error} again={() => void questionnaire.refetch()} />
        {questionnaire.data && !known.isPending && (
          <FormFill
            key={chosen}
            start={known.data ?? undefined}
            questionnaire={questionnaire.data}
            patient={patient}
            author={practitioner ?? undefined}
            onePage={isForStaff(questionnaire.data)}
            scores="shown"
            sendText="Save"
            busy={create.isPending}
            error={create.error}
            aside={
              <Button variant="default" h={phone ? 52 : 44} onClick={onClose}>
                Cancel
              </Button>
            }
            onSend={(response, forget) =>
              create.mutate(response, {
                onSuccess: () => {
                  forget();
                  onClose();
                },
              })
            }
          />
        )}
      </div>
    </Modal>
  );
}
