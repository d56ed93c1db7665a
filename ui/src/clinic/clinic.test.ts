// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The pure parts of the screens: the sentence, the plot, the day, bookings, referrals, forms, screening.
import { describe, expect, it } from 'vitest';
import { systems } from '../fhir/canonical';
import { describe as describeError, withoutComputed } from '../fhir/client';
import { initials, key, personName } from '../fhir/read';
import { against, pressureCap, readScreening, type Issue } from '../fhir/screening';
import { uuidv7 } from '../lib/uuid';
import { assessment } from './assessment';
import { bookedSpans, bookingOf, firstFree, minutesOfService } from './booking';
import { ratingsOf, type Rating } from './chart';
import { closedHours, needs, openHours, readDay, type Visit } from './day';
import { plot, plotSentence, verdict } from './plot';
import { icd10Problem, npiProblem, referralOf } from './referral';
import { makeSite, plainName, siteText, type Work } from './work';

const zone = 'America/New_York';
const line = (over: Partial<Work>): Work => ({
  id: 'x',
  site: makeSite('muscle', 'trapezius_upper', 'left', 'Trapezius, upper'),
  technique: 'effleurage',
  techniqueName: 'Effleurage',
  minutes: 10,
  pressure: 3,
  before: null,
  after: null,
  ...over,
});

describe('the assessment sentence', () => {
  it('says what was entered and nothing else', () => {
    expect(assessment([], { before: null, after: null })).toBe('');
    expect(assessment([], { before: 5, after: 3 })).toBe('Pain fell from 5 to 3 of 10.');
    expect(assessment([line({})], { before: null, after: null })).toBe(
      '10 minutes on 1 place. Pressure stayed at 3 of 10 or less.',
    );
  });
  it('names the most tender place and adds the minutes', () => {
    const work = [line({ before: 7, after: 3, pressure: 4 }), line({ id: 'y', before: 4, minutes: 15 })];
    expect(assessment(work, { before: 5, after: 6 })).toBe(
      'Left upper trapezius was the most tender, 7 before and 3 after. ' +
        'Pain rose from 5 to 6 of 10, with 25 minutes on 1 place. Pressure stayed at 4 of 10 or less.',
    );
  });
  it('says places as one says them', () => {
    expect(plainName('Trapezius, upper')).toBe('Upper trapezius');
    expect(plainName('Iliopsoas (psoas major, iliacus)')).toBe('Iliopsoas');
    expect(siteText(makeSite('muscle', 'diaphragm', 'midline', 'Diaphragm'))).toBe('Diaphragm');
  });
});

const rate = (day: string, value: number): Rating => ({ day, value, at: `${day}T10:00:00-05:00`, id: day });
const frame = { width: 600, height: 248, left: 28, right: 12, top: 10, bottom: 26 };

describe('the outcome plot', () => {
  const ratings = [rate('2026-10-12', 7), rate('2026-11-02', 6), rate('2026-11-23', 5)];
  it('spreads time from the first rating to today', () => {
    const { points, todayX, clear } = plot(ratings, '2026-11-23', frame);
    expect(points.map((p) => Math.round(p.x))).toEqual([28, 308, 588]);
    expect(todayX).toBe(588);
    expect(clear).toBe(5);
    expect(points[0]!.y).toBeLessThan(points[2]!.y);
  });
  it('shows four weeks when there is less', () => {
    const { points } = plot([rate('2026-11-22', 4), rate('2026-11-23', 5)], '2026-11-23', frame);
    expect(Math.round(points[0]!.x)).toBe(568);
  });
  it('works without ratings, with one, and with one after today', () => {
    expect(plot([], '2026-11-23', frame).clear).toBeNull();
    expect(plot([rate('2026-11-23', 1)], '2026-11-23', frame).clear).toBeNull();
    const { points, todayX } = plot([rate('2026-10-01', 4), rate('2026-11-24', 4)], '2026-11-23', frame);
    expect(todayX).toBeLessThan(points[1]!.x);
  });
  it('keeps the dates apart', () => {
    for (const width of [300, 390, 600, 900]) {
      const { ticks } = plot(ratings, '2026-11-23', { ...frame, width });
      const xs = ticks.map((t) => t.x).sort((a, b) => a - b);
      expect(Math.min(...xs.slice(1).map((x, i) => x - xs[i]!))).toBeGreaterThan(48);
      expect(ticks.filter((t) => t.now)).toHaveLength(1);
    }
  });
  it('says it in words', () => {
    expect(plotSentence(ratings, 3)).toBe(
      'Pain from 0 to 10. 3 ratings, first 7, now 5. A clear change is 5 or less. The goal is 3 or less.',
    );
    expect(plotSentence([], undefined)).toBe('Pain from 0 to 10. No ratings yet.');
  });
  it('calls two points a clear change and less too small to tell', () => {
    const from = (a: number, b: number) => verdict([rate('2026-10-12', a), rate('2026-11-23', b)])!.word;
    expect([from(7, 5), from(7, 6), from(5, 5), from(5, 7)]).toEqual([
      'Clear change',
      'Too small to tell',
      'Too small to tell',
      'Clearly worse',
    ]);
    expect(verdict([rate('2026-10-12', 7)])).toBeNull();
  });
  it('leaves out ratings from straight after the hands, and those entered in error', () => {
    const observation = (id: string, code: string | null, value: number, status = 'final') =>
      ({
        resourceType: 'Observation',
        id,
        status,
        code: {
          coding: [...(code ? [{ system: systems.measure, code }] : []), { system: systems.loinc, code: '72514-3' }],
        },
        effectiveDateTime: '2026-11-23T10:00:00-05:00',
        valueInteger: value,
      }) as fhir4.Observation & { id: string };
    const found = ratingsOf(
      [
        observation('a', 'nprs-before', 6),
        observation('b', 'nprs-after', 2),
        observation('c', null, 5),
        observation('d', null, 9, 'entered-in-error'),
      ],
      zone,
    );
    expect(found.map((r) => r.value)).toEqual([6, 5]);
  });
});

