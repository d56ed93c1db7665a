// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One patient goes the whole way in a real browser: registered, referred, asked, screened, booked (and a second booking
// refused), charted on the body map, signed, rated, plotted. Every screen is photographed in two sizes into shots/ and
// checked with axe in light and dark. Needs a running `tripsis demo` at BASE_URL; closes with "N passed, N failed".
import { launch, openPage } from './browser.mjs';
import { storyOf } from './story.mjs';

const base = process.env.BASE_URL;
if (!base) throw new Error('BASE_URL is not set: start `tripsis demo` and pass its address.');
const username = process.env.TRIPSIS_USERNAME ?? 'maya';
const password = process.env.TRIPSIS_PASSWORD ?? 'tripsis-demo';
const family = `Probe${Date.now().toString(36)}`;
const name = `Ada ${family}`;

const browser = await launch();
const { page, errors } = await openPage(browser);
page.setDefaultTimeout(15_000);
const { check, step, show, call, tapMuscle, button, dialog, end } = storyOf(page, 'loop');

/** A tap on a number of a 0-10 bar. */
async function rate(label, value) {
  const bar = page.getByRole('slider', { name: label, exact: true });
  await bar.scrollIntoViewIfNeeded();
  const box = await bar.boundingBox();
  await bar.click({ position: { x: (box.width * (value + 0.5)) / 11, y: box.height / 2 } });
}

let patient = '';
let note = '';

await step('sign in', async () => {
  await page.goto(`${base}/patients`);
  await page.waitForURL(/\/sign-in/);
  await show('sign-in');
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await button('Sign in').click();
  await page.getByRole('alert').waitFor();
  check((await page.getByRole('alert').textContent()).includes('wrong'), 'a wrong password is said to be wrong');
  check(
    (await page.getByLabel('User name').getAttribute('autocomplete')) === 'username',
    'password managers know the fields',
  );
  await page.getByLabel('Password', { exact: true }).fill(password);
  await button('Sign in').click();
  await page.getByRole('heading', { name: 'Patients' }).waitFor();
  check(page.url().endsWith('/patients'), 'signing in leads back to where one was');
});

await step('the day', async () => {
  await page.goto(base);
  await page.locator('[data-visit]').first().waitFor();
  check((await page.locator('[data-visit]').count()) > 10, 'the calendar is full');
  check(
    (await page.getByRole('region', { name: 'The team’s day' }).locator('section').count()) >= 6,
    'six therapists are columns',
  );
  await show('day');
  await page.getByText('Rooms', { exact: true }).click();
  check(
    (await page.getByRole('region', { name: 'The team’s day' }).locator('section').count()) >= 4,
    'four rooms are columns',
  );
  await page.getByText('Me', { exact: true }).click();
  check(
    (await page.getByRole('region', { name: 'The team’s day' }).locator('section').count()) === 1,
    'my day is one column',
  );
  await page.getByText('Therapists', { exact: true }).click();
  await page.locator('[data-visit]').nth(2).click();
  await dialog().getByRole('region', { name: 'Safety' }).waitFor();
  await page.waitForLoadState('networkidle');
  await show('day-drawer');
  await page.keyboard.press('Escape');
});

await step('find and register a patient', async () => {
  await page.goto(base);
  await page.locator('[data-visit]').first().waitFor();
  await page.keyboard.press('/');
  const search = page.getByRole('searchbox', { name: 'Find a patient by name' });
  await search.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
  check(true, 'the slash key finds patients');
  const results = page.getByRole('region', { name: 'Results' });
  await results.getByRole('link').first().waitFor();
  await search.fill('lin');
  await page.waitForTimeout(500);
  const found = await results.getByRole('link').allTextContents();
  check(
    found.every((text) => /lin/i.test(text)),
    'typing narrows the list',
    found.join(' | ').slice(0, 200),
  );
  await show('patients');
  await search.fill(name);
  await page.getByText('Nobody is called').waitFor();
  await button('Register').click();
  check((await dialog().getByLabel('Last name').inputValue()) === family, 'what was typed becomes the name');
  await dialog().getByLabel('Born on').fill('1974-03-05');
  await dialog().getByLabel('Gender').selectOption('female');
  await dialog().getByLabel('Phone').fill('+1 555 0100');
  await show('register');
  await button('Register', dialog()).click();
  await page.waitForURL(/\/patients\/[^/?]+$/);
  patient = page.url().split('/').at(-1);
  await page.getByRole('heading', { name, exact: true }).waitFor();
});

