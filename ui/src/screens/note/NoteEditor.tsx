// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The note while it is written: the body map on the left, pain, sentence and worked-on lines on the right, the signature
// below. What will be signed is built in clinic/note.ts.
import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCheck, IconChevronDown, IconCopy } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useCodes, usePrefill, useRefresh } from '../../app/queries';
import { useSession } from '../../app/session';
import { useNow } from '../../app/useNow';
import { workOver } from '../../clinic/chart';
import { kindTitles, noteBundle, type NoteInput } from '../../clinic/note';
import { totalMinutes, type Site } from '../../clinic/work';
import { systems } from '../../fhir/canonical';
import { fhir } from '../../fhir/client';
import { personName, refTo } from '../../fhir/read';
import { pressureCap } from '../../fhir/screening';
import { dropDraft } from '../../lib/draft';
import { dayOf } from '../../lib/time';
import { cx, plural } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { Notice } from '../../shared/Notice';
import { Safety } from '../../shared/Safety';
import { Tag } from '../../shared/Tag';
import u from '../../styles/u.module.css';
import { KindPicker } from './KindPicker';
import { MapPanel } from './MapPanel';
import { Measures } from './Measures';
import type { Visit } from './Note';
import css from './note.module.css';
import { useNote } from './useNote';
import { useSites } from './useSites';
import { WorkList } from './WorkList';

type Props = { visit: Visit; head: ReactNode; onSigned: () => void };

/** A rating of the same day was given for this visit: at check-in, or on the phone. */
function checkedIn(visit: Visit): number | null {
  const last = visit.chart.ratings.at(-1);
  return last?.day === visit.day ? last.value : null;
}

