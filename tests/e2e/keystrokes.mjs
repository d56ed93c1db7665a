// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How much a follow-up note costs. Its content is fixed (two muscles, one technique each with minutes and pressure, pain
// before and after, one finding); nothing is carried forward and no default is used, so every value is a tap of its own.
// A listener in the page counts each pointerdown and keydown from [Start note] to signed; the time is computed by the
// keystroke-level model, so it is the same on every machine. What was stored is asked of the API. Whatever is tapped must
// be in view: nobody scrolls. Needs a fresh `tripsis demo` at BASE_URL; closes with "N passed, N failed".
import { launch, openPage, shot } from './browser.mjs';
import { storyOf } from './story.mjs';

const base = process.env.BASE_URL;
if (!base) throw new Error('BASE_URL is not set: start `tripsis demo` and pass its address.');

/** Seconds of the keystroke-level model: a key, a tap (pointing and pressing), and the thought before a decision. */
const model = { key: 0.28, tap: 1.1, thought: 1.35 };
const most = { events: 14, seconds: 60 };
const name = 'Grace Tan';
const lines = [
  {
    site: 'right muscle trapezius_upper',
    label: 'Upper trapezius, right',
    technique: ['muscle_stripping', /^(Muscle|Stripping)/],
    minutes: 15,
    pressure: 4,
    finding: 'Trigger point',
  },
  {
    site: 'left muscle splenius_capitis',
    label: 'Splenius capitis, left',
    technique: ['myofascial_release', /^Myofascial/],
    minutes: 20,
    pressure: 2,
  },
];
const pain = { before: 6, after: 3 };

const browser = await launch();
const { page, errors } = await openPage(browser);
page.setDefaultTimeout(30_000);
const { check, call, muscleAt, signIn, button, dialog, end } = storyOf(page, 'keystrokes');
const read = async (where) => (await call('GET', where)).body;

/** Where the middle of an element is, as far as it can be tapped without scrolling. */
async function inView(locator, at = { x: 0.5, y: 0.5 }) {
  await locator.waitFor();
  await page.waitForTimeout(250); // what was opened a moment ago has come into view
  const box = await locator.boundingBox();
  const point = { x: box.x + box.width * at.x, y: box.y + box.height * at.y };
  const open = await locator.evaluate((element, { x, y }) => {
    const seen = document.elementFromPoint(x, y);
    return Boolean(seen) && element.contains(seen);
  }, point);
  return { point, open };
}

async function onMuscle(label) {
  const point = await muscleAt(label);
  return { point, open: Boolean(point) };
}

const counted = () => page.evaluate(() => globalThis.counted ?? 0);
const steps = [];
/** One decision and one tap; printed with what the model says it costs. */
async function tap(what, where) {
  const { point, open } = await where();
  check(open, `${what}: it is in view when it is needed`);
  if (!open) {
    await shot(page, `failed-keystrokes-${steps.length}`);
    throw new Error(`${what} cannot be tapped without scrolling`);
  }
  await page.mouse.click(point.x, point.y);
  const cost = model.thought + model.tap;
  steps.push(cost);
  const total = steps.reduce((sum, one) => sum + one, 0);
  console.log(
    `   ${String(steps.length).padStart(2)}  ${what.padEnd(46)} M ${model.thought} + tap ${model.tap} = ${cost.toFixed(2)} s, ${total.toFixed(2)} s`,
  );
}

const slider = (label) => page.getByRole('slider', { name: label, exact: true });
const rate = (label, value) => () => inView(slider(label), { x: (value + 0.5) / 11, y: 0.5 });
/** The bar of minutes has a cell for each of 5, 10, … 30. */
const minutes = (value) => () => inView(slider('Minutes'), { x: (value / 5 - 0.5) / 6, y: 0.5 });

