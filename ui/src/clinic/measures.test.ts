// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import {
  dueWords,
  licenceWords,
  plainWords,
  rangeWords,
  readMeasures,
  thresholdWords,
  verdictOf,
  type Measure,
} from './measures';
import { rangeOf, smallPlot, spanOf } from './smallPlot';

type Part = fhir4.ParametersParameter;
const point = (at: string, value: number): Part => ({
  name: 'point',
  part: [
    { name: 'at', valueDateTime: at },
    { name: 'value', valueDecimal: value },
    { name: 'ref', valueReference: { reference: `Observation/${at}` } },
  ],
});
const rmdq: Part = {
  name: 'measure',
  part: [
    { name: 'code', valueCode: 'rmdq' },
    { name: 'name', valueString: 'Roland-Morris' },
    { name: 'low', valueDecimal: 0 },
    { name: 'high', valueDecimal: 24 },
    { name: 'direction', valueCode: 'lower_better' },
    { name: 'entry', valueCode: 'form' },
    { name: 'questionnaire', valueUri: 'https://tripsis.org/fhir/Questionnaire/rmdq|1' },
    { name: 'due', valueDate: '2026-11-12' },
    { name: 'reason', valueString: 'review at visit 4' },
    { name: 'clear', valueDecimal: 5 },
    { name: 'clearSource', valueString: 'Ostelo 2008' },
    point('2026-11-20T23:30:00-05:00', 8),
    point('2026-10-01T10:00:00-04:00', 14),
    { name: 'judgement', valueCode: 'meaningful' },
    { name: 'change', valueDecimal: -6 },
    { name: 'percent', valueInteger: -43 },
  ],
};
const read = (...measures: Part[]) =>
  readMeasures({ resourceType: 'Parameters', parameter: measures }, 'America/New_York');
const measure = (part: Partial<Measure> = {}): Measure => ({ ...read(rmdq)[0]!, ...part });

describe('measures', () => {
  it('are read with their points in order and the days of the clinic', () => {
    const [one] = read(rmdq);
    expect(one).toMatchObject({ code: 'rmdq', form: 'rmdq', due: '2026-11-12', better: 'lower', percent: -43 });
    expect(one!.points.map((p) => [p.day, p.value])).toEqual([
      ['2026-10-01', 14],
      ['2026-11-20', 8],
    ]);
  });
  it('leave out a point without a value, and other parameters', () => {
    const empty = { name: 'point', part: [{ name: 'at', valueDateTime: '2026-10-01' }] };
    const [one, two] = read({ name: 'note', valueString: 'x' }, { name: 'measure', part: [empty] });
    expect(one!.points).toEqual([]);
    expect(two).toBeUndefined();
  });
  it('say what the change amounts to, raw and in percent, and which way it goes', () => {
    expect(verdictOf(measure())).toEqual({ word: 'Meaningful change', text: '−6 (−43 %)', tone: 'ok' });
    expect(verdictOf(measure({ change: 6, percent: 43 }))).toMatchObject({
      word: 'Meaningful change, for the worse',
      text: '+6 (+43 %)',
      tone: 'hold',
    });
    expect(verdictOf(measure({ judgement: 'possible' }))).toMatchObject({ word: 'Possible change', tone: 'plain' });
    expect(verdictOf(measure({ judgement: 'no-clear-change', change: 0, percent: undefined }))).toEqual({
      word: 'No clear change',
      text: '±0',
      tone: 'plain',
    });
    expect(verdictOf(measure({ judgement: undefined }))!.text).toContain('no threshold is known');
    expect(verdictOf(measure({ points: measure().points.slice(0, 1) }))).toBeNull();
  });
  it('say the same to the person who was measured, and claim no more than the judgement', () => {
    const now = '2026-11-27';
    expect(plainWords(measure(), now)).toBe('From 14 on 1 Oct to 8 on 20 Nov: a change that most people notice.');
    expect(plainWords(measure({ judgement: 'no-clear-change' }), now)).toContain('too small a change to tell');
    expect(plainWords(measure({ judgement: 'possible' }), now)).toContain('perhaps chance');
    expect(plainWords(measure({ change: 6 }), now)).toContain('please tell your therapist');
    expect(plainWords(measure({ better: undefined }), now)).toBe('From 14 on 1 Oct to 8 on 20 Nov.');
    expect(plainWords(measure({ points: measure().points.slice(1) }), now)).toContain('A second value');
  });
  it('say range, direction, threshold and why they are due', () => {
    expect(rangeWords(measure())).toBe('0 to 24, lower is better');
    expect(rangeWords(measure({ low: undefined, unit: 'kPa', better: 'higher' }))).toBe('kPa, higher is better');
    expect(thresholdWords(measure())).toBe(
      'A change of 5 points from the first value is called meaningful. Source: Ostelo 2008',
    );
    expect(thresholdWords(measure({ noise: 3.25 }))).toContain('Up to 3.3 points may be measurement error.');
    expect(thresholdWords(measure({ clear: undefined, noise: 5 }))).toBe(
      'No source says from where on a change of this measure matters to people. Up to 5 points may be measurement error.',
    );
    expect(rangeWords(measure({ low: 0, high: 200, unit: 'degrees', norm: { value: 60, low: 60, high: 80 } }))).toBe(
      '0 to 200 degrees, norm of adults 60 (60 to 80), lower is better',
    );
    expect(dueWords(measure({ due: undefined }), '2026-11-27')).toBe(
      'With a visit that is not booked yet: review at visit 4',
    );
    expect(dueWords(measure(), '2026-11-27')).toBe('Due since 12 Nov, because: review at visit 4');
    expect(dueWords(measure({ reason: undefined }), '2026-11-12')).toBe('Due today');
  });
  it('say why a wording is not shown', () => {
    expect(licenceWords(measure())).toBeUndefined();
    expect(licenceWords(measure({ entry: 'score', licence: 'needs-permission' }))).toContain('owner has to permit');
    expect(licenceWords(measure({ entry: 'score', licence: 'free' }))).toBeUndefined();
    expect(licenceWords(measure({ entry: 'score', licence: 'unknown-verify' }))).toContain('not been verified');
  });
});

