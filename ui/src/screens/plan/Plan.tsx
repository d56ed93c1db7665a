// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A plan of treatment: what is proposed and why, the dose to edit, the limits, the goals, and both signatures. What was
// agreed before stays in the history; a review records what was decided.
import { Button, Center, Loader, NativeSelect } from '@mantine/core';
import { IconArrowLeft, IconCheck, IconTargetArrow } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useSearch } from 'wouter';
import { useChart, useProposal, useRecord } from '../../app/queries';
import { useZone } from '../../app/session';
import { useNow } from '../../app/useNow';
import type { Dose, PlannedGoal } from '../../clinic/plan';
import { personName } from '../../fhir/read';
import { dayOf } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import { DoseCard } from './DoseCard';
import { GoalsCard } from './GoalsCard';
import { LimitsCard, type Money } from './LimitsCard';
import { PlansCard } from './PlansCard';
import { RulesCard } from './RulesCard';

const AcceptDialog = lazy(() => import('./AcceptDialog'));
const ReviewDialog = lazy(() => import('./ReviewDialog'));

export default function Plan({ id }: { id: string }) {
  const zone = useZone();
  const today = dayOf(useNow(), zone);
  const review = new URLSearchParams(useSearch()).has('review');
  const chart = useChart(id);
  const record = useRecord(id);
  const [condition, setCondition] = useState('');
  const [dose, setDose] = useState<Dose | null>(null);
  const [money, setMoney] = useState<Money>({ budget: '', price: '' });
  const [goals, setGoals] = useState<PlannedGoal[] | null>(null);
  const [asked, setAsked] = useState<'accept' | 'review' | null>(review ? 'review' : null);
  const proposal = useProposal(id, { condition, dose, ...money });
  if (chart.isError) return <Failure error={chart.error} again={() => void chart.refetch()} />;
  if (!chart.data || !record.data) {
    return (
      <Center mih="60vh">
        <Loader aria-label="Loading the plan" />
      </Center>
    );
  }
  const name = personName(chart.data.patient);
  const active = record.data.plans.filter((plan) => plan.status === 'active');
  const now = proposal.data;
  const shownGoals = goals ?? now?.goals ?? [];
  return (
    <div className={u.stack}>
      <header className={u.bar} style={{ marginBottom: 0 }}>
        <div className={u.grow}>
          <h1 className={u.pageTitle}>Plan for {name}</h1>
          <p className={cx(u.small, u.muted)}>
            <Link href={`/patients/${id}`} className={u.plainlink}>
              <IconArrowLeft size={18} aria-hidden /> To the chart
            </Link>
          </p>
        </div>
        {active.length > 0 && (
          <Button variant="default" leftSection={<IconTargetArrow size={18} />} onClick={() => setAsked('review')}>
            Review
          </Button>
        )}
        <Button leftSection={<IconCheck size={18} />} disabled={!now} onClick={() => setAsked('accept')}>
          Save plan
        </Button>
      </header>
      <Failure error={proposal.error} again={() => void proposal.refetch()} />
      {proposal.isError && proposal.error && !now && (
        <p className={cx(u.small, u.muted)}>
          A proposal needs a diagnosis or a referral that the program knows. Add one in the chart, or go on without a
          plan.
        </p>
      )}
      <div className={cx(u.cols, u.c75)}>
        <div className={u.stack} aria-busy={proposal.isPlaceholderData}>
          {now && (
            <DoseCard
              proposal={now}
              edited={dose}
              onDose={setDose}
              choose={
                now.conditions.length > 1 && (
                  <NativeSelect
                    label="Planned for"
                    value={now.conditions.find((c) => c.chosen)?.key ?? ''}
                    onChange={(event) => {
                      setCondition(event.currentTarget.value);
                      setDose(null);
                      setGoals(null);
                    }}
                    data={now.conditions.map((c) => ({ value: c.key, label: c.name }))}
                  />
                )
              }
            />
          )}
          {proposal.isPending && !proposal.isError && (
            <Center mih={200}>
              <Loader aria-label="Working out a proposal" />
            </Center>
          )}
          {now && <RulesCard proposal={now} />}
        </div>
        <div className={u.stack}>
          {now && <GoalsCard goals={shownGoals} patient={id} today={today} onGoals={setGoals} />}
          {now && <LimitsCard chart={chart.data} visits={now.visits} money={money} onMoney={setMoney} today={today} />}
          {record.data.plans.length > 0 ? (
            <PlansCard plans={record.data.plans} reviews={record.data.reviews} today={today} />
          ) : (
            <Card title="Earlier plans">
              <p className={cx(u.small, u.muted)}>None yet.</p>
            </Card>
          )}
        </div>
      </div>
      <Suspense>
        {asked === 'accept' && now && (
          <AcceptDialog
            proposal={now}
            goals={shownGoals}
            former={active}
            patient={{ id, name }}
            onClose={() => setAsked(null)}
          />
        )}
        {asked === 'review' && active[0] && (
          <ReviewDialog plan={active[0]} chart={chart.data} onClose={() => setAsked(null)} />
        )}
      </Suspense>
    </div>
  );
}