try {
  await signIn(base);
  await page.locator('[data-visit]', { hasText: name }).click();
  const start = dialog().getByRole('link', { name: 'Start note' });
  await start.waitFor();
  await page.evaluate(() => {
    globalThis.counted = 0;
    for (const kind of ['pointerdown', 'keydown'])
      globalThis.addEventListener(kind, () => globalThis.counted++, { capture: true });
  });

  console.log(`-- a follow-up note: ${name}`);
  await tap('Start note', () => inView(start));
  await page.getByRole('region', { name: 'Body map' }).waitFor();
  await button(lines[0].label).waitFor();
  const appointment = new URL(page.url()).pathname.split('/').at(-1);
  await tap(`Pain before: ${pain.before}`, rate('Pain before', pain.before));
  for (const line of lines) {
    await tap(`Muscle: ${line.label}`, () => onMuscle(line.label));
    const item = page.locator(`[data-site="${line.site}"]`);
    const technique = item.getByRole('group', { name: 'Technique' });
    await tap(`Technique: ${line.technique[0]}`, () => inView(button(line.technique[1], technique)));
    await tap(`Minutes: ${line.minutes}`, minutes(line.minutes));
    await tap(`Pressure: ${line.pressure}`, rate('Pressure', line.pressure));
    if (line.finding)
      await tap(`Finding: ${line.finding}`, () =>
        inView(button(line.finding, item.getByRole('group', { name: 'Found here' }))),
      );
  }
  await tap(`Pain after: ${pain.after}`, rate('Pain after', pain.after));
  await tap('Sign', () => inView(button('Sign')));
  await dialog().getByText('Signed as').waitFor();
  await shot(page, 'keystrokes-sign');
  await tap('Sign now', () => inView(button('Sign now', dialog())));
  const events = await counted();
  await page.getByRole('article', { name: 'Signed note' }).waitFor();
  await shot(page, 'keystrokes-signed');

  const seconds = steps.reduce((sum, one) => sum + one, 0);
  console.log(
    `   ${events} pointerdown or keydown events (at most ${most.events}); keystroke-level model ${seconds.toFixed(2)} s`,
  );
  check(events === steps.length, 'the listener counted every tap and nothing else', `${events} of ${steps.length}`);
  check(events <= most.events, `a follow-up note takes at most ${most.events} events`, String(events));
  check(seconds <= most.seconds, `the model says at most ${most.seconds} s`, seconds.toFixed(2));

  const visit = await read(`Appointment/${appointment}`);
  check(visit.status === 'fulfilled', 'the appointment is fulfilled', visit.status);
  const all = async (path) => ((await read(path)).entry ?? []).map((e) => e.resource);
  const patient = visit.participant.map((p) => p.actor.reference).find((ref) => ref.startsWith('Patient/'));
  const [encounter] = await all(`Encounter?appointment=Appointment/${appointment}`);
  const [note] = (await all(`Composition?subject=${patient}&_count=50`)).filter(
    (c) => c.encounter?.reference === `Encounter/${encounter?.id}`,
  );
  check(note?.status === 'final', 'the note is final', JSON.stringify(note?.status));
  const parts = [];
  for (const { reference } of (note?.section ?? []).flatMap((s) => s.entry ?? [])) parts.push(await read(reference));
  const code = (concept, system) =>
    concept?.coding?.find((c) => c.system === `https://tripsis.org/fhir/CodeSystem/${system}`)?.code;
  const site = (r) => {
    const where = Array.isArray(r.bodySite) ? r.bodySite[0] : r.bodySite;
    return `${code(where, 'side')} muscle ${code(where, 'muscle')}`;
  };
  const extension = (r, id) => r.extension?.find((e) => e.url.endsWith(`/${id}`))?.valueInteger;
  const procedures = parts.filter((p) => p.resourceType === 'Procedure');
  check(procedures.length === lines.length, 'one Procedure a line is stored', String(procedures.length));
  for (const line of lines) {
    const stored = procedures.find((p) => site(p) === line.site);
    check(
      code(stored?.code, 'technique') === line.technique[0],
      `${line.label}: technique`,
      JSON.stringify(stored?.code),
    );
    check(extension(stored ?? {}, 'minutes') === line.minutes, `${line.label}: minutes`);
    check(extension(stored ?? {}, 'pressure') === line.pressure, `${line.label}: pressure`);
  }
  const measured = (id) => parts.find((p) => code(p.code, 'measure') === id)?.valueInteger;
  check(measured('nprs-before') === pain.before, 'pain before is stored', String(measured('nprs-before')));
  check(measured('nprs-after') === pain.after, 'pain after is stored', String(measured('nprs-after')));
  const found = parts.filter((p) => code(p.code, 'palpation'));
  check(
    found.length === 1 && code(found[0].code, 'palpation') === 'trigger-point' && site(found[0]) === lines[0].site,
    'the finding is stored at its muscle',
    JSON.stringify(found.map((f) => f.code)),
  );
  const [signature] = await all(`Provenance?target=Composition/${note?.id}`);
  check(
    Boolean(signature?.signature?.length) && !signature.entity,
    'it is signed, and nothing in it was carried forward',
  );
} catch (error) {
  check(false, 'the note comes to its end', String(error).split('\n').slice(0, 3).join(' '));
  await shot(page, 'failed-keystrokes').catch(() => {});
}
check(errors.length === 0, 'the browser reports no errors:', [...new Set(errors)].join(' | ').slice(0, 400));
await browser.close();
end();
