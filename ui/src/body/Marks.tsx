// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Marks on the figure: a trigger point where it was put, with a dotted ring; other findings as a small diamond.
import type { Finding } from '../clinic/findings';
import css from './body.module.css';
import { sheets, type View } from './map';

/** Where a finding is drawn in this view: where it was put, else on the middle of its muscle. */
function spotOf(finding: Finding, view: View): { x: number; y: number } | undefined {
  if (finding.spot) return finding.spot.view === view ? finding.spot : undefined;
  return [...sheets[view].surface, ...sheets[view].deep].find((s) => s.site === finding.site.key)?.at;
}

export function Marks({ view, findings, size }: { view: View; findings: Finding[]; size: number }) {
  const r = size * 0.8;
  return (
    <g className={css.marks} aria-hidden>
      {findings.map((finding) => {
        const at = spotOf(finding, view);
        if (!at) return null;
        if (finding.kind !== 'trigger-point')
          return (
            <path
              key={finding.id}
              className={css.found}
              d={`M${at.x} ${at.y - r}L${at.x + r} ${at.y}L${at.x} ${at.y + r}L${at.x - r} ${at.y}Z`}
            />
          );
        const arm = r * 0.45;
        return (
          <g key={finding.id} className={css.trigger}>
            {finding.referral && <circle className={css.refers} cx={at.x} cy={at.y} r={r * 2.4} />}
            <circle cx={at.x} cy={at.y} r={r} />
            <path
              d={`M${at.x - arm} ${at.y - arm}L${at.x + arm} ${at.y + arm}M${at.x + arm} ${at.y - arm}L${at.x - arm} ${at.y + arm}`}
            />
          </g>
        );
      })}
    </g>
  );
}
