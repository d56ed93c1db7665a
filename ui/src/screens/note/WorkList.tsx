// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What was worked on, one line a place: technique, minutes, pressure, tenderness before and after. The open one edits.
import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconChevronDown, IconTrash } from '@tabler/icons-react';
import type { Concept } from '../../app/queries';
import { plainName, siteText, type Site, type Work } from '../../clinic/work';
import { against, type Issue } from '../../fhir/screening';
import { cx } from '../../lib/text';
import { ScaleBar } from '../../shared/ScaleBar';
import { Stepper } from '../../shared/Stepper';
import u from '../../styles/u.module.css';
import { TechniquePicker } from './TechniquePicker';
import css from './work.module.css';

type Props = {
  work: Work[];
  techniques: Concept[];
  cap: number;
  issues: Issue[];
  regionOf: (site: Site) => string | undefined;
  active: string | null;
  onActive: (id: string | null) => void;
  onChange: (line: Work) => void;
  onRemove: (id: string) => void;
};

export function WorkList(props: Props) {
  const { work, active, onActive } = props;
  return (
    <section className={cx(u.card, css.list)} aria-labelledby="worked">
      <div className={cx(u.row, u.between)}>
        <h2 id="worked">Worked on</h2>
        {work.some((line) => line.copied) && (
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

type LineProps = Props & { line: Work; used: string[]; open: boolean; onOpen: () => void };

function Line({ line, used, open, onOpen, techniques, cap, issues, regionOf, onChange, onRemove }: LineProps) {
  const set = (part: Partial<Work>) => onChange({ ...line, ...part });
  const warnings = against(issues, line.technique, regionOf(line.site));
  const tender = line.before !== null || line.after !== null;
  return (
    <li className={css.chip} data-copied={line.copied || undefined} data-site={line.site.key}>
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
        {warnings.length > 0 && (
          <IconAlertTriangle size={18} role="img" aria-label="Against a safety rule" className={css.warn} />
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
      {open && (
        <div className={css.edit}>
          {warnings.map((issue) => (
            <p key={issue.rule} className={css.warning} data-tone="hold">
              <b>{issue.name}:</b> {issue.action}
            </p>
          ))}
          <TechniquePicker
            value={line.technique}
            used={used}
            all={techniques}
            onChange={(to) => set({ technique: to.code, techniqueName: to.name })}
          />
          <div className={css.grid}>
            <div>
              <p className={cx(u.tiny, u.muted)}>Minutes</p>
              <Stepper
                label="Minutes"
                unit="min"
                value={line.minutes}
                min={1}
                max={90}
                onChange={(minutes) => set({ minutes })}
              />
            </div>
            <div>
              <p className={cx(u.tiny, u.muted)}>Pressure{cap < 10 && `, capped at ${cap} by a safety rule`}</p>
              <ScaleBar label="Pressure" value={line.pressure} cap={cap} onChange={(pressure) => set({ pressure })} />
            </div>
            <div className={css.half}>
              <p className={cx(u.tiny, u.muted)}>Tender before</p>
              <ScaleBar label="Tender before" value={line.before} onChange={(before) => set({ before })} />
            </div>
            <div className={css.half}>
              <p className={cx(u.tiny, u.muted)}>Tender after, mark shows before</p>
              <ScaleBar
                label="Tender after"
                value={line.after}
                was={line.before}
                onChange={(after) => set({ after })}
              />
            </div>
          </div>
          <div className={css.remove}>
            <ActionIcon aria-label={`Remove ${siteText(line.site)}`} onClick={() => onRemove(line.id)}>
              <IconTrash size={20} />
            </ActionIcon>
          </div>
        </div>
      )}
    </li>
  );
}