describe('small plots', () => {
  const frame = { width: 200, height: 104, left: 30, right: 10, top: 8, bottom: 20 };
  const span = spanOf([measure()], '2026-11-27');
  it('share the weeks, four at least', () => {
    expect(span).toEqual({ from: '2026-10-01', to: '2026-11-27' });
    expect(spanOf([measure({ points: [] })], '2026-11-27')).toEqual({ from: '2026-10-30', to: '2026-11-27' });
  });
  it('draw the threshold on the better side of the first value', () => {
    const lower = smallPlot(measure(), span, frame);
    expect(lower.clearY).toBe(lower.y(9));
    const higher = smallPlot(measure({ better: 'higher' }), span, frame);
    expect(higher.clearY).toBe(higher.y(19));
    expect(smallPlot(measure({ clear: 20 }), span, frame).clearY).toBeUndefined();
    expect(smallPlot(measure({ clear: undefined }), span, frame).band).toBeUndefined();
    const noisy = smallPlot(measure({ clear: undefined, noise: 3 }), span, frame);
    expect([noisy.clearY, noisy.band?.bottom]).toEqual([undefined, noisy.y(11)]);
  });
  it('dash the line over a long gap, and draw a single value as a dot', () => {
    const plot = smallPlot(measure(), span, frame);
    expect(plot.stretches).toHaveLength(1);
    expect(plot.stretches[0]!.far).toBe(true);
    expect([plot.dots[0]!.x, plot.dots[0]!.y]).toEqual([30, plot.y(14)]);
    const one = smallPlot(measure({ points: measure().points.slice(0, 1) }), span, frame);
    expect([one.dots.length, one.stretches.length]).toEqual([1, 0]);
  });
  it('take the range of the values where the instrument has none, or they lie beyond it', () => {
    const [low, high] = rangeOf(measure({ low: undefined, high: undefined }));
    expect(low).toBeLessThan(8);
    expect(high).toBeGreaterThan(19);
    expect(rangeOf(measure({ high: 12 }))).toEqual([0, 14]);
  });
});