export function NoteEditor({ visit, head, onSigned }: Props) {
  const session = useSession();
  const zone = session.practice.timeZone;
  const today = dayOf(useNow(), zone);
  const refresh = useRefresh();
  const { chart, screening, appointment, encounter } = visit;
  const cap = pressureCap(screening.issues);
  const startPain = checkedIn(visit);
  const note = useNote(appointment?.id ?? `new.${chart.patient.id}`, startPain, cap);
  const prefill = usePrefill(chart.patient.id, appointment?.id);
  const techniques = useCodes('technique');
  const sites = useSites(screening.issues);
  const [active, setActive] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [reading, setReading] = useState(false);
  const stopped = screening.decision === 'stop';
  const kind = stopped && note.draft.kind === 'session' ? 'not-given' : note.draft.kind;
  const given = kind === 'session';
  const recents = useMemo(
    () =>
      workOver(chart.notes)
        .slice(0, 6)
        .flatMap((sum) => sites.find(sum.key) ?? []),
    [chart.notes, sites],
  );
  const tap = (site: Site) => {
    const first = techniques.data?.[0];
    if (first) setActive(note.add(site, first));
  };
  const early = visit.day > today;

  const sign = useMutation({
    mutationFn: () => {
      const input: NoteInput = {
        kind,
        patient: { id: chart.patient.id, name: personName(chart.patient) },
        practitioner: { reference: session.practitioner!, name: session.name },
        appointment,
        encounter,
        referral: appointment?.basedOn?.[0]?.reference ?? (chart.referral && refTo(chart.referral)),
        service: appointment?.serviceType?.[0] ?? encounter?.type?.[0] ?? serviceOf(totalMinutes(note.work), given),
        work: note.work,
        pain: note.pain,
        text: given ? note.text : note.draft.reason,
        zone,
        now: new Date(),
      };
      return fhir.transaction(noteBundle(input));
    },
    onSuccess: async () => {
      dropDraft(note.name);
      setAsking(false);
      await refresh();
      onSigned();
    },
  });

  const missing = whatIsMissing(given, note.work.length, note.draft.reason, session.practitioner, early);
  const minutes = totalMinutes(note.work);
  return (
    <div className={css.note}>
      <header className={css.bar}>
        {head}
        <div className={cx(u.row, css.tools)}>
          {cap < 10 && given && <Tag tone="hold">Pressure {cap} of 10 at most</Tag>}
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
            {screening.issues.length ? plural(screening.issues.length, 'safety rule') : 'No safety rule'}
            {screening.questions.length > 0 && `, ${plural(screening.questions.length, 'question')} to ask`}
            <IconChevronDown size={16} aria-hidden className={reading ? css.turned : undefined} />
          </button>
        )}
      </div>
      {(stopped || reading) && <Safety screening={screening} wide on={visit.day === today ? 'today' : 'on that day'} />}
      <div className={css.cols} data-given={given || undefined}>
        {given && (
          <MapPanel
            work={note.work}
            sites={sites}
            recents={recents}
            start={recents[0]?.key ?? regionSite(chart.referral)}
            onTap={tap}
          />
        )}
        <div className={cx(u.stack, u.g12)}>
          <Measures
            given={given}
            pain={note.pain}
            fromCheckIn={note.draft.pain.before === null && startPain !== null}
            text={given ? note.text : note.draft.reason}
            own={note.draft.own !== null}
            onPain={(part) => note.change({ pain: { ...note.draft.pain, ...part } })}
            onText={(text) => note.change(given ? { own: text } : { reason: text })}
            onCompose={() => note.change({ own: null })}
          />
          {given && (
            <WorkList
              work={note.work}
              techniques={techniques.data ?? []}
              cap={cap}
              issues={screening.issues}
              regionOf={sites.regionOf}
              active={active}
              onActive={setActive}
              onChange={note.edit}
              onRemove={note.remove}
            />
          )}
        </div>
      </div>
      <footer className={css.foot}>
        {given ? (
          <p className={u.num}>
            <b>{minutes} min</b> <span className={u.muted}>hands-on, {plural(note.work.length, 'line')}</span>
          </p>
        ) : (
          <p>
            <b>{kindTitles[kind]}</b>
          </p>
        )}
        <p className={cx(u.small, u.muted, css.kept)}>
          {note.untouched
            ? ''
            : note.kept
              ? 'Draft kept in this browser tab'
              : 'The draft cannot be kept: sign before you leave'}
        </p>
        <Button className={css.sign} leftSection={<IconCheck size={18} />} onClick={() => setAsking(true)}>
          Sign
        </Button>
      </footer>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Sign this note?" size="md">
        <div className={u.form}>
          {missing ? (
            <Notice tone="hold" title={missing} />
          ) : (
            <div className={cx(u.stack, u.g8)}>
              <p>
                <b>{kindTitles[kind]}</b>
                {given && `: ${plural(note.work.length, 'line')}, ${minutes} minutes`}
                {(note.pain.before !== null || note.pain.after !== null) &&
                  `. Pain ${note.pain.before ?? 'not rated'} → ${note.pain.after ?? 'not rated'}`}
                .
              </p>
              <p className={u.small}>{given ? note.text : note.draft.reason}</p>
              <p className={cx(u.small, u.muted)}>
                Signed as {session.name}. From then on nothing in it can be changed.
              </p>
            </div>
          )}
          <Failure error={sign.error} />
          <div className={u.formFoot}>
            <Button variant="default" onClick={() => setAsking(false)}>
              Back
            </Button>
            <Button disabled={Boolean(missing)} loading={sign.isPending} onClick={() => sign.mutate()}>
              Sign now
            </Button>
          </div>
        </div>
      </Modal>
    </div>
  );
}

function whatIsMissing(given: boolean, lines: number, reason: string, practitioner: string | null, early: boolean) {
  if (!practitioner) return 'Only a therapist can sign a note. Your account is not linked to one.';
  if (early && given) return 'This visit is on a later day. A session can be signed on its day.';
  if (given && lines === 0) return 'Nothing was worked on yet. Tap a muscle, or choose why no session was given.';
  if (!given && !reason.trim()) return 'Write the reason in a few words.';
  return null;
}

/** A note without an appointment is billed as the shortest treatment that holds its minutes. */
function serviceOf(minutes: number, given: boolean): fhir4.CodeableConcept {
  const length = [30, 45, 60].find((m) => minutes <= m) ?? 90;
  return { coding: [{ system: systems.service, code: given ? `treatment-${length}` : 'consultation' }] };
}

const regionSite = (referral?: fhir4.ServiceRequest) =>
  referral?.bodySite?.[0]?.coding?.find((c) => c.system === systems.region)?.code;
