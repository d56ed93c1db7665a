// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Forms that a patient has not filled in yet, and the link that lets them do it at home.
import { Button } from '@mantine/core';
import { IconMailForward } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { fhir } from '../fhir/client';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import { Failure } from './Failure';
import { Notice } from './Notice';

const part = (answer: fhir4.Parameters, name: string) => answer.parameter?.find((p) => p.name === name);

export function FormsMissing({ patient }: { patient: string }) {
  const invite = useMutation({
    mutationFn: () => fhir.perform<fhir4.Parameters>(`Patient/${patient}/$invite`, { resourceType: 'Parameters' }),
  });
  const address = invite.data && part(invite.data, 'address')?.valueString;
  if (invite.data) return <Notice tone="ok" title={`The link was sent${address ? ` to ${address}` : ''}`} />;
  return (
    <div className={cx(u.stack, u.g8)}>
      <Notice tone="info" title="Forms are missing">
        <p>They can be filled in at home, or here on the tablet.</p>
        <Button
          variant="default"
          mt="xs"
          leftSection={<IconMailForward size={18} />}
          loading={invite.isPending}
          onClick={() => invite.mutate()}
        >
          Send the link
        </Button>
      </Notice>
      <Failure error={invite.error} />
    </div>
  );
}
