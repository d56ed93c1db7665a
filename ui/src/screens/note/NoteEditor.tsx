// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The note while it is written: the body map on the left, pain, worked-on lines, findings and words on the right, the
// signature below. What will be signed is built in clinic/note.ts; the draft is the same transaction.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCheck, IconChevronDown, IconCopy, IconTemplate } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { useTechniques } from '../../app/definitions';
import { usePrefill, useRefresh } from '../../app/queries';
import { useSession } from '../../app/session';
import { useNow } from '../../app/useNow';
import { lastAt, workOver } from '../../clinic/chart';
import { consentNames, withRegion, type Bar } from '../../clinic/limits';
import { kindTitles, noteBundle } from '../../clinic/note';
import type { Draft } from '../../clinic/noteDraft';
import { totalMinutes, type Site } from '../../clinic/work';
import { systems } from '../../fhir/canonical';
import { fhir } from '../../fhir/client';
import { personName } from '../../fhir/read';
import { pressureCap, standing as notLifted } from '../../fhir/screening';
import { dayOf, timeOf } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Tag } from '../../shared/Tag';
import u from '../../styles/u.module.css';
import { Feelings } from './Feelings';
import { FindingsCard } from './FindingsCard';
import { KindPicker } from './KindPicker';
import { MapPanel } from './MapPanel';
import type { Visit } from './Note';
import css from './note.module.css';
import { Pains } from './Pains';
import { inputOf, refusedLines, whatIsMissing } from './signing';
import { useKeptDraft, type Kept } from './useKeptDraft';
import { useLimits, zonesOf } from './useLimits';
import { useNote } from './useNote';
import { useSites } from './useSites';
import { Words } from './Words';
import { WorkList } from './WorkList';

// Fetched with the note and beside it, so that the note is there sooner and the dialog when it is asked for.
const signDialog = import('./SignDialog');
const SignDialog = lazy(() => signDialog);
const Safety = lazy(() => import('../../safety/Safety'));
const TemplateDialog = lazy(() => import('./TemplateDialog'));
const HappenedDialog = lazy(() => import('../../safety/HappenedDialog'));
const RecordDialog = lazy(() => import('./RecordDialog'));

type Props = { visit: Visit; draftKey: string; start: Draft | null; head: ReactNode; onSigned: () => void };

/** A rating of the same day was given for this visit: at check-in, or on the phone. */
function checkedIn(visit: Visit): number | null {
  const last = visit.chart.ratings.at(-1);
  return last?.day === visit.day ? last.value : null;
}

function keptText({ onDevice, onServer }: Kept, zone: string): string {
  if (onServer) return `Draft saved on the server, ${timeOf(onServer.toISOString(), zone)}`;
  return onDevice ? 'Draft kept in this browser tab' : 'The draft cannot be kept: sign before you leave';
}

