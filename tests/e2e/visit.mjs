// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A patient's visit in a real browser, on a phone: booked by the staff, the link by mail, the birth date, health history and
// consent signed with the finger, checked in, a journal entry, thoughts that call for help; then the tablet is handed over.
// What was sent is looked for in the record. Needs a running `tripsis demo` at BASE_URL with its data folder in TRIPSIS_DATA
// (its mails are files there); closes with "N passed, N failed".
import { launch, openPage } from './browser.mjs';
import { keyFromMail, storyOf } from './story.mjs';

const base = process.env.BASE_URL;
const data = process.env.TRIPSIS_DATA;
if (!base || !data) throw new Error('BASE_URL and TRIPSIS_DATA are not set: start `tripsis demo` and pass both.');
const username = process.env.TRIPSIS_USERNAME ?? 'maya';
const password = process.env.TRIPSIS_PASSWORD ?? 'tripsis-demo';
const family = `Visit${Date.now().toString(36)}`;
const birthDate = '1984-05-17';
const zone = 'America/New_York';
const today = new Date().toLocaleDateString('en-CA', { timeZone: zone });

const browser = await launch();
const staff = await openPage(browser);
const phone = await openPage(browser, { size: 'phone' });
for (const { page } of [staff, phone]) page.setDefaultTimeout(12_000);
const { page } = phone;
const story = storyOf(page, 'visit');
const { check, step, button, end } = story;
const show = (name, on = page, only = 'phone') => story.show(`visit-${name}`, { on, only });
/** The staff's view of the record, through the public API. */
const call = (method, where, body) => story.call(method, where, body, staff.page);
const found = async (type, query = '') =>
  ((await call('GET', `${type}?patient=${patient}${query}&_count=100`)).body.entry ?? []).map((e) => e.resource);

const question = (id) => page.locator(`[data-link="${id}"]`);

/** Goes through a form of one question a screen. `acts` answers by linkId; what it does not name is skipped. */
async function fill(acts, send = 'Send') {
  for (let i = 0; i < 80; i++) {
    const link = await page.locator('[data-link]').first().getAttribute('data-link');
    const at = await page.locator('progress').getAttribute('value');
    if (acts[link]) await acts[link](question(link));
    const moved = () =>
      page.waitForFunction((old) => document.querySelector('progress')?.value !== Number(old), at, { timeout: 700 });
    if (
      await moved().then(
        () => true,
        () => false,
      )
    )
      continue;
    const last = button(send);
    if (await last.count()) return last.click();
    const next = page.getByRole('button', { name: /^(Next|Skip)$/ });
    await next.click();
    await moved().catch(() => {});
  }
  throw new Error('the form did not end');
}

const row = (values) => async (group) => {
  await group.getByRole('button', { name: /^Add/ }).click();
  for (const [id, value] of Object.entries(values)) {
    const field = group.locator(`[data-link="${id}"]`);
    if (value === true || value === false) await button(value ? 'Yes' : 'No', field).click();
    else if (await field.locator('select').count()) await field.locator('select').selectOption({ label: value });
    else if (await button(value, field).count()) await button(value, field).click();
    else if (await field.getByLabel(value, { exact: true }).count())
      await field.getByLabel(value, { exact: true }).check();
    else await field.locator('input').fill(value);
  }
};

async function sign(where) {
  const paper = where.locator('[data-paper]');
  await paper.scrollIntoViewIfNeeded();
  const box = await paper.boundingBox();
  const screen = where.page();
  await screen.mouse.move(box.x + 30, box.y + 60);
  await screen.mouse.down();
  for (let i = 1; i <= 24; i++) await screen.mouse.move(box.x + 30 + i * 9, box.y + 60 + 25 * Math.sin(i));
  await screen.mouse.up();
}