const dayBundle: fhir4.Bundle<fhir4.FhirResource> = {
  resourceType: 'Bundle',
  type: 'searchset',
  entry: [
    {
      resource: {
        resourceType: 'Appointment',
        id: 'a',
        meta: { tag: [{ system: systems.screening, code: 'stop' }] },
        status: 'booked',
        serviceType: [{ coding: [{ system: systems.service, code: 'treatment-60' }] }],
        start: '2026-11-23T10:30:00-05:00',
        end: '2026-11-23T11:30:00-05:00',
        participant: [
          { actor: { reference: 'Patient/p' }, status: 'accepted' },
          { actor: { reference: 'http://clinic/fhir/R4/Practitioner/ml' }, status: 'accepted' },
          { actor: { reference: 'Location/r' }, status: 'accepted' },
        ],
      },
    },
    { resource: { resourceType: 'Patient', id: 'p', name: [{ family: 'Holm', given: ['Karin'] }] } },
    { resource: { resourceType: 'Practitioner', id: 'ml', name: [{ family: 'Lind', given: ['Maya'] }] } },
    { resource: { resourceType: 'Practitioner', id: 'jo', name: [{ family: 'Okafor', given: ['Jon'] }] } },
    { resource: { resourceType: 'PractitionerRole', id: 'rm', practitioner: { reference: 'Practitioner/ml' } } },
    { resource: { resourceType: 'PractitionerRole', id: 'rj', practitioner: { reference: 'Practitioner/jo' } } },
    { resource: { resourceType: 'Location', id: 'r', name: 'Room 1' } },
  ],
};

describe('the day', () => {
  const plan = readDay(dayBundle, '2026-11-23', zone, 'Practitioner/ml');
  const [visit] = plan.visits as [Visit];
  it('reads a visit with its people, place and decision', () => {
    expect(visit).toMatchObject({ who: 'Karin Holm', start: 630, end: 690, decision: 'stop', state: 'booked' });
    expect(visit).toMatchObject({ therapist: 'Practitioner/ml', therapistName: 'Maya Lind', roomName: 'Room 1' });
    expect([plan.from, plan.to]).toEqual([480, 1080]);
  });
  it('draws empty columns too, mine first', () => {
    expect(plan.therapists.map((t) => t.name)).toEqual(['Maya Lind', 'Jon Okafor']);
    expect(plan.rooms.map((r) => r.name)).toEqual(['Room 1']);
  });
  it('puts a stop before a note that is missing, and names each visit once', () => {
    const late: Visit = { ...visit, id: 'b', decision: 'none' };
    expect(needs([late, visit], 700, false).map((n) => [n.visit.id, n.tone])).toEqual([
      ['a', 'stop'],
      ['b', 'info'],
    ]);
    expect(needs([{ ...late, state: 'done' }], 700, false)).toEqual([]);
    expect(needs([{ ...late, state: 'arrived' }], 640, false)[0]!.text).toMatch(/begun/);
  });
  it('shades what is not open', () => {
    const role = {
      resourceType: 'PractitionerRole',
      availableTime: [
        { daysOfWeek: ['mon'], availableStartTime: '13:00:00', availableEndTime: '16:00:00' },
        { daysOfWeek: ['mon'], availableStartTime: '09:00:00', availableEndTime: '12:00:00' },
      ],
    } as fhir4.PractitionerRole;
    const whole = { from: 480, to: 1080 };
    expect(closedHours(openHours(role, '2026-11-23'), whole)).toEqual([
      { from: 480, to: 540 },
      { from: 720, to: 780 },
      { from: 960, to: 1080 },
    ]);
    expect(closedHours(openHours(role, '2026-11-24'), whole)).toEqual([whole]);
    expect(closedHours(openHours(undefined, '2026-11-23'), whole)).toEqual([]);
  });
});

