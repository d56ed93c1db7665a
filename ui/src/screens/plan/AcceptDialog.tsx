// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A plan is agreed by two: the therapist who is signed in, and the patient, who signs with a finger.
import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useRefresh } from '../../app/queries';
import { useSession } from '../../app/session';
import { acceptance, type PlannedGoal, type Proposal } from '../../clinic/plan';
import { fhir, type Stored } from '../../fhir/client';
import { Signature } from '../../forms/Signature';
import { writeInstant } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Notice } from '../../shared/Notice';
import u from '../../styles/u.module.css';

type Props = {
  proposal: Proposal;
  goals: PlannedGoal[];
  former: Stored<fhir4.CarePlan>[];
  patient: { id: string; name: string };
  onClose: () => void;
};

export default function AcceptDialog({ proposal, goals, former, patient, onClose }: Props) {
  const session = useSession();
  const refresh = useRefresh();
  const [signed, setSigned] = useState<fhir4.QuestionnaireResponseItemAnswer[]>([]);
  const { dose } = proposal;
  const save = useMutation({
    mutationFn: () =>
      fhir.transaction(
        acceptance({
          proposal,
          goals,
          former,
          therapist: { name: session.name, reference: session.practitioner!, svg: '' },
          patient: {
            name: patient.name,
            reference: `Patient/${patient.id}`,
            svg: signed[0]?.valueAttachment?.data ?? '',
          },
          at: writeInstant(new Date(), session.practice.timeZone),
        }),
      ),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title="Agree on this plan" size="md">
      <div className={u.form}>
        {!session.practitioner && (
          <Notice tone="hold" title="Only a therapist can agree on a plan. Your account is not linked to one." />
        )}
        <p>
          <b>{proposal.plan.title}</b>: {dose.minutes} minutes, {dose.perWeek} a week for {plural(dose.weeks, 'week')},{' '}
          {plural(proposal.visits, 'visit')}, {plural(goals.length, 'goal')}.
        </p>
        {former.length > 0 && <p className={u.small}>It takes the place of the plan that is active now.</p>}
        <div>
          <p className={cx(u.small, u.strong)} id="patient-signs">
            {patient.name} agrees
          </p>
          <Signature
            item={{ linkId: 'signature', type: 'attachment' }}
            answers={signed}
            onAnswer={setSigned}
            labelId="patient-signs"
            invalid={false}
          />
        </div>
        <p className={cx(u.small, u.muted)}>Signed for the clinic as {session.name}.</p>
        <Failure error={save.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button
            loading={save.isPending}
            disabled={!signed.length || !session.practitioner}
            onClick={() => save.mutate()}
          >
            Agree and save
          </Button>
        </div>
      </div>
    </Modal>
  );
}
