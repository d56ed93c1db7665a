// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a text claims too much, as POST $check-wording finds it, and the sentence put right (docs/api.md#operations).

export type Overclaim = {
  claim: string;
  phrase: string;
  /** Counted in Unicode characters, not in the units of a JavaScript string. */
  start: number;
  length: number;
  say: string;
};

export function readOverclaims(answer: fhir4.Parameters): Overclaim[] {
  return (answer.parameter ?? [])
    .filter((parameter) => parameter.name === 'match')
    .map((match) => {
      const part = (name: string) => match.part?.find((one) => one.name === name);
      return {
        claim: part('claim')?.valueCode ?? '',
        phrase: part('phrase')?.valueString ?? '',
        start: part('start')?.valueInteger ?? 0,
        length: part('length')?.valueInteger ?? 0,
        say: part('say')?.valueString ?? '',
      };
    });
}

/** The text with the honest sentence in the place of the one that claims too much; the rest stays as it is. */
export function replaceSentence(text: string, found: Overclaim): string {
  const letters = [...text];
  const ends = (at: number) =>
    letters[at] === '\n' || (/[.!?]/.test(letters[at]!) && (at + 1 === letters.length || /\s/.test(letters[at + 1]!)));
  let from = found.start;
  while (from > 0 && !ends(from - 1)) from -= 1;
  while (from < found.start && /\s/.test(letters[from]!)) from += 1;
  let to = found.start + found.length - 1;
  while (to < letters.length && !ends(to)) to += 1;
  if (letters[to] !== '\n') to += 1;
  return [...letters.slice(0, from), found.say, ...letters.slice(to)].join('');
}