describe('booking', () => {
  const appointment = bookingOf({
    patient: { id: 'p', name: 'Ana Petrov' },
    therapist: { reference: 'Practitioner/ml', name: 'Maya Lind' },
    room: { reference: 'Location/r', name: 'Room 1' },
    service: { code: 'treatment-45', name: 'Treatment, 45 minutes' },
    day: '2026-11-23',
    time: '23:30',
    complaint: ' Neck pain ',
    referral: 'ServiceRequest/s',
    zone,
  });
  it('makes an Appointment with the clinic’s offset and the service’s length', () => {
    expect(appointment).toMatchObject({
      status: 'booked',
      start: '2026-11-23T23:30:00-05:00',
      end: '2026-11-24T00:15:00-05:00',
      minutesDuration: 45,
      reasonCode: [{ text: 'Neck pain' }],
      basedOn: [{ reference: 'ServiceRequest/s' }],
    });
    expect(appointment.participant.map((p) => p.actor!.reference)).toEqual([
      'Patient/p',
      'Practitioner/ml',
      'Location/r',
    ]);
    expect(minutesOfService('consultation')).toBe(30);
  });
  const taken = (start: number, end: number, therapist: string, room: string) =>
    ({ id: `${start}`, start, end, therapist, room }) as Visit;
  const visits = [taken(540, 600, 'Practitioner/ml', 'Location/r'), taken(600, 660, 'Practitioner/jo', 'Location/r')];
  it('lists what is taken by the therapist or the room', () => {
    expect(bookedSpans(visits, 'Practitioner/ml', 'Location/q')).toEqual(['09:00–10:00']);
    expect(bookedSpans(visits, 'Practitioner/ml', 'Location/r')).toEqual(['09:00–10:00', '10:00–11:00']);
  });
  it('offers the first quarter hour at which both are free and the therapist works', () => {
    const open = [{ from: 540, to: 720 }];
    expect(firstFree(visits, 'Practitioner/ml', 'Location/r', open, 60, 540)).toBe(660);
    expect(firstFree(visits, 'Practitioner/ml', 'Location/q', open, 60, 0)).toBe(600);
    expect(firstFree(visits, 'Practitioner/ml', 'Location/r', open, 90, 540)).toBeNull();
    expect(firstFree([], 'Practitioner/ml', undefined, null, 60, 622)).toBe(630);
  });
});

describe('referrals', () => {
  it('finds a mistyped NPI by its check digit', () => {
    expect(npiProblem('')).toBeUndefined();
    expect(npiProblem('1234567893')).toBeUndefined();
    expect(npiProblem('1234567890')).toMatch(/check digit/);
    expect(npiProblem('12345')).toMatch(/10 digits/);
  });
  it('knows the form of an ICD-10-CM code', () => {
    for (const code of ['M54.2', 'm54.2', 'S13.4XXA', 'Z34', 'G44.209'])
      expect(icd10Problem(code), code).toBeUndefined();
    for (const code of ['', '54.2', 'M542', 'M54.', 'U07.1 x']) expect(icd10Problem(code), code).toBeDefined();
  });
  it('becomes a ServiceRequest without empty parts', () => {
    const form = {
      prescriber: 'Dr Weiss',
      npi: '',
      code: 'm54.2',
      text: 'Neck pain',
      visits: '10',
      until: '2027-01-31',
      region: '',
    };
    const order = referralOf(form, { id: 'p', name: 'Ana' }, '2026-11-23');
    expect(order).toMatchObject({
      status: 'active',
      intent: 'order',
      requester: { display: 'Dr Weiss' },
      quantityQuantity: { value: 10 },
      occurrencePeriod: { end: '2027-01-31' },
    });
    expect(order.reasonCode![0]!.coding![0]!.code).toBe('M54.2');
    expect(order.bodySite).toBeUndefined();
    expect(order.requester!.identifier).toBeUndefined();
  });
});

