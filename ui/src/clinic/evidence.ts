// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The answer of $evidence: each claim of the field with what research says of it and what the practice measured itself.
import type { Source } from './library';

export type OwnChange = {
  measure: string;
  name: string;
  lowerIsBetter: boolean;
  /** null where fewer than five patients were measured twice. */
  change: { patients: number; mean: number; low: number; high: number; improved30: number; improved70: number } | null;
};
export type ClaimEvidence = {
  id: string;
  claim: string;
  finding: string;
  effect: string;
  certainty: string;
  say: string;
  sources: Source[];
  own: OwnChange[];
};
export type Evidence = { warning: string; claims: ClaimEvidence[] };

type Part = fhir4.ParametersParameter;
const part = (of: Part, name: string) => of.part?.find((one) => one.name === name);
const text = (of: Part, name: string) => part(of, name)?.valueString ?? part(of, name)?.valueCode ?? '';
const number = (of: Part, name: string) => part(of, name)?.valueDecimal ?? part(of, name)?.valueInteger ?? 0;

const notRead = '(not re-read in a source)';

function readOwn(own: Part): OwnChange {
  return {
    measure: text(own, 'measure'),
    name: text(own, 'name'),
    lowerIsBetter: text(own, 'direction') !== 'higher-better',
    change: part(own, 'tooFew')?.valueBoolean
      ? null
      : {
          patients: number(own, 'patients'),
          mean: number(own, 'change'),
          low: number(own, 'low'),
          high: number(own, 'high'),
          improved30: number(own, 'improved30'),
          improved70: number(own, 'improved70'),
        },
  };
}

export function readEvidence(answer: fhir4.Parameters): Evidence {
  const all = answer.parameter ?? [];
  return {
    warning: all.find((one) => one.name === 'warning')?.valueString ?? '',
    claims: all
      .filter((one) => one.name === 'claim')
      .map((claim) => ({
        id: text(claim, 'id'),
        claim: text(claim, 'claim'),
        finding: text(claim, 'finding'),
        effect: text(claim, 'effect'),
        certainty: text(claim, 'certainty'),
        say: text(claim, 'say'),
        sources: (claim.part ?? [])
          .filter((one) => one.name === 'source')
          .map((one) => ({ text: one.valueString ?? '', read: !one.valueString?.endsWith(notRead) })),
        own: (claim.part ?? []).filter((one) => one.name === 'own').map(readOwn),
      })),
  };
}

/** How sure one can be that a claim is true as it is made, in words; beyond the four grades. */
export const claimWords: Record<string, string> = {
  contradicted: 'Research contradicts it',
  no_source: 'Citation missing: no source was found',
};

/** "3.4 points lower on average (95 % interval 1.2 to 5.6), 23 patients": the sign in words. */
export function changeWords({ lowerIsBetter, change }: OwnChange): string {
  if (!change) return 'Fewer than 5 patients were measured twice';
  const better = lowerIsBetter ? change.mean < 0 : change.mean > 0;
  const size = Math.abs(change.mean).toFixed(1);
  const [a, b] = [change.low, change.high].map((edge) => edge.toFixed(1).replace('-', '−'));
  const way = change.mean === 0 ? 'no change' : `${size} points ${change.mean < 0 ? 'lower' : 'higher'} (${better ? 'better' : 'worse'})`;
  return `${way}; 95 % interval ${a} to ${b}; ${change.patients} patients`;
}
