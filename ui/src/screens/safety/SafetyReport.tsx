// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How the safety rules do: how often each fired, was overridden and why, was cleared, and which ones wait for a review; and
// how often patients tell of something unwanted after a session, with how sure that is.
import { Center, Loader, SegmentedControl, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useZone } from '../../app/session';
import { useNow } from '../../app/useNow';
import { lastDays, periods, readHarms, readRulesReport, type Period } from '../../clinic/safetyReport';
import { fhir } from '../../fhir/client';
import { dayOf, daysBetween } from '../../lib/time';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import { HarmRates } from './HarmRates';
import { RuleTable } from './RuleTable';
import css from './safety.module.css';

const useReport = <T,>(path: string, period: Period, read: (answer: fhir4.Parameters) => T) =>
  useQuery({
    queryKey: [path, period],
    queryFn: () => fhir.operation<fhir4.Parameters>(path, period),
    select: read,
    placeholderData: keepPreviousData,
    enabled: Boolean(period.start && period.end && period.start <= period.end),
  });

export default function SafetyReport() {
  const today = dayOf(useNow(), useZone());
  const [period, setPeriod] = useState<Period>(() => lastDays(90, today));
  const rules = useReport('$rules-report', period, readRulesReport);
  const harms = useReport('$adverse-events', period, readHarms);
  const days = String(daysBetween(period.start, period.end) + 1);
  const edge = (name: keyof Period) => ({
    type: 'date',
    max: today,
    value: period[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      if (value) setPeriod((old) => ({ ...old, [name]: value }));
    },
  });
  return (
    <div className={u.stack}>
      <header className={cx(u.bar, css.bar)}>
        <h1 className={cx(u.pageTitle, u.grow)}>Safety</h1>
        <SegmentedControl
          aria-label="Period"
          data={periods.map((one) => ({ value: one.code, label: one.name }))}
          value={period.end === today ? days : ''}
          onChange={(code) => setPeriod(lastDays(Number(code), today))}
        />
        <div className={cx(u.row, u.stay)}>
          <TextInput aria-label="From" {...edge('start')} />
          <span className={u.muted}>to</span>
          <TextInput aria-label="Until" {...edge('end')} />
        </div>
      </header>
      <Failure error={rules.error ?? harms.error} again={() => void Promise.all([rules.refetch(), harms.refetch()])} />
      {(rules.isPending || harms.isPending) && !rules.error && !harms.error && (
        <Center mih="30vh">
          <Loader aria-label="Counting" />
        </Center>
      )}
      {harms.data && <HarmRates harms={harms.data} />}
      {rules.data && <RuleTable rules={rules.data} today={today} />}
    </div>
  );
}