describe('screening', () => {
  const read = readScreening({
    resourceType: 'Parameters',
    parameter: [
      { name: 'on', valueDate: '2026-11-23' },
      { name: 'decision', valueCode: 'modify' },
      {
        name: 'issue',
        part: [
          { name: 'rule', valueCode: 'thrombocytopenia' },
          { name: 'name', valueString: 'Low platelets' },
          { name: 'level', valueCode: 'precaution' },
          { name: 'technique', valueCode: 'deep_tissue' },
          { name: 'technique', valueCode: 'cupping' },
          { name: 'region', valueCode: 'all' },
          {
            name: 'because',
            part: [
              { name: 'ref', valueReference: { reference: 'Observation/1' } },
              { name: 'text', valueString: 'Platelets 90' },
            ],
          },
          { name: 'action', valueString: 'Under 100: pressure 3 of 10 at most. Under 50: 1 of 10.' },
          { name: 'pressureLimit', valueInteger: 3 },
          { name: 'source', valueString: 'found:x' },
        ],
      },
      {
        name: 'question',
        part: [
          { name: 'finding', valueCode: 'fever_now' },
          { name: 'text', valueString: 'Fever?' },
        ],
      },
      { name: 'notJudged', valueCode: 'pe' },
    ],
  });
  const [issue] = read.issues as [Issue];
  it('reads the Parameters', () => {
    expect(read).toMatchObject({ on: '2026-11-23', decision: 'modify', notJudged: ['pe'] });
    expect(issue).toMatchObject({
      rule: 'thrombocytopenia',
      techniques: ['deep_tissue', 'cupping'],
      sources: ['found:x'],
    });
    expect(issue.because).toEqual([{ ref: 'Observation/1', text: 'Platelets 90' }]);
    expect(read.questions).toEqual([{ finding: 'fever_now', text: 'Fever?' }]);
  });
  it('takes the limit of pressure, the lowest of those that hold at the place, 10 where none does', () => {
    const limited = (pressureLimit: number | undefined, ...regions: string[]): Issue => ({ ...issue, pressureLimit, regions });
    expect(pressureCap(read.issues)).toBe(3);
    expect(pressureCap([limited(2, 'foot'), issue])).toBe(2);
    expect(pressureCap([limited(2, 'foot'), limited(4, 'all')], 'shoulder')).toBe(4);
    expect(pressureCap([limited(2, 'site')], 'shoulder')).toBe(2);
    expect(pressureCap([limited(undefined, 'all')])).toBe(10);
    expect(pressureCap([])).toBe(10);
  });
  it('holds a rule against its techniques and regions only', () => {
    expect(against([issue], 'cupping', 'shoulder')).toEqual([issue]);
    expect(against([issue], 'effleurage', 'shoulder')).toEqual([]);
    const local: Issue = { ...issue, techniques: ['all'], regions: ['calf'] };
    expect(against([local], 'effleurage', 'calf')).toEqual([local]);
    expect(against([local], 'effleurage', 'shoulder')).toEqual([]);
    expect(against([{ ...issue, techniques: ['all'], regions: ['all'] }], 'effleurage', 'calf')).toEqual([]);
  });
});

describe('reading FHIR', () => {
  it('understands references however they are written', () => {
    expect(key('Patient/1')).toBe('Patient/1');
    expect(key('https://clinic/fhir/R4/Patient/1/_history/3')).toBe('Patient/1');
    expect(key(undefined)).toBeUndefined();
  });
  it('names people', () => {
    expect(personName({ name: [{ family: 'Casares', given: ['José', 'María'] }] })).toBe('José María Casares');
    expect(personName({})).toBe('No name');
    expect(initials('José María Casares')).toBe('JC');
    expect(initials('Ana')).toBe('A');
  });
  it('turns an outcome into a sentence', () => {
    const issue = [{ severity: 'error' as const, code: 'conflict' as const, diagnostics: 'Room 1 is taken.' }];
    expect(describeError(409, { resourceType: 'OperationOutcome', issue })).toBe('Room 1 is taken.');
    expect(describeError(0)).toMatch(/cannot be reached/);
  });
  it('sends back no more than the resource', () => {
    const patient: fhir4.Patient = { resourceType: 'Patient', meta: { versionId: '3', lastUpdated: 'x' } };
    expect(withoutComputed(patient)).toEqual({ resourceType: 'Patient' });
    const profiled: fhir4.Patient = { resourceType: 'Patient', meta: { versionId: '3', profile: ['urn:p'] } };
    expect(withoutComputed(profiled).meta).toEqual({ profile: ['urn:p'] });
  });
  it('makes sortable ids', () => {
    const ids = [1, 2, 3].map((at) => uuidv7(1_790_000_000_000 + at));
    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
