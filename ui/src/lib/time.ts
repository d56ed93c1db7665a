// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Dates and times as the clinic reads them. The clinic's time zone is not the browser's, so nothing here uses the
// browser's own calendar: a day is "2026-11-23", a time "10:30", an instant carries the clinic's offset.

export type Day = string;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(options: Intl.DateTimeFormatOptions, locale = 'en-GB') {
  const name = locale + JSON.stringify(options);
  let found = formats.get(name);
  if (!found) formats.set(name, (found = new Intl.DateTimeFormat(locale, options)));
  return found;
}

function fields(instant: Date, timeZone: string) {
  const parts = format(
    {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    },
    'en-CA',
  ).formatToParts(instant);
  return Object.fromEntries(parts.map((part) => [part.type, part.value])) as Record<string, string>;
}

/** The calendar day of an instant in the clinic. */
export function dayOf(instant: Date | string, zone: string): Day {
  const f = fields(new Date(instant), zone);
  return `${f.year}-${f.month}-${f.day}`;
}

/** "10:30" in the clinic. */
export function timeOf(instant: Date | string, zone: string): string {
  const f = fields(new Date(instant), zone);
  return `${f.hour}:${f.minute}`;
}

/** Minutes since the clinic's midnight, by the clock on the wall. */
export function minutesOf(instant: Date | string, zone: string): number {
  const f = fields(new Date(instant), zone);
  return Number(f.hour) * 60 + Number(f.minute);
}

export const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function offsetMinutes(instant: Date, zone: string): number {
  const f = fields(instant, zone);
  const wall = Date.UTC(+f.year!, +f.month! - 1, +f.day!, +f.hour!, +f.minute!, +f.second!);
  return Math.round((wall - Math.floor(instant.getTime() / 1000) * 1000) / 60000);
}

/** "2026-11-23T10:30:00-05:00": an instant written with the clinic's offset. */
export function writeInstant(instant: Date, zone: string): string {
  const offset = offsetMinutes(instant, zone);
  const wall = new Date(instant.getTime() + offset * 60000).toISOString().slice(0, 19);
  const sign = offset < 0 ? '-' : '+';
  return `${wall}${sign}${clock(Math.abs(offset))}`;
}

/** The instant at which the clinic's clock shows `time` on `day`. A time that the clock skips is read an hour later. */
export function instantAt(day: Day, time: string, zone: string): string {
  const wall = Date.parse(`${day}T${time.padEnd(5, '0')}:00Z`);
  const halfDay = 12 * 3600_000;
  const offsets = [wall - halfDay, wall + halfDay].map((near) => offsetMinutes(new Date(near), zone));
  const fits = (offset: number) => offsetMinutes(new Date(wall - offset * 60000), zone) === offset;
  const offset = offsets.find(fits) ?? offsets[0]!;
  return writeInstant(new Date(wall - offset * 60000), zone);
}

export const today = (zone: string, now = new Date()): Day => dayOf(now, zone);

/** Calendar arithmetic needs no zone: a day is a day. */
export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export const daysBetween = (from: Day, to: Day) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86400000);

const calendar = (day: Day, options: Intl.DateTimeFormatOptions) =>
  format({ ...options, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));

/** "Monday 23 November", with the year when it is not this one. */
export function longDay(day: Day, now: Day): string {
  const year = day.slice(0, 4) === now.slice(0, 4) ? undefined : 'numeric';
  return calendar(day, { weekday: 'long', day: 'numeric', month: 'long', year }).replace(',', '');
}

/** "23 Nov", or "23 Nov 2025" when the year is not this one. */
export function shortDay(day: Day, now: Day): string {
  const year = day.slice(0, 4) === now.slice(0, 4) ? undefined : 'numeric';
  // British English writes "Sept"; three letters each keep columns and axes even.
  return calendar(day, { day: 'numeric', month: 'short', year }).replace('Sept', 'Sep');
}

/** FHIR's code of the weekday: "mon". */
export const weekday = (day: Day) => calendar(day, { weekday: 'short' }).toLowerCase().slice(0, 3);

/** Whole years at `on`; a partial birth date is read at its earliest. */
export function age(birthDate: string | undefined, on: Day): number | undefined {
  if (!birthDate) return undefined;
  const full = birthDate.length === 4 ? `${birthDate}-01-01` : birthDate.length === 7 ? `${birthDate}-01` : birthDate;
  const years = Number(on.slice(0, 4)) - Number(full.slice(0, 4));
  return on.slice(5) < full.slice(5) ? years - 1 : years;
}