await step('referral', async () => {
  await button('New referral').click();
  await dialog().getByLabel('Prescriber').fill('Dr Hanna Weiss');
  await dialog().getByLabel('NPI').fill('1234567890');
  await dialog().getByLabel('ICD-10-CM code').fill('M54.2');
  await dialog().getByLabel('Diagnosis in words').fill('Neck pain');
  await dialog().getByLabel('Visits authorised').fill('8');
  await dialog().getByLabel('Region').selectOption('neck_posterior');
  await button('Save referral', dialog()).click();
  await dialog().getByText('check digit').waitFor();
  check(true, 'a mistyped NPI is found');
  await show('referral');
  await dialog().getByLabel('NPI').fill('1234567893');
  await button('Save referral', dialog()).click();
  await page.getByText('0 of 8 visits used').waitFor();
  check(await page.getByText('Neck pain (M54.2)').isVisible(), 'the chart shows the referral');
});

await step('intake and what it leads to', async () => {
  await button('Forms').click();
  const no = dialog().getByRole('button', { name: 'No to the rest' });
  await no.first().waitFor();
  await show('intake');
  const question = dialog().locator('[data-link="open_wound"]');
  await button('Yes', question).click();
  for (const one of await no.all()) await one.click();
  // Questions with yes and no; a number is typed or left out.
  const open = dialog().locator('[data-link]', { has: page.getByRole('button', { name: 'No', exact: true }) });
  const left = await open.filter({ hasNot: page.locator('[aria-pressed=true]') }).count();
  check((await open.count()) > 3 && left === 0, 'every question that applies is answered', `${left} are not`);
  await button('Save', dialog()).click();
  await dialog().waitFor({ state: 'detached' });
  const line = page.locator('[data-rule]').first();
  await line.waitFor();
  check(await page.getByRole('region', { name: 'Safety' }).isVisible(), 'the answers are screened');
  await button(/Why/, line).click();
  const why = await line.textContent();
  check(/In this record/.test(why), 'a rule names what in the record caused it');
  check(/Rule/.test(why) && /Sources/.test(why), 'a rule names itself and its sources');
  check(/What lifts it/.test(why), 'a rule says what lifts it');
  await page.getByText('could not be judged here').count();
  await show('chart-new');
});

const time = '20:15';
await step('book', async () => {
  await page.keyboard.press('b');
  await dialog().getByLabel('Service').waitFor();
  await dialog().getByLabel(/^Time/).fill(time);
  await dialog().getByLabel('Service').selectOption('treatment-45');
  check((await dialog().getByLabel('Complaint').inputValue()) === 'Neck pain', 'the referral gives the complaint');
  await show('book');
  await button('Book', dialog()).click();
  await dialog().waitFor({ state: 'detached' });
  await page.getByText(`, ${time}`).first().waitFor();
  check(true, 'the chart shows the next visit');
});

await step('a second booking of the same therapist is refused', async () => {
  await page.goto(base);
  await page.locator('[data-visit]').first().waitFor();
  await button('Book').click();
  const field = dialog().getByRole('combobox', { name: 'Patient' });
  await field.fill('an');
  await dialog().getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog().getByLabel(/^Time/).fill('20:30');
  await button('Book', dialog()).click();
  await dialog().getByRole('alert').waitFor();
  const said = await dialog().getByRole('alert').textContent();
  check(said.includes('That time is taken'), 'a taken time is refused in plain words', said);
  await show('book-conflict');
  await button('Close', dialog()).last().click();
});

await step('arrive and start the note', async () => {
  await page.goto(base);
  const visit = page.locator('[data-visit]', { hasText: name });
  await visit.waitFor();
  await visit.click();
  await button('Arrived', dialog()).click();
  await dialog().getByText('Arrived', { exact: true }).first().waitFor();
  await button('Arrived', dialog()).waitFor({ state: 'detached' });
  check(true, 'the visit has arrived');
  await dialog().getByRole('link', { name: 'Start note' }).click();
  await page.getByRole('region', { name: 'Body map' }).waitFor();
  note = page.url();
  check((await page.getByText('Visit 1 of 8').count()) === 1, 'the note knows which visit it is');
});