export function NoteEditor({ visit, draftKey, start, head, onSigned }: Props) {
  const session = useSession();
  const zone = session.practice.timeZone;
  const today = dayOf(useNow(), zone);
  const refresh = useRefresh();
  const { chart, screening, appointment } = visit;
  const issues = notLifted(screening.issues);
  const cap = pressureCap(issues);
  const startPain = checkedIn(visit);
  const note = useNote(start, startPain, cap);
  const { draft } = note;
  const prefill = usePrefill(chart.patient.id, appointment?.id);
  const techniques = useTechniques();
  const sites = useSites();
  const { limits, barred, standing } = useLimits(visit, draft, sites, techniques);
  const [active, setActive] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [reading, setReading] = useState(false);
  const [templates, setTemplates] = useState(false);
  const [happened, setHappened] = useState(false);
  const [recording, setRecording] = useState<Bar | null>(null);
  const stopped = screening.decision === 'stop' || screening.decision === 'clearance';
  const kind = stopped && draft.kind === 'session' ? 'not-given' : draft.kind;
  const given = kind === 'session';
  const recents = useMemo(
    () =>
      workOver(chart.notes)
        .slice(0, 6)
        .flatMap((sum) => sites.find(sum.key) ?? []),
    [chart.notes, sites],
  );
  const tap = (site: Site) => {
    const first = techniques[0];
    if (first) setActive(note.add(site, first, lastAt(chart.notes, site.key)));
  };

  const bundle = () => {
    const { practitioner, name } = session;
    return practitioner ? noteBundle(inputOf(visit, note, kind, { reference: practitioner, name }, zone)) : undefined;
  };
  const { kept, wipe } = useKeptDraft(draftKey, draft, note.untouched, bundle);
  const [posted, setPosted] = useState<fhir4.Bundle>();
  const sign = useMutation({
    mutationFn: () => {
      const made = bundle()!;
      setPosted(made);
      return fhir.transaction(made);
    },
    onSuccess: async () => {
      await wipe();
      setAsking(false);
      await refresh();
      onSigned();
    },
  });
  const refused = refusedLines(sign.error, posted, note.work);
  const missing = whatIsMissing({
    given,
    work: note.work,
    reason: draft.reason,
    practitioner: session.practitioner,
    early: visit.day > today,
    limits,
  });
  return (
    <div className={css.note}>
      <header className={css.bar}>
        {head}
        <div className={cx(u.row, css.tools)}>
          {cap < 10 && given && <Tag tone="hold">Pressure {cap} of 10 at most</Tag>}
          {given && session.practitioner && (
            <Button variant="default" leftSection={<IconTemplate size={18} />} onClick={() => setTemplates(true)}>
              Templates
            </Button>
          )}
          {given && (prefill.data?.length ?? 0) > 0 && (
            <Button
              variant="default"
              leftSection={<IconCopy size={18} />}
              onClick={() => note.copy(prefill.data!)}
              className={css.copy}
            >
              Same as last visit
            </Button>
          )}
        </div>
      </header>
      <div className={css.kindRow}>
        <KindPicker kind={kind} stopped={stopped} onKind={(next) => note.change({ kind: next })} />
        {!stopped && (
          <button type="button" className={u.plainlink} aria-expanded={reading} onClick={() => setReading(!reading)}>
            {issues.length ? plural(issues.length, 'safety rule') : 'No safety rule'}
            {screening.questions.length > 0 && `, ${plural(screening.questions.length, 'question')} to ask`}
            <IconChevronDown size={16} aria-hidden className={reading ? css.turned : undefined} />
          </button>
        )}
      </div>
      {(stopped || reading) && (
        <Suspense fallback={null}>
          <Safety
            screening={screening}
            patient={{ id: chart.patient.id, name: personName(chart.patient) }}
            wide
            on={visit.day === today ? 'today' : 'on that day'}
          />
        </Suspense>
      )}
      <div className={css.cols} data-given={given || undefined}>
        {given && (
          <MapPanel
            note={note}
            sites={sites}
            barred={barred}
            standing={standing}
            recents={recents}
            start={recents[0]?.key ?? regionSite(chart.referral)}
            onWork={tap}
          />
        )}
        <div className={cx(u.stack, u.g12)}>
          <Pains
            given={given}
            pain={note.pain}
            fromCheckIn={draft.pain.before === null && startPain !== null}
            onPain={(part) => note.change({ pain: { ...draft.pain, ...part } })}
          />
          {given && (
            <>
              <WorkList
                work={note.work}
                techniques={techniques}
                cap={cap}
                limits={limits}
                findings={draft.findings}
                refused={refused}
                active={active}
                onActive={setActive}
                onChange={note.edit}
                onRemove={note.remove}
                onFind={(line, finding, grade) => note.find(line.site, finding, grade)}
                onRecord={setRecording}
              />
              <FindingsCard note={note} sites={sites} zones={zonesOf(standing, draft)} standing={standing} />
            </>
          )}
          <Feelings given={given} feeling={draft.feeling} onFeeling={(feeling) => note.change({ feeling })} />
          <Words
            given={given}
            text={given ? note.text : draft.reason}
            own={draft.own !== null}
            reaction={draft.reaction}
            aftercare={draft.aftercare}
            onText={(text) => note.change(given ? { own: text } : { reason: text })}
            onCompose={() => note.change({ own: null })}
            onMore={note.change}
            onHappened={() => setHappened(true)}
          />
        </div>
      </div>
      <footer className={css.foot}>
        {given ? (
          <p className={u.num}>
            <b>{totalMinutes(note.work)} min</b>{' '}
            <span className={u.muted}>hands-on, {plural(note.work.length, 'line')}</span>
          </p>
        ) : (
          <p>
            <b>{kindTitles[kind]}</b>
          </p>
        )}
        <p className={cx(u.small, u.muted, css.kept)}>{note.untouched ? '' : keptText(kept, zone)}</p>
        <Button className={css.sign} leftSection={<IconCheck size={18} />} onClick={() => setAsking(true)}>
          Sign
        </Button>
      </footer>
      <Suspense fallback={null}>
        <SignDialog
          opened={asking}
          note={note}
          kind={kind}
          missing={missing}
          signer={session.name}
          error={sign.error}
          pending={sign.isPending}
          onClose={() => setAsking(false)}
          onSign={() => sign.mutate()}
        />
      </Suspense>
      {templates && session.practitioner && (
        <Suspense fallback={null}>
          <TemplateDialog
            owner={session.practitioner}
            work={note.work}
            onTake={note.copy}
            onClose={() => setTemplates(false)}
          />
        </Suspense>
      )}
      {happened && (
        <Suspense fallback={null}>
          <HappenedDialog
            patient={{ id: chart.patient.id, name: personName(chart.patient) }}
            onClose={() => setHappened(false)}
          />
        </Suspense>
      )}
      {recording && (
        <Suspense fallback={null}>
          <RecordDialog
            bar={recording}
            patient={{ id: chart.patient.id, name: personName(chart.patient) }}
            region={consentNames[recording.code] ?? recording.code}
            consentOf={(subject, now) => withRegion(limits.consents, subject, recording.code, now)}
            technique={techniques.find((one) => one.code === recording.code)?.name}
            onClose={() => setRecording(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

const regionSite = (referral?: fhir4.ServiceRequest) =>
  referral?.bodySite?.[0]?.coding?.find((c) => c.system === systems.region)?.code;
