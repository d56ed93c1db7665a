// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The goals of a plan, each with words, a target and a date that can be changed, dropped or added before it is agreed.
import { NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { editedGoal, type PlannedGoal } from '../../clinic/plan';
import { painLoinc, systems } from '../../fhir/canonical';
import { addDays, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { uuidv7 } from '../../lib/uuid';
import { Card } from '../../shared/Card';
import { WordingOffer } from '../../shared/WordingOffer';
import u from '../../styles/u.module.css';
import css from './plan.module.css';

type Props = { goals: PlannedGoal[]; patient: string; today: Day; onGoals: (goals: PlannedGoal[]) => void };

export function GoalsCard({ goals, patient, today, onGoals }: Props) {
  const change = (url: string, part: Parameters<typeof editedGoal>[1]) =>
    onGoals(goals.map((one) => (one.url === url ? { url, goal: editedGoal(one.goal, part) } : one)));
  const add = () =>
    onGoals([
      ...goals,
      {
        url: `urn:uuid:${uuidv7()}`,
        goal: {
          resourceType: 'Goal',
          lifecycleStatus: 'proposed',
          description: { text: 'Pain of 3 or less' },
          subject: { reference: `Patient/${patient}` },
          target: [
            {
              measure: { coding: [{ system: systems.loinc, code: painLoinc }] },
              detailQuantity: { value: 3, comparator: '<=' },
              dueDate: addDays(today, 42),
            },
          ],
        },
      },
    ]);
  return (
    <Card
      title="Goals"
      action={
        <button type="button" className={u.plainlink} onClick={add}>
          <IconPlus size={18} aria-hidden /> Add
        </button>
      }
    >
      {goals.length === 0 && <p className={cx(u.small, u.muted)}>None. Ask what they want to be able to do again.</p>}
      <ul className={u.list}>
        {goals.map(({ url, goal }, at) => {
          const target = goal.target?.[0];
          return (
            <li key={url}>
              <div className={u.row} style={{ flexWrap: 'nowrap', alignItems: 'flex-end' }}>
                <TextInput
                  className={u.grow}
                  label={`Goal ${at + 1}`}
                  value={goal.description.text ?? ''}
                  onChange={(event) => change(url, { text: event.currentTarget.value })}
                />
                <button
                  type="button"
                  className={u.plainlink}
                  aria-label={`Leave out goal ${at + 1}`}
                  onClick={() => onGoals(goals.filter((one) => one.url !== url))}
                >
                  <IconTrash size={20} aria-hidden />
                </button>
              </div>
              <WordingOffer text={goal.description.text ?? ''} onText={(text) => change(url, { text })} />
              <div className={css.smart}>
                {target?.detailQuantity && (
                  <NumberInput
                    label={`Target, ${target.detailQuantity.comparator === '>=' ? 'at least' : 'at most'}`}
                    hideControls
                    value={target.detailQuantity.value}
                    onChange={(value) => typeof value === 'number' && change(url, { target: value })}
                  />
                )}
                <TextInput
                  label="By"
                  type="date"
                  min={today}
                  value={target?.dueDate ?? ''}
                  onChange={(event) => change(url, { due: event.currentTarget.value })}
                />
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