await step('chart on the body map', async () => {
  const body = page.getByRole('region', { name: 'Body map' });
  await show('note-empty');
  await rate('Pain before', 7);
  await tapMuscle('Upper trapezius, left');
  const lines = page.locator('[data-site]');
  check((await lines.count()) === 1, 'a tap on the map adds a line');
  await body.getByText('Deep', { exact: true }).click();
  await tapMuscle('Levator scapulae, left');
  check((await lines.count()) === 2, 'a tap on the deep layer adds a line');
  const open = page.locator('[data-site="left muscle levator_scapulae"]');
  await button('Trigger point therapy', open).click();
  await open.getByRole('button', { name: 'Minutes: more' }).click();
  await rate('Pressure', 5);
  await rate('Tender before', 7);
  await rate('Tender after', 3);
  check((await open.textContent()).includes('11 min'), 'minutes are counted');
  const find = page.getByRole('combobox', { name: 'Find a muscle or region by name' });
  await find.fill('infrasp');
  check((await page.getByRole('listbox').getByRole('option').count()) === 2, 'a name finds left and right');
  await page.getByRole('listbox').getByRole('option', { name: 'Infraspinatus, right' }).click();
  check((await lines.count()) === 3, 'a name adds a line');
  await body.getByText('Front', { exact: true }).click();
  await button('Thighs', body).click();
  await body.getByText('Surface', { exact: true }).click();
  await tapMuscle('Rectus femoris, right');
  check((await lines.count()) === 4, 'the front of the body can be tapped');
  await page.getByRole('button', { name: /^Remove Rectus femoris/ }).click();
  check((await lines.count()) === 3, 'a line can be removed');
  await rate('Pain after', 4);
  const text = await page.getByRole('textbox', { name: /Assessment/ }).inputValue();
  check(
    /Left levator scapulae was the most tender, 7 before and 3 after/.test(text),
    'the sentence says tenderness',
    text,
  );
  check(/fell from 7 to 4 of 10, with 31 minutes on 3 places/.test(text), 'the sentence says pain and dose', text);
  await body.getByText('Back', { exact: true }).click();
  await button('Neck and shoulders', body).click();
  await show('note');
  await page.getByText('Draft saved on the server').waitFor();
  await page.reload();
  await lines.first().waitFor();
  check((await lines.count()) === 3, 'a reload keeps the draft');
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await lines.first().waitFor();
  check((await lines.count()) === 3, 'another device takes the draft up from the server');
});

await step('sign', async () => {
  await button('Sign').click();
  await dialog().getByText('Signed as').waitFor();
  await show('note-sign');
  await button('Sign now', dialog()).click();
  await page.getByRole('article', { name: 'Signed note' }).waitFor();
  const text = await page.getByRole('article', { name: 'Signed note' }).textContent();
  check(/Levator scapulae, left/.test(text) && /Trigger point/.test(text), 'the signed note shows the work');
  check(/Pain 7 → 4/.test(text), 'the signed note shows the pain');
  check((await page.getByRole('slider').count()) === 0, 'nothing in it can be changed');
  check(
    (await page.evaluate(() => Object.keys(sessionStorage).filter((k) => /draft/.test(k)).length)) === 0,
    'the draft is gone',
  );
  await show('note-signed');
  const chart = await call('GET', `Patient/${patient}/$chart`);
  const composition = chart.body.entry.map((e) => e.resource).find((r) => r.resourceType === 'Composition');
  const changed = await call('PUT', `Composition/${composition.id}`, { ...composition, title: 'Other' });
  check(changed.status === 422, 'the server refuses to change a signed note', JSON.stringify(changed).slice(0, 200));
  const appointment = chart.body.entry.map((e) => e.resource).find((r) => r.resourceType === 'Appointment');
  check(appointment.status === 'fulfilled', 'the appointment is fulfilled');
});

await step('rate and plot', async () => {
  await page.goto(`${base}/patients/${patient}`);
  await page.getByText('1 of 8 visits used').waitFor();
  await button('Set a goal').click();
  await dialog().getByLabel('In the patient’s words').fill('Turn my head when I drive');
  await button('Save', dialog()).click();
  await page.getByText('“Turn my head when I drive”').waitFor();
  await button('Rate pain').click();
  await rate('Pain now', 5);
  await show('rate');
  await button('Save', dialog()).click();
  const plot = page.getByRole('img', { name: /2 ratings, first 7, now 5/ });
  await plot.waitFor();
  check(
    /A clear change is 5 or less\. The goal is 3 or less\./.test(await plot.getAttribute('aria-label')),
    'the plot says its lines',
  );
  check((await plot.locator('circle').count()) === 2, 'the plot shows both ratings');
  check(await page.getByText('Clear change', { exact: true }).isVisible(), 'two points are called a clear change');
  await page.getByRole('button', { name: /^Visit 1/ }).click();
  await dialog().getByRole('article', { name: 'Signed note' }).waitFor();
  check((await dialog().textContent()).includes('cannot be changed'), 'the timeline opens the signed note');
  await show('chart-note');
  await page.keyboard.press('Escape');
  await show('chart');
});

