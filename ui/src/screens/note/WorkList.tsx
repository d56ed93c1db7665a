// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What was worked on, one line a place: technique, minutes, pressure, tenderness before and after, findings. The open one
// edits. A line that the rules do not allow says why, and what to do.
import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconBan, IconChevronDown, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Concept } from '../../app/definitions';
import type { Finding, FindingKind } from '../../clinic/findings';
import { lineBars, placeBars, type Bar, type Limits } from '../../clinic/limits';
import { plainName, siteText, type Work } from '../../clinic/work';
import { against } from '../../fhir/screening';
import { cx } from '../../lib/text';
import { MinutesBar } from '../../shared/MinutesBar';
import { ScaleBar } from '../../shared/ScaleBar';
import u from '../../styles/u.module.css';
import { Override } from '../../safety/Override';
import { BarNote } from './BarNote';
import { TechniquePicker } from './TechniquePicker';
import css from './work.module.css';

type Props = {
  work: Work[];
  techniques: Concept[];
  cap: number;
  limits: Limits;
  findings: Finding[];
  /** What the server said against lines, by their ids. */
  refused: Map<string, string>;
  active: string | null;
  onActive: (id: string | null) => void;
  onChange: (line: Work) => void;
  onRemove: (id: string) => void;
  onFind: (line: Work, kind: FindingKind, grade: string) => void;
  onRecord: (bar: Bar) => void;
};

export function WorkList(props: Props) {
  const { work, active, onActive } = props;
  return (
    <section className={cx(u.card, css.list)} aria-labelledby="worked">
      <div className={cx(u.row, u.between)}>
        <h2 id="worked">Worked on</h2>
        {work.some((line) => line.from) && (
          <span className={cx(u.small, u.muted)}>Tinted lines come from the last visit</span>
        )}
      </div>
      {work.length === 0 && (
        <p className={cx(u.empty, u.small, u.muted)}>Nothing yet. Tap a muscle on the body, or find it by name.</p>
      )}
      <ul>
        {work.map((line) => (
          <Line
            key={line.id}
            {...props}
            line={line}
            used={[...new Set(work.map((w) => w.technique))]}
            open={active === line.id}
            onOpen={() => onActive(active === line.id ? null : line.id)}
          />
        ))}
      </ul>
    </section>
  );
}

const marks = { left: 'L', right: 'R', midline: 'M' } as const;

const quick: { kind: FindingKind; grade: string; name: string }[] = [
  { kind: 'trigger-point', grade: 'present', name: 'Trigger point' },
  { kind: 'tone', grade: 'raised', name: 'Raised tone' },
  { kind: 'adhesion', grade: 'moderate', name: 'Adhesion' },
  { kind: 'temperature', grade: 'warm', name: 'Warm' },
];

type LineProps = Props & { line: Work; used: string[]; open: boolean; onOpen: () => void };

