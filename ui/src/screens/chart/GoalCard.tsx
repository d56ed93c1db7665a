// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The goal in the patient's own words, with the rating that would mean it is reached.
import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useCreate } from '../../app/queries';
import type { Chart } from '../../clinic/chart';
import { painLoinc, systems } from '../../fhir/canonical';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { ScaleBar } from '../../shared/ScaleBar';
import u from '../../styles/u.module.css';

export function GoalCard({ chart }: { chart: Chart }) {
  const [asking, setAsking] = useState(false);
  const set = (
    <button type="button" className={u.plainlink} onClick={() => setAsking(true)}>
      Set a goal
    </button>
  );
  return (
    <Card title="Goal, in the patient’s words" action={chart.goal ? undefined : set}>
      {chart.goal ? (
        <>
          <p className={u.quote}>“{chart.goal.description.text}”</p>
          {chart.target !== undefined && (
            <p className={cx(u.small, u.muted, u.num)}>Reached at a pain rating of {chart.target} or less.</p>
          )}
        </>
      ) : (
        <p className={cx(u.small, u.muted)}>None yet. Ask what they want to be able to do again.</p>
      )}
      {asking && <GoalDialog patient={chart.patient.id} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function GoalDialog({ patient, onClose }: { patient: string; onClose: () => void }) {
  const [text, setText] = useState('');
  const [target, setTarget] = useState<number | null>(3);
  const create = useCreate<fhir4.Goal>();
  const save = () =>
    create.mutate(
      {
        resourceType: 'Goal',
        lifecycleStatus: 'active',
        description: { text: text.trim() },
        subject: { reference: `Patient/${patient}` },
        target: [
          {
            measure: { coding: [{ system: systems.loinc, code: painLoinc }] },
            detailQuantity: { value: target!, unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' },
          },
        ],
      },
      { onSuccess: onClose },
    );
  return (
    <Modal opened onClose={onClose} title="Set a goal" size="md">
      <div className={u.form}>
        <Textarea
          label="In the patient’s words"
          autosize
          minRows={2}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div>
          <p className={cx(u.small, u.strong)}>Pain at which it is reached</p>
          <ScaleBar label="Pain at which it is reached" value={target} onChange={setTarget} />
        </div>
        <Failure error={create.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!text.trim()} loading={create.isPending} onClick={save}>
            Save
          </Button>
        </div>
      </div>
    </Modal>
  );
}
