// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The clinic's calendar: offsets, the two nights a year on which the clock is changed, and the words for days.
import { describe, expect, it } from 'vitest';
import {
  addDays,
  age,
  clock,
  daysBetween,
  dayOf,
  instantAt,
  longDay,
  minutesOf,
  shortDay,
  timeOf,
  weekday,
  writeInstant,
} from './time';

const newYork = 'America/New_York';

describe('instants of the clinic', () => {
  it('writes the offset of the day, not of today', () => {
    expect(instantAt('2026-11-23', '10:30', newYork)).toBe('2026-11-23T10:30:00-05:00');
    expect(instantAt('2026-07-01', '10:30', newYork)).toBe('2026-07-01T10:30:00-04:00');
    expect(instantAt('2026-07-01', '10:30', 'Asia/Kolkata')).toBe('2026-07-01T10:30:00+05:30');
    expect(instantAt('2026-07-01', '10:30', 'UTC')).toBe('2026-07-01T10:30:00+00:00');
  });
  it('reads a time that the clock skips an hour later', () => {
    expect(instantAt('2026-03-08', '02:30', newYork)).toBe('2026-03-08T03:30:00-04:00');
  });
  it('takes one of the two instants of a time that comes twice', () => {
    const instant = instantAt('2026-11-01', '01:30', newYork);
    expect(timeOf(instant, newYork)).toBe('01:30');
    expect(dayOf(instant, newYork)).toBe('2026-11-01');
  });
  it('goes back and forth', () => {
    for (const time of ['00:00', '08:15', '12:00', '23:45']) {
      expect(timeOf(instantAt('2026-02-28', time, newYork), newYork)).toBe(time);
    }
    expect(writeInstant(new Date('2026-11-23T15:30:00Z'), newYork)).toBe('2026-11-23T10:30:00-05:00');
  });
  it('takes the day from the clinic, not from the browser', () => {
    expect(dayOf('2026-11-24T03:00:00Z', newYork)).toBe('2026-11-23');
    expect(minutesOf('2026-11-23T15:30:00Z', newYork)).toBe(630);
    expect(clock(630)).toBe('10:30');
  });
});

describe('days', () => {
  it('counts over months, leap years and clock changes', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-10-31', '2026-11-02')).toBe(2);
  });
  it('says them', () => {
    expect(longDay('2026-11-23', '2026-11-22')).toBe('Monday 23 November');
    expect(longDay('2025-11-23', '2026-11-22')).toBe('Sunday 23 November 2025');
    expect(shortDay('2026-11-03', '2026-11-22')).toBe('3 Nov');
    expect(shortDay('2025-09-05', '2026-11-22')).toBe('5 Sep 2025');
    expect(weekday('2026-11-23')).toBe('mon');
  });
  it('tells the age on a day', () => {
    expect(age('1974-11-23', '2026-11-22')).toBe(51);
    expect(age('1974-11-23', '2026-11-23')).toBe(52);
    expect(age('1974', '2026-11-23')).toBe(52);
    expect(age(undefined, '2026-11-23')).toBeUndefined();
  });
});
