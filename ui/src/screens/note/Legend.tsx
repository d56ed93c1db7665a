// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the marks on the map mean, as far as some are in view; and why a hatched place was not taken.
import { inView, sheets, type Part, type View } from '../../body/map';
import { siteText, type Site } from '../../clinic/work';
import { cx } from '../../lib/text';
import u from '../../styles/u.module.css';
import css from './map.module.css';
import type { Barred } from './useLimits';
import type { NoteState } from './useNote';

type Props = { view: View; part: Part; note: NoteState; barred: Barred; refused: Site | null };

export function Legend({ view, part, note, barred, refused }: Props) {
  const seen = inView([...sheets[view].surface, ...sheets[view].deep], part.box);
  const here = new Set(seen.map((shape) => shape.site));
  const reasons = [...new Set(seen.flatMap((shape) => barred.get(shape.site)?.map((bar) => bar.text) ?? []))];
  const found = note.draft.findings.filter((one) => here.has(one.site.key));
  const triggers = found.filter((one) => one.kind === 'trigger-point');
  if (refused)
    return (
      <p className={cx(u.small, css.refused)} role="alert">
        <b>{siteText(refused)} is left out today.</b>{' '}
        {barred
          .get(refused.key)
          ?.map((bar) => bar.text)
          .join(' ')}
      </p>
    );
  if (!reasons.length && !found.length) return null;
  return (
    <div className={cx(u.tiny, css.legend)}>
      {triggers.length > 0 && (
        <span>
          <i className={css.keyTrigger} aria-hidden />
          Trigger point
        </span>
      )}
      {triggers.some((one) => one.referral) && (
        <span>
          <i className={css.keyRefers} aria-hidden />
          Refers
        </span>
      )}
      {found.length > triggers.length && (
        <span>
          <i className={css.keyFound} aria-hidden />
          Other finding
        </span>
      )}
      {reasons.map((reason) => (
        <span key={reason}>
          <i className={css.keyAvoid} aria-hidden />
          {reason}
        </span>
      ))}
    </div>
  );
}
