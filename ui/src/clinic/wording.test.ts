// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { readOverclaims, replaceSentence } from './wording';

const at = (text: string, phrase: string) => ({
  claim: 'toxins',
  phrase,
  start: [...text.slice(0, text.indexOf(phrase))].length,
  length: [...phrase].length,
  say: 'Massage does not remove toxins.',
});
const put = (text: string, phrase: string) => replaceSentence(text, at(text, phrase));

describe('honest wording', () => {
  it('reads what was found', () => {
    const match = {
      name: 'match',
      part: [
        { name: 'claim', valueCode: 'toxins' },
        { name: 'phrase', valueString: 'flushes toxins' },
        { name: 'start', valueInteger: 3 },
        { name: 'length', valueInteger: 14 },
        { name: 'say', valueString: 'Massage does not remove toxins.' },
      ],
    };
    expect(readOverclaims({ resourceType: 'Parameters', parameter: [match] })).toEqual([
      at('It flushes toxins.', 'flushes toxins'),
    ]);
    expect(readOverclaims({ resourceType: 'Parameters' })).toEqual([]);
  });

  it('puts one sentence right and leaves the others', () => {
    expect(put('Well done. It flushes toxins from you! See you.', 'flushes toxins')).toBe(
      'Well done. Massage does not remove toxins. See you.',
    );
    expect(put('It flushes toxins', 'flushes toxins')).toBe('Massage does not remove toxins.');
    expect(put('Dear Ana\nit flushes toxins\nBye', 'flushes toxins')).toBe(
      'Dear Ana\nMassage does not remove toxins.\nBye',
    );
  });

  it('counts characters, and takes no end of a number for the end of a sentence', () => {
    expect(put('😀 Hi. In 1.5 h it flushes toxins. 😀', 'flushes toxins')).toBe(
      '😀 Hi. Massage does not remove toxins. 😀',
    );
    expect(put('Flushes toxins!', 'Flushes toxins!')).toBe('Massage does not remove toxins.');
  });
});