const tap = (label) => (where) => button(label, where).click();
const consent = {
  treatment: tap('Yes'),
  'region-chest': tap('No'),
  'region-gluteal': tap('Yes'),
  'region-abdomen': tap('Ask me each time'),
  'region-intraoral': tap('No'),
  'signer-role': (where) => where.getByText('I sign for myself').click(),
  'signer-name': (where) => where.locator('input').fill(`Ada ${family}`),
  signature: sign,
};

let patient = '';
let appointment = '';

await step(
  'the staff registers and books',
  async () => {
    const p = staff.page;
    await p.goto(`${base}/patients`);
    await p.getByLabel('User name').fill(username);
    await p.getByLabel('Password', { exact: true }).fill(password);
    await button('Sign in', p).click();
    await p.getByRole('heading', { name: 'Patients' }).waitFor();
    const made = await call('POST', 'Patient', {
      resourceType: 'Patient',
      active: true,
      name: [{ family, given: ['Ada'] }],
      gender: 'female',
      birthDate,
      telecom: [{ system: 'email', value: `${family.toLowerCase()}@mail.example` }],
    });
    patient = made.body.id;
    const session = await p.evaluate(async () => (await fetch('/auth/session')).json());
    const offset = new Date()
      .toLocaleString('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
      .replace(/.*GMT/, '');
    const booked = await call('POST', 'Appointment', {
      resourceType: 'Appointment',
      status: 'booked',
      serviceType: [{ coding: [{ system: 'https://tripsis.org/fhir/CodeSystem/service', code: 'consultation' }] }],
      start: `${today}T22:15:00${offset}`,
      end: `${today}T23:00:00${offset}`,
      minutesDuration: 45,
      participant: [
        { actor: { reference: `Patient/${patient}` }, status: 'accepted' },
        { actor: { reference: session.practitioner }, status: 'accepted' },
      ],
    });
    check(booked.status === 201, 'the visit is booked', JSON.stringify(booked).slice(0, 300));
    appointment = booked.body.id;
  },
  staff.page,
);

let key = '';
await step('the link comes by mail and opens with the birth date', async () => {
  const mail = await keyFromMail(data, `${family.toLowerCase()}@`);
  key = mail.key;
  // The sender's name is the practice's own.
  const head = mail.text.split(/\r?\n\r?\n/)[0].replaceAll('Tidewater Manual Therapy', '');
  check(!/massage|pain|consent|therap/i.test(head), 'the mail’s head tells nothing clinical');
  await page.goto(`${base}/portal/enter#${key}`);
  await page.getByLabel('Date of birth').fill('1984-05-18');
  await button('Go on').click();
  await page.getByRole('alert').waitFor();
  await show('enter');
  await page.getByLabel('Date of birth').fill(birthDate);
  await button('Go on').click();
  await page.getByRole('heading', { name: /, Ada$/ }).waitFor();
  check(!page.url().includes(key), 'the key is not in the address any more');
  await page.getByRole('link', { name: /Consent/ }).waitFor();
  await show('home');
  await page.goto(`${base}/patients/${patient}`);
  await page.waitForURL(/\/portal$/);
  check(true, 'a patient does not see the staff’s screens');
});

await step('the health history, one question a screen', async () => {
  await page.goto(`${base}/portal/forms/health-history`);
  await page.locator('[data-link]').first().waitFor();
  await show('form');
  await fill({
    conditions: row({ 'condition-what': 'High blood pressure' }),
    medicines: row({ 'medicine-name': 'Apixaban 5 mg', 'medicine-taking': true }),
    allergies: row({ 'allergy-what': 'Latex' }),
    surgeries: row({ 'surgery-what': 'Knee arthroscopy', 'surgery-side': 'Left', 'surgery-hardware': false }),
  });
  await page.getByRole('heading', { name: 'Thank you, it is sent' }).waitFor();
  await show('sent');
  const text = async (type) => JSON.stringify(await found(type));
  check(/High blood pressure/.test(await text('Condition')), 'a condition stands in the record');
  check(/unconfirmed/.test(await text('Condition')), 'what a patient says is not confirmed');
  check(/Apixaban/.test(await text('MedicationStatement')), 'a medicine stands in the record');
  check(/[Ll]atex/.test(await text('AllergyIntolerance')), 'an allergy stands in the record');
  check(/Knee arthroscopy/.test(await text('Procedure')), 'an operation stands in the record');
});

await step('consent, required answers, a reload, the signature', async () => {
  await page.goto(`${base}/portal/forms/consent`);
  const { signature, ...rest } = consent;
  await fill(rest);
  await page.getByText('This is needed. Sign or choose a picture.').waitFor();
  check(await question('signature').isVisible(), 'what is missing is shown in place');
  await show('missing');
  await page.reload();
  await question('signature').waitFor();
  await signature(question('signature'));
  await page.getByText('Signed', { exact: true }).waitFor();
  await show('signature');
  await button('Send').click();
  await page.getByRole('heading', { name: 'Thank you, it is sent' }).waitFor();
  check(true, 'a reload loses no answers');
  const [given] = (await found('Consent')).filter((c) => c.status === 'active');
  const regions = Object.fromEntries(
    (given?.provision?.provision ?? []).map((p) => [p.code?.[0]?.coding?.[0]?.code, p.type]),
  );
  check(
    given?.provision?.type === 'permit',
    'the consent is active and permits',
    JSON.stringify(given ?? null).slice(0, 300),
  );
  check(regions.gluteal === 'permit' && regions.chest === 'deny', 'each region is told apart', JSON.stringify(regions));
});

await step('I am here', async () => {
  await page.goto(`${base}/portal`);
  await button('I am here').click();
  await page.getByText('You are checked in').waitFor();
  const { body } = await call('GET', `Appointment/${appointment}`);
  check(body.status === 'arrived', 'the calendar shows that the patient is here', body.status);
  await show('checked-in');
});

await step('the journal in four taps', async () => {
  let taps = 0;
  await page.exposeFunction('countTap', () => taps++);
  await page.evaluate(() => addEventListener('pointerdown', () => globalThis.countTap(), true));
  await page.getByRole('link', { name: /How are you today/ }).click();
  await button('6').click();
  const sleep = page.getByRole('slider').first();
  const box = await sleep.boundingBox();
  await sleep.click({ position: { x: (box.width * 7.5) / 11, y: box.height / 2 } });
  await show('journal');
  await button('Save').click();
  await page.getByRole('heading', { name: 'Saved' }).waitFor();
  await page.getByText('Nobody reads it at night').waitFor();
  check(taps === 4, 'four taps from the start to saved', String(taps));
  const pain = (await found('Observation')).filter((o) => o.code.coding.some((c) => c.code === 'pain-worst'));
  check(
    pain.some((o) => o.valueInteger === 6),
    'the pain is a rating in the record',
    JSON.stringify(pain).slice(0, 200),
  );
});

await step('where to work, on the body', async () => {
  await page.goto(`${base}/portal/focus`);
  await page.locator('progress').waitFor();
  for (let i = 0; i < 3 && !(await question('focus').count()); i++)
    await page.getByRole('button', { name: /^(Next|Skip)$/ }).click();
  await page.locator('[data-shape]').first().waitFor();
  await page.getByRole('group', { name: 'The back of the body' }).click();
  await page.getByRole('button', { name: /^Remove / }).waitFor();
  check(true, 'a tap on the body names a place');
  await show('focus');
});

await step('thoughts that call for help', async () => {
  await page.goto(`${base}/portal/forms/phq9`);
  const radios = page.getByRole('radio');
  for (let i = 0; i < 12 && (await page.locator('[data-crisis]').count()) === 0; i++) {
    await radios.first().waitFor();
    const link = await page.locator('[data-link]').first().getAttribute('data-link');
    const at = await page.locator('progress').getAttribute('value');
    const grave = /^(44260-8|phq9-9)$/.test(link);
    await radios.nth(grave ? 1 : 0).check();
    if (!grave) await page.waitForFunction((old) => document.querySelector('progress').value !== Number(old), at);
  }
  const crisis = page.locator('[data-crisis]');
  await crisis.waitFor();
  check(/988/.test(await crisis.textContent()), 'help is named at once');
  check((await crisis.getByRole('link', { name: '988' }).getAttribute('href')) === 'tel:988', 'and called by a tap');
  await show('crisis');
  for (let i = 0; i < 3 && !(await button('Send').count()); i++)
    await page.getByRole('button', { name: /^(Next|Skip)$/ }).click();
  await button('Send').click();
  await page.getByRole('heading', { name: 'Thank you, it is sent' }).waitFor();
  const tasks = await found('Task');
  check(
    tasks.some((t) => t.priority === 'stat' && t.code.coding.some((c) => c.code === 'crisis')),
    'the staff has a task of the highest priority',
    JSON.stringify(tasks).slice(0, 200),
  );
  check(
    (await found('Flag')).some((f) => f.status === 'active'),
    'the record is flagged',
  );
});

await step('progress and notes', async () => {
  await page.goto(`${base}/portal/progress`);
  await page.getByText('What this rests on').waitFor();
  const journal = page.getByRole('region', { name: 'Worst pain in your journal' });
  check((await journal.textContent()).includes('6 of 10'), 'the journal is shown, apart from the ratings');
  await show('progress');
  await page.goto(`${base}/portal/notes`);
  await page.getByText('After your first visit').waitFor();
  await show('notes');
});

await step(
  'the tablet is handed over and comes back',
  async () => {
    const p = staff.page;
    await p.goto(`${base}/patients/${patient}`);
    await button('Hand over', p).click();
    const dialog = p.getByRole('dialog');
    await dialog.getByText('Consent to treatment').waitFor();
    check(!(await dialog.getByLabel(/Consent to treatment/).isChecked()), 'what was sent is not due again');
    await show('hand-over', p, 'tablet');
    for (const box of await dialog.getByRole('checkbox').all()) if (await box.isChecked()) await box.uncheck();
    await dialog.getByLabel(/Consent to treatment/).check();
    await dialog.getByRole('button', { name: /^Hand over/ }).click();
    await p.getByRole('heading', { name: 'Consent to treatment' }).waitFor();
    check(p.url().endsWith('/kiosk'), 'the tablet shows the form alone');
    await show('kiosk', p, 'tablet');
    const refused = await call('GET', `Patient/${patient}/$chart`);
    check(refused.status === 403, 'the tablet cannot read the chart', String(refused.status));
    await p.goBack().catch(() => {});
    await p.goto(`${base}/patients/${patient}`);
    await p.waitForURL(/\/kiosk$/);
    const on = (id) => p.locator(`[data-link="${id}"]`);
    for (const [id, act] of Object.entries(consent)) await act(on(id));
    await button('Done', p).click();
    await p.getByRole('heading', { name: 'Thank you' }).waitFor();
    await show('kiosk-thanks', p, 'tablet');
    await button('Give the tablet back', p).click();
    await p.waitForURL(/\/sign-in/);
    const after = await call('GET', `Patient/${patient}`);
    check(after.status === 401, 'nobody is signed in on the tablet that came back', String(after.status));
    const kept = await p.evaluate(() => Object.keys(sessionStorage).filter((k) => /draft/.test(k)).length);
    check(kept === 0, 'nothing of it stays in the browser');
  },
  staff.page,
);

const expected = /status of 40[13]|status of 429/;
const errors = [...staff.errors, ...phone.errors].filter((error) => !expected.test(error));
check(errors.length === 0, 'the browser reports no errors:', [...new Set(errors)].join(' | ').slice(0, 600));
await browser.close();
end();
