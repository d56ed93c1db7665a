// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How sure one can be of a statement: four dots and words, never dots alone.
import { gradeOf } from '../clinic/plan';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import css from './grade.module.css';

export function Grade({ grade }: { grade: string }) {
  const known = gradeOf(grade);
  if (!known) return <span className={cx(u.tag)} data-tone="plain">{grade || 'Convention'}</span>;
  return (
    <span className={css.grade}>
      <span aria-hidden className={css.dots}>
        {[1, 2, 3, 4].map((n) => (
          <i key={n} data-on={n <= known.dots || undefined} />
        ))}
      </span>
      {known.word}
    </span>
  );
}
