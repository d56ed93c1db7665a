// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A rule that may be overridden, overridden by one tap on the reason. Another reason is said in words first.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useCodes } from '../app/definitions';
import { useRefresh } from '../app/queries';
import { overrideParameters } from '../clinic/clearance';
import { fhir } from '../fhir/client';
import type { Day } from '../lib/time';
import { cx } from '../lib/text';
import { Failure } from '../shared/Failure';
import u from '../styles/u.module.css';
import css from './safety.module.css';

type Props = {
  patient: string;
  rule: string;
  name: string;
  /** The day that it is overridden for. */
  on: Day;
};

export function Override({ patient, rule, name, on }: Props) {
  const refresh = useRefresh();
  const reasons = useCodes('overrideReason');
  const [other, setOther] = useState(false);
  const [text, setText] = useState('');
  const save = useMutation({
    mutationFn: (reason: string) =>
      fhir.perform(
        `Patient/${patient}/$override`,
        overrideParameters(rule, reason, reason === 'other' ? text : '', on),
      ),
    onSuccess: refresh,
  });
  return (
    <div className={css.override} role="group" aria-label={`Override ${name}, because`}>
      <p className={cx(u.small, u.strong)} aria-hidden>
        Override, because
      </p>
      <div className={cx(u.row, u.tight)}>
        {(reasons.data ?? []).map((reason) => (
          <button
            key={reason.code}
            type="button"
            className={u.pick}
            disabled={save.isPending}
            aria-expanded={reason.code === 'other' ? other : undefined}
            onClick={() => (reason.code === 'other' ? setOther(!other) : save.mutate(reason.code))}
          >
            {reason.name}
          </button>
        ))}
      </div>
      {other && (
        <div className={cx(u.row, css.other)}>
          <TextInput
            className={u.grow}
            label="The reason in your words"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button
            variant="default"
            h={44}
            disabled={!text.trim()}
            loading={save.isPending}
            onClick={() => save.mutate('other')}
          >
            Override
          </Button>
        </div>
      )}
      <Failure error={reasons.error ?? save.error} />
    </div>
  );
}