function Line(props: LineProps) {
  const { line, open, onOpen, limits, refused } = props;
  const item = useRef<HTMLLIElement>(null);
  const bars = lineBars(limits, line.site, line.technique);
  const said = refused.get(line.id);
  const warnings = against(limits.issues, line.technique, limits.regionOf(line.site)).filter(
    (issue) => !bars.some((bar) => bar.code === issue.rule),
  );
  const tender = line.before !== null || line.after !== null;
  // What was opened by a tap on the map is brought into view, so that nobody has to look for it.
  useEffect(() => {
    if (open) item.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <li ref={item} className={css.chip} data-copied={line.from ? true : undefined} data-site={line.site.key}>
      <button type="button" className={css.line} aria-expanded={open} onClick={onOpen}>
        <span className={css.side} aria-hidden>
          {marks[line.site.side]}
        </span>
        <span className={u.grow}>
          <b>
            {line.site.name}
            <span className={u.unseen}>, {line.site.side}</span>
          </b>
          <span className={cx(u.small, u.muted, css.how)}>{plainName(line.techniqueName)}</span>
        </span>
        {bars.length > 0 || said ? (
          <IconBan size={18} role="img" aria-label="Cannot be signed so" className={css.barred} />
        ) : (
          warnings.length > 0 && (
            <IconAlertTriangle size={18} role="img" aria-label="Against a safety rule" className={css.warn} />
          )
        )}
        <span className={css.dose}>{line.minutes} min</span>
        <span className={cx(css.dose, css.pressure)}>P {line.pressure}</span>
        {tender && (
          <span className={css.tender}>
            <span className={u.unseen}>tender </span>
            {line.before ?? '–'} <IconArrowRight size={14} role="img" aria-label="to" /> <b>{line.after ?? '–'}</b>
          </span>
        )}
        <IconChevronDown size={18} aria-hidden className={cx(u.muted, open && css.turned)} />
      </button>
      {said && (
        <p className={css.warning} data-tone="stop" role="alert">
          <b>Not signed:</b> {said}
        </p>
      )}
      {open && (
        <div className={css.edit}>
          {bars.map((bar) => (
            <BarNote key={bar.kind + bar.code} bar={bar} onRecord={props.onRecord} />
          ))}
          {warnings.map((issue) => (
            <div key={issue.rule} className={css.warning} data-tone="hold">
              <p>
                <b>{issue.name}:</b> {issue.action}
              </p>
              {issue.overridable === 'reason' && (
                <details className={u.fold}>
                  <summary>Override</summary>
                  <Override patient={limits.patient} rule={issue.rule} name={issue.name} on={limits.on} />
                </details>
              )}
            </div>
          ))}
          <Editor {...props} />
        </div>
      )}
    </li>
  );
}

function Editor({ line, used, techniques, cap, limits, findings, onChange, onRemove, onFind, onRecord }: LineProps) {
  const set = (part: Partial<Work>) => onChange({ ...line, ...part });
  const everywhere = placeBars(limits, line.site);
  const own = (technique: string) =>
    lineBars(limits, line.site, technique).filter(
      (bar) => bar.kind !== 'consent' && !everywhere.some((other) => other.code === bar.code),
    );
  const here = findings.filter((one) => one.site.key === line.site.key);
  return (
    <>
      <TechniquePicker
        value={line.technique}
        used={used}
        all={techniques}
        barsOf={own}
        onChange={(to) => set({ technique: to.code, techniqueName: to.name })}
        onRecord={onRecord}
      />
      <div className={css.grid}>
        <div>
          <p className={cx(u.tiny, u.muted)}>
            Minutes <b className={css.count}>{line.minutes}</b>
          </p>
          <MinutesBar label="Minutes" value={line.minutes} onChange={(minutes) => set({ minutes })} />
        </div>
        <div>
          <p className={cx(u.tiny, u.muted)}>Pressure{cap < 10 && `, capped at ${cap} by a safety rule`}</p>
          <ScaleBar label="Pressure" value={line.pressure} cap={cap} onChange={(pressure) => set({ pressure })} />
        </div>
        <div>
          <p className={cx(u.tiny, u.muted)}>Tender before</p>
          <ScaleBar label="Tender before" value={line.before} onChange={(before) => set({ before })} />
        </div>
        <div>
          <p className={cx(u.tiny, u.muted)}>Tender after, mark shows before</p>
          <ScaleBar label="Tender after" value={line.after} was={line.before} onChange={(after) => set({ after })} />
        </div>
      </div>
      <div className={cx(u.row, u.stay, css.found)}>
        <div className={cx(u.row, u.tight, css.chips, u.grow)} role="group" aria-label="Found here">
          {quick.map(({ kind, grade, name }) => (
            <button
              key={kind}
              type="button"
              className={u.pick}
              aria-pressed={here.some((one) => one.kind === kind)}
              onClick={() => onFind(line, kind, grade)}
            >
              {name}
            </button>
          ))}
        </div>
        <ActionIcon aria-label={`Remove ${siteText(line.site)}`} onClick={() => onRemove(line.id)}>
          <IconTrash size={20} />
        </ActionIcon>
      </div>
    </>
  );
}
