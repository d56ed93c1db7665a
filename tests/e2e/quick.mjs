// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A client without referral, diagnosis or plan, from the call to the signed note, in at most twenty taps: once as a walk-in,
// once booked by telephone and checked in later. A listener in the page counts: every pointerdown is a tap, keys are
// told apart (a name is typed). Needs a running `tripsis demo` at BASE_URL; closes with "N passed, N failed".
import { launch, openPage } from './browser.mjs';
import { storyOf } from './story.mjs';

const base = process.env.BASE_URL;
if (!base) throw new Error('BASE_URL is not set: start `tripsis demo` and pass its address.');
const most = 20;
const family = `Quick${Date.now().toString(36)}`;

const browser = await launch();
const { page, errors } = await openPage(browser);
page.setDefaultTimeout(15_000);
await page.addInitScript(() => {
  const read = () => JSON.parse(sessionStorage.getItem('count') ?? '{"taps":0,"keys":0}');
  const add = (what) => {
    const count = read();
    count[what]++;
    sessionStorage.setItem('count', JSON.stringify(count));
  };
  addEventListener('pointerdown', () => add('taps'), true);
  addEventListener('keydown', () => add('keys'), true);
});
const counted = () => page.evaluate(() => JSON.parse(sessionStorage.getItem('count') ?? '{"taps":0,"keys":0}'));
const { check, step, tapMuscle, button, dialog, end } = storyOf(page, 'quick');

const read = (path) =>
  page.evaluate(async (p) => {
    const response = await fetch(`/fhir/R4/${p}`);
    return response.json();
  }, path);


/** From the open note to the signature: one muscle worked on, signed, confirmed. */
async function chartAndSign() {
  await page.getByRole('region', { name: 'Body map' }).waitFor();
  await tapMuscle('Upper trapezius, left');
  await page.locator('[data-site]').first().waitFor();
  await button('Sign').click();
  await button('Sign now', dialog()).click();
  await page
    .getByRole('article', { name: 'Signed note' })
    .or(page.getByRole('heading', { name: 'Timeline' }))
    .first()
    .waitFor();
}

/** What is stored: a signed note of a finished visit, with its reason and intent, and nothing that a visit does not need. */
async function stored(name, reason, intent) {
  const found = await read(`Patient?name=${family}&_count=20`);
  const patient = found.entry
    ?.map((e) => e.resource)
    .find((p) => [...(p.name[0].given ?? []), p.name[0].family].join(' ') === name);
  check(Boolean(patient), `${name} is registered`);
  const chart = (await read(`Patient/${patient?.id}/$chart`)).entry.map((e) => e.resource);
  const all = (type) => chart.filter((r) => r.resourceType === type);
  check(all('Composition').some((c) => c.status === 'final'), 'the note is signed');
  const [encounter] = all('Encounter');
  check(encounter?.status === 'finished', 'the visit is finished');
  check(JSON.stringify(encounter?.reasonCode ?? '').includes(`"${reason}"`), 'the visit says its reason');
  check(JSON.stringify(encounter?.type?.[1] ?? '').includes(`"${intent}"`), 'the visit says its intent');
  const extra = ['ServiceRequest', 'Condition', 'CarePlan'].flatMap(all);
  check(extra.length === 0, 'no referral, diagnosis or plan was needed');
}

async function report(what, before) {
  const after = await counted();
  const taps = after.taps - before.taps;
  const keys = after.keys - before.keys;
  check(taps <= most, `${what} takes at most ${most} taps`, `it took ${taps}`);
  console.log(`   ${what}: ${taps} taps (pointerdown), ${keys} keys in text fields`);
}

await step('sign in', async () => {
  await page.goto(base);
  await page.getByLabel('User name').fill(process.env.TRIPSIS_USERNAME ?? 'maya');
  await page.getByLabel('Password', { exact: true }).fill(process.env.TRIPSIS_PASSWORD ?? 'tripsis-demo');
  await button('Sign in').click();
  await page.locator('[data-visit]').first().waitFor();
});

await step('a walk-in', async () => {
  const before = await counted();
  await button('New client').click();
  await dialog().getByLabel('Name').waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]')?.querySelector('input') === document.activeElement);
  await page.keyboard.type(`Wanda ${family}`);
  await button('Relaxation', dialog()).click();
  await button('Start note', dialog()).click();
  await chartAndSign();
  await report('a walk-in from the door to the signed note', before);
  await stored(`Wanda ${family}`, 'relaxation', 'relaxation');
});

await step('a call, a booking, a visit', async () => {
  await page.goto(base);
  await page.locator('[data-visit]').first().waitFor();
  const before = await counted();
  await button('New client').click();
  await dialog().getByLabel('Name').waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]')?.querySelector('input') === document.activeElement);
  await page.keyboard.type(`Carl ${family}`);
  await dialog().getByLabel('Phone').click();
  await page.keyboard.type('5550142');
  await button('Maintenance', dialog()).click();
  await button('Another time', dialog()).click();
  await dialog().getByLabel(/^Time/).click();
  // The field takes the hour, the minutes and the half of the day as typed.
  await page.keyboard.type('1000PM');
  await button('Book', dialog()).click();
  const visit = page.locator('[data-visit]', { hasText: `Carl ${family}` });
  await visit.waitFor();
  await visit.click();
  await button('Arrived', dialog()).click();
  await button('Arrived', dialog()).waitFor({ state: 'detached' });
  await dialog().getByRole('link', { name: 'Start note' }).click();
  await chartAndSign();
  await report('from the call to the signed note', before);
  await stored(`Carl ${family}`, 'maintenance', 'maintenance');
});

await step('the same name again', async () => {
  await page.goto(`${base}/patients`);
  await button('New client').click();
  await dialog().getByLabel('Name').fill(`Carl ${family}`);
  await dialog().getByRole('list', { name: 'Possible matches' }).getByText('same name').first().waitFor();
  check(true, 'a possible double is shown with why');
});

check(errors.length === 0, 'the browser reports no errors:', [...new Set(errors)].join(' | ').slice(0, 600));
await browser.close();
end();
