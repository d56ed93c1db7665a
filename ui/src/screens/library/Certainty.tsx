// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How sure one can be that something is true: four dots and words, or that it is contradicted or without a source.
import { claimWords } from '../../clinic/evidence';
import { Grade } from '../../shared/Grade';
import { Tag } from '../../shared/Tag';

export function Certainty({ grade }: { grade: string }) {
  const words = claimWords[grade];
  return words ? <Tag tone={grade === 'contradicted' ? 'hold' : 'plain'}>{words}</Tag> : <Grade grade={grade} />;
}
