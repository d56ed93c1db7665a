// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Is it safe, does it work, what happened: in that order.
import { Button, Center, Loader } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import {
  IconCalendarPlus,
  IconClipboardText,
  IconDeviceTablet,
  IconFileImport,
  IconFileText,
  IconPencil,
  IconTargetArrow,
  IconStethoscope,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import { useChart, useRecord, useScreening } from '../../app/queries';
import { useZone } from '../../app/session';
import { useNow } from '../../app/useNow';
import type { Chart as ChartData } from '../../clinic/chart';
import { systems } from '../../fhir/canonical';
import { keptInstead } from '../../clinic/people';
import { codeIn, conceptText, idOf, initials, patientNumber, personName, refTo } from '../../fhir/read';
import { age, dayOf, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import Safety from '../../safety/Safety';
import u from '../../styles/u.module.css';
import css from './chart.module.css';
import { GoalCard } from './GoalCard';
import { History } from './History';
import { Outcome } from './Outcome';
import { RecordCard } from './RecordCard';

const BookDialog = lazy(() => import('../book/BookDialog'));
const ReferralDialog = lazy(() => import('./ReferralDialog'));
const FormDialog = lazy(() => import('./FormDialog'));
const HandOverDialog = lazy(() => import('./HandOverDialog'));
const WorkCard = lazy(() => import('./WorkCard'));

const MeasuresCard = lazy(() => import('./MeasuresCard'));
const PeopleCard = lazy(() => import('./PeopleCard'));
const HarmCard = lazy(() => import('./HarmCard'));
const WishesCard = lazy(() => import('./WishesCard'));
const SaidCard = lazy(() => import('./SaidCard'));
const ConditionsCard = lazy(() => import('./ConditionsCard'));
const DocumentsCard = lazy(() => import('./DocumentsCard'));
const AssessmentDialog = lazy(() => import('./AssessmentDialog'));
const PapersDialog = lazy(() => import('./PapersDialog'));
const MergeDialog = lazy(() => import('./MergeDialog'));

type Asked = 'assess' | 'book' | 'referral' | 'form' | 'consent' | 'papers' | 'merge' | 'hand-over' | null;

function about(chart: ChartData, today: Day): string {
  const years = age(chart.patient.birthDate, today);
  const number = patientNumber(chart.patient);
  return [
    years !== undefined && String(years),
    chart.complaint,
    chart.authorised && `${chart.used} of ${chart.authorised} visits used`,
    chart.referrer && `referred by ${chart.referrer}`,
    number && `no. ${number}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The visit that a note started here belongs to: today's open appointment, else none. */
function todaysVisit(chart: ChartData, today: Day, zone: string) {
  return chart.appointments.find(
    (a) => a.start && dayOf(a.start, zone) === today && ['booked', 'arrived', 'checked-in'].includes(a.status),
  );
}

export default function Chart({ id }: { id: string }) {
  const zone = useZone();
  const today = dayOf(useNow(), zone);
  const [, go] = useLocation();
  const chart = useChart(id);
  const screening = useScreening(id, today);
  const record = useRecord(id);
  const [asked, setAsked] = useState<Asked>(null);
  const visit = chart.data && todaysVisit(chart.data, today, zone);
  const noteHref = visit ? `/note/${visit.id}` : `/note/new?patient=${id}`;
  useHotkeys([
    ['n', () => go(noteHref)],
    ['b', () => setAsked('book')],
  ]);
  if (chart.isError) return <Failure error={chart.error} again={() => void chart.refetch()} />;
  if (!chart.data) {
    return (
      <Center mih="60vh">
        <Loader aria-label="Loading the chart" />
      </Center>
    );
  }
  const { patient } = chart.data;
  const kept = keptInstead(patient);
  if (kept) return <Redirect to={`/patients/${idOf(kept)}`} replace />;
  const name = personName(patient);
  const known = { id: patient.id, name };
  return (
    <div className={u.stack}>
      <header className={css.who}>
        <span className={u.avatar} aria-hidden>
          {initials(name)}
        </span>
        <div className={u.grow}>
          <h1 className={u.pageTitle}>{name}</h1>
          <p className={cx(u.muted, u.small, u.num)}>{about(chart.data, today)}</p>
        </div>
        <div className={cx(u.row, css.tools)}>
          <Button variant="default" leftSection={<IconFileImport size={18} />} onClick={() => setAsked('referral')}>
            New referral
          </Button>
          <Button variant="default" leftSection={<IconClipboardText size={18} />} onClick={() => setAsked('form')}>
            Forms
          </Button>
          <Button variant="default" leftSection={<IconDeviceTablet size={18} />} onClick={() => setAsked('hand-over')}>
            Hand over
          </Button>
          <Button variant="default" leftSection={<IconStethoscope size={18} />} onClick={() => setAsked('assess')}>
            Assess
          </Button>
          <Button variant="default" leftSection={<IconFileText size={18} />} onClick={() => setAsked('papers')}>
            Report
          </Button>
          <Button
            component={Link}
            href={`/patients/${id}/plan`}
            variant="default"
            leftSection={<IconTargetArrow size={18} />}
          >
            Plan
          </Button>
          <Button variant="default" leftSection={<IconCalendarPlus size={18} />} onClick={() => setAsked('book')}>
            Book
          </Button>
          <Button component={Link} href={noteHref} leftSection={<IconPencil size={18} />}>
            Start note
          </Button>
        </div>
      </header>
      <Failure error={screening.error} again={() => void screening.refetch()} />
      {screening.data && <Safety screening={screening.data} patient={known} wide />}
      <div className={cx(u.cols, u.c75)}>
        <div className={u.stack}>
          <Outcome chart={chart.data} today={today} />
          <Suspense>
            <MeasuresCard patient={known} today={today} />
          </Suspense>
          {chart.data.notes.some((n) => n.work.length > 0) && (
            <Suspense>
              <WorkCard notes={chart.data.notes} />
            </Suspense>
          )}
          {record.data && (
            <Suspense>
              <ConditionsCard record={record.data} today={today} />
              <PeopleCard chart={chart.data} record={record.data} today={today} />
              <DocumentsCard chart={chart.data} record={record.data} today={today} />
            </Suspense>
          )}
          <button
            type="button"
            className={u.plainlink}
            style={{ justifySelf: 'start' }}
            onClick={() => setAsked('merge')}
          >
            Merge with another record…
          </button>
        </div>
        <div className={u.stack}>
          <GoalCard chart={chart.data} />
          {record.data && (
            <Suspense>
              <SaidCard chart={chart.data} record={record.data} today={today} />
            </Suspense>
          )}
          <RecordCard chart={chart.data} today={today} />
          <Suspense>
            <HarmCard patient={known} today={today} />
          </Suspense>
          {record.data && (
            <Suspense>
              <WishesCard record={record.data} today={today} onConsent={() => setAsked('consent')} />
            </Suspense>
          )}
          <History chart={chart.data} today={today} />
        </div>
      </div>
      <Suspense>
        {asked === 'book' && <BookDialog day={today} patient={known} onClose={() => setAsked(null)} />}
        {asked === 'assess' && (
          <AssessmentDialog
            patient={known}
            region={codeIn(chart.data.referral?.bodySite?.[0], systems.region)}
            conditions={(record.data?.conditions ?? []).map((c) => ({
              reference: refTo(c),
              display: conceptText(c.code) ?? 'Unnamed',
            }))}
            onClose={() => setAsked(null)}
          />
        )}
        {asked === 'referral' && <ReferralDialog patient={known} onClose={() => setAsked(null)} />}
        {asked === 'hand-over' && <HandOverDialog patient={known} onClose={() => setAsked(null)} />}
        {asked === 'consent' && <FormDialog patient={known} form="consent" onClose={() => setAsked(null)} />}
        {asked === 'papers' && <PapersDialog chart={chart.data} today={today} onClose={() => setAsked(null)} />}
        {asked === 'merge' && <MergeDialog patient={patient} onClose={() => setAsked(null)} />}
        {asked === 'form' && <FormDialog patient={known} onClose={() => setAsked(null)} />}
      </Suspense>
    </div>
  );
}