await step('a hard stop', async () => {
  await button('Forms').click();
  await dialog().locator('[data-link]').first().waitFor();
  // The question about the gateway "a limb" comes first, where the form has one.
  const gateway = dialog().locator('[data-link="pv_limb"]');
  if (await gateway.count()) await button('Yes', gateway).click();
  const question = dialog().locator('[data-link="dvt_limb_swelling_one_sided"]');
  await button('Yes', question).click();
  await button('Save', dialog()).click();
  await page.getByRole('heading', { name: /Do not treat today/ }).waitFor();
  check(await page.getByText('It lifts when').first().isVisible(), 'a stop says what lifts it');
  await show('chart-stop');
  await button('Book').click();
  await dialog().getByLabel(/^Time/).fill('21:15');
  await button('Book', dialog()).click();
  await dialog().getByRole('alert').waitFor();
  const said = await dialog().getByRole('alert').textContent();
  check(/rules do not allow/.test(said), 'a stop refuses the booking and says why', said);
  await show('book-stop');
  await button('Close', dialog()).last().click();
  await page.getByRole('link', { name: 'Start note' }).click();
  await button('Not given').waitFor();
  check(await button('Given').isDisabled(), 'a stop takes the treatment away');
  check((await page.getByRole('region', { name: 'Body map' }).count()) === 0, 'there is no map under a stop');
  await button('Referred').click();
  await page.getByRole('textbox', { name: /Reason/ }).fill('Swollen calf: sent for ultrasound today.');
  await show('note-stop');
  await button('Sign').click();
  await button('Sign now', dialog()).click();
  await page.waitForURL(new RegExp(`/patients/${patient}$`));
  await page.getByText('Patient referred').first().waitFor();
  check(true, 'a referral can be charted under a stop');
});

await step('a follow-up takes over the last visit', async () => {
  await page.goto(`${base}/patients?name=Petrov`);
  await page.getByRole('link', { name: /Ana Petrov/ }).click();
  await page.getByRole('link', { name: 'Start note' }).click();
  await button('Same as last visit').click();
  const lines = page.locator('[data-site]');
  check((await lines.count()) === 4, 'the lines of the last visit are taken over');
  check((await page.getByText('Pressure 4 of 10 at most').count()) === 1, 'a blood thinner caps the pressure');
  await lines.first().getByRole('button').first().click();
  await rate('Pressure', 9);
  const pressure = page.getByRole('slider', { name: 'Pressure', exact: true });
  check((await pressure.getAttribute('aria-valuenow')) === '4', 'a pressure above the cap cannot be set');
  await pressure.press('3');
  check((await pressure.getAttribute('aria-valuenow')) === '3', 'the bars answer to the keyboard');
  await rate('Pain before', 3);
  await rate('Pain after', 1);
  await show('note-follow-up');
  const visit = await page.getByText(/^Visit \d+ of 10/).textContent();
  await page.getByRole('radiogroup', { name: 'What a tap marks' }).getByText('Trigger').click();
  await tapMuscle('Upper trapezius, right');
  check((await page.locator('[data-finding="trigger-point"]').count()) === 1, 'the trigger tool adds a finding');
  await page.getByRole('radiogroup', { name: 'What a tap marks' }).getByText('Pain').click();
  await button('Stabbing').click();
  const map = await page.locator('[data-part]').boundingBox();
  await page.mouse.move(map.x + map.width * 0.4, map.y + map.height * 0.6);
  await page.mouse.down();
  for (let i = 1; i < 8; i++) await page.mouse.move(map.x + map.width * (0.4 + i / 40), map.y + map.height * 0.65);
  await page.mouse.up();
  check(await page.getByRole('button', { name: /^Remove .*: stabbing$/ }).isVisible(), 'pain can be painted');
  await show('note-pain');
  await button('Sign').click();
  const carried = dialog().getByRole('list', { name: 'Carried forward' });
  check((await carried.getByRole('listitem').count()) > 0, 'signing lists what was carried forward');
  await button('Sign now', dialog()).click();
  await dialog().waitFor({ state: 'detached' });
  // With an appointment today the signed note stays; without one the chart follows, where the note is the newest.
  const number = /^Visit \d+/.exec(visit)[0];
  const signed = page.getByRole('article', { name: 'Signed note' });
  await signed
    .or(page.getByRole('button', { name: new RegExp(`^${number},`) }))
    .first()
    .waitFor();
  check(true, 'the follow-up is signed');
});

await step('an expired session leads to signing in and back', async () => {
  await page.context().clearCookies();
  await page.goto(note);
  await page.waitForURL(/\/sign-in\?next=/);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await button('Sign in').click();
  await page.getByRole('article', { name: 'Signed note' }).waitFor();
  check(page.url() === note, 'back at the note');
});

await step('sign out', async () => {
  await page.goto(`${base}/account`);
  await button('Sign out').waitFor();
  await show('account');
  await button('Sign out').click();
  await page.waitForURL(/\/sign-in/);
  const after = await call('GET', `Patient/${patient}`);
  check(after.status === 401, 'the session is over');
});

check(errors.length === 0, 'the browser reports no errors:', [...new Set(errors)].join(' | ').slice(0, 600));
await browser.close();
end();
