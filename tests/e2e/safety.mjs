// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Safety as a therapist meets it: a stop that explains itself in one line with its source one tap away; a clearance from the
// letter to the visit that it lets happen; an override by one tap; something that happened after a session; and the page
// that counts it all. What was stored is asked of the API. Needs a running `tripsis demo` at BASE_URL; closes with
// "N passed, N failed".
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launch, openPage, sizes } from './browser.mjs';
import { storyOf } from './story.mjs';

const base = process.env.BASE_URL;
if (!base) throw new Error('BASE_URL is not set: start `tripsis demo` and pass its address.');

const browser = await launch();
const { page, errors } = await openPage(browser);
page.setDefaultTimeout(15_000);
const { check, step, show, call, button, dialog, end } = storyOf(page, 'safety');
const zone = 'America/New_York';
const today = new Date().toLocaleDateString('en-CA', { timeZone: zone });
const later = (days) => new Date(Date.parse(`${today}T12:00:00Z`) + days * 86400_000).toISOString().slice(0, 10);
const found = async (type, query) =>
  ((await call('GET', `${type}?${query}`)).body.entry ?? [])
    .map((e) => e.resource)
    .filter((r) => r.resourceType === type);
const line = (rule) => page.locator(`[data-rule="${rule}"]`);
const screened = async (id, on = today) => (await call('GET', `Patient/${id}/$screen?on=${on}`)).body;
const decision = async (id, on) => (await screened(id, on)).parameter.find((p) => p.name === 'decision').valueCode;

/** The physician's letter as a therapist would scan it. */
const letter = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'tripsis-letter-')), 'answer.pdf');
fs.writeFileSync(letter, '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

async function patientWith(given, ...conditions) {
  const name = [{ family: `Safety${Date.now().toString(36)}`, given: [given] }];
  const made = await call('POST', 'Patient', { resourceType: 'Patient', name, birthDate: '1969-03-04', gender: 'female' });
  const subject = { reference: `Patient/${made.body.id}` };
  for (const [code, text, onset] of conditions)
    await call('POST', 'Condition', {
      resourceType: 'Condition',
      clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
      verificationStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
      },
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code, display: text }], text },
      subject,
      ...(onset && { onsetDateTime: onset }),
    });
  await call('POST', 'ServiceRequest', {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    code: { text: 'Medical massage' },
    subject,
    authoredOn: today,
    occurrencePeriod: { start: today, end: later(90) },
    requester: { display: 'Dr Elena Vega' },
    reasonCode: [{ text: 'Neck pain' }],
    quantityQuantity: { value: 10 },
  });
  return made.body.id;
}

await step('sign in', async () => {
  await page.goto(`${base}/`);
  await page.getByLabel('User name').fill('maya');
  await page.getByLabel('Password', { exact: true }).fill('tripsis-demo');
  await button('Sign in').click();
  await page.getByRole('link', { name: /To do/ }).first().waitFor();
});

await step('a stop explains itself in one line, its source one tap away', async () => {
  const id = await patientWith('Stella', ['I82.401', 'Deep vein thrombosis of the right leg', later(-10)]);
  await page.goto(`${base}/patients/${id}`);
  await page.getByRole('heading', { name: 'Do not treat today' }).waitFor();
  const stop = line('dvt_acute');
  const said = stop.locator('[data-line]');
  const lines = await said.evaluate((e) => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight));
  check(Math.round(lines) === 1, 'the reason stands in one line', String(lines));
  check((await said.textContent()).length > 15, 'and it is a reason', await said.textContent());
  check(!(await stop.getByText('Review by').isVisible()), 'the source is folded away');
  await stop.getByRole('button', { name: /Source/ }).click();
  const source = await stop.locator('dl').textContent();
  for (const word of ['In this record', 'Deep vein thrombosis', 'Sources', 'Rule', 'dvt_acute', 'Unassigned', 'Review by'])
    check(source.includes(word), `one tap shows ${word}`, source);
  check(!/safe to treat/i.test(await page.locator('main').textContent()), 'nothing says safe to treat');
  check((await stop.getByRole('button', { name: /Override|clearance/ }).count()) === 0, 'there is no way round a stop');
  await show('safety-stop');
});

let patient = '';
let visit = '';
const time = '06:15';
await step('a clearance is asked for where the visit is booked, and the time held', async () => {
  patient = await patientWith('Clara', ['Q79.63', 'Vascular Ehlers-Danlos syndrome'], ['Z79.01', 'Takes a blood thinner']);
  check((await decision(patient)) === 'clearance', 'a clearance is needed');
  await page.goto(`${base}/patients/${patient}`);
  await line('hypermobility_vascular').waitFor();
  await show('safety-clearance');
  await button('Book').click();
  await dialog().getByLabel(/^Date/).fill(later(3));
  await dialog().getByLabel(/^Time/).fill(time);
  await dialog().locator('[data-rule="hypermobility_vascular"]').waitFor();
  check((await button('Book', dialog()).count()) === 0, 'what needs a clearance is not booked');
  await show('safety-book');
  await button('Hold the time', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  const [held] = await found('Appointment', `patient=${patient}`);
  visit = held.id;
  check(held.status === 'pending', 'the time is held', held.status);
  const booked = await call('PUT', `Appointment/${held.id}`, { ...held, status: 'booked' });
  check(booked.status === 422, 'the server does not book it either', String(booked.status));
});

await step('the letter is asked for and made', async () => {
  await button('Ask for clearance', line('hypermobility_vascular')).click();
  await dialog().getByLabel('Whom do you ask?').waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some((i) => i.value === 'Dr Elena Vega'));
  const rule = dialog().getByRole('button', { pressed: true });
  check((await rule.count()) === 1, 'the rule is chosen already');
  await dialog().getByLabel('What they should know').fill('Light work on neck and shoulders, twice a week.');
  await show('safety-ask');
  const download = page.waitForEvent('download');
  await button('Make the letter', dialog()).click();
  const file = await (await download).path();
  check(fs.readFileSync(file).subarray(0, 5).toString() === '%PDF-', 'the letter is a PDF');
  await dialog().getByText('The request is recorded').waitFor();
  await show('safety-asked');
  await button('Close', dialog()).last().click();
  await line('hypermobility_vascular').getByText(/Dr Elena Vega was asked/).waitFor();
  const [task] = await found('Task', `patient=${patient}&code=clearance`);
  check(task.status === 'requested', 'the request waits', task.status);
  check(task.input.some((i) => i.type.coding[0].code === 'hypermobility_vascular'), 'it names its rule');
});

await step('the answer is recorded from the worklist', async () => {
  await page.goto(`${base}/work`);
  const everybody = page.getByText('Everybody', { exact: true });
  if (await everybody.count()) await everybody.click();
  await page.locator('[data-task=clearance]', { hasText: 'Clara' }).getByRole('button', { name: /Record answer/ }).click();
  await dialog().getByLabel('Licence number').fill('NY 204417');
  check((await dialog().getByLabel('Who cleared it?').inputValue()) === 'Dr Elena Vega', 'who was asked stands there');
  check((await dialog().getByLabel('Valid until').inputValue()) === later(90), 'it is good for 90 days');
  await dialog().getByLabel('Cleared for what', { exact: false }).fill('Light pressure on neck and shoulders.');
  await dialog().locator('input[type=file]').setInputFiles(letter);
  await dialog().getByRole('button', { name: 'answer.pdf' }).waitFor();
  await show('safety-record');
  await button('Record clearance', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  const [task] = await found('Task', `patient=${patient}&code=clearance`);
  check(task.status === 'completed', 'the request is done', task.status);
  const issue = (await found('DetectedIssue', `patient=${patient}`)).find((i) => i.mitigation);
  check(issue?.mitigation[0].action.coding[0].code === 'cleared', 'the clearance is on record', JSON.stringify(issue));
  const documents = await found('DocumentReference', `patient=${patient}`);
  check(documents.length === 1, 'the letter is kept', String(documents.length));
  check(JSON.stringify(issue).includes(`DocumentReference/${documents[0]?.id}`), 'and the clearance names it');
  check((await decision(patient)) === 'modify', 'what was cleared does not ask again');
});

await step('the alert is gone, and says by whom', async () => {
  await page.goto(`${base}/patients/${patient}`);
  const cleared = line('hypermobility_vascular');
  await cleared.getByText(/Cleared by Dr Elena Vega until/).waitFor();
  check((await cleared.getByRole('button', { name: 'Ask for clearance' }).count()) === 0, 'it does not ask again');
  await button(/Why/, cleared).click();
  await cleared.getByText('Light pressure on neck and shoulders.').waitFor();
  await show('safety-cleared');
});

await step('the held time is booked', async () => {
  await page.goto(`${base}/?date=${later(3)}`);
  await page.locator(`[data-visit="${visit}"]`).first().click();
  await button('Book the held time', dialog()).waitFor();
  await show('safety-held');
  await button('Book the held time', dialog()).click();
  await button('Arrived', dialog()).waitFor();
  check((await call('GET', `Appointment/${visit}`)).body.status === 'booked', 'the visit is booked');
});

await step('a precaution is overridden by one tap', async () => {
  await page.goto(`${base}/patients/${patient}`);
  const alert = line('anticoagulants');
  await button(/Why/, alert).click();
  await alert.getByRole('button', { name: 'Pressure and technique are adapted' }).waitFor();
  await show('safety-override');
  await alert.getByRole('button', { name: 'Pressure and technique are adapted' }).click();
  await line('anticoagulants').getByText('Overridden today: Pressure and technique are adapted').waitFor();
  const issues = (await screened(patient)).parameter.filter((p) => p.name === 'issue');
  const issue = issues.find((p) => p.part.some((q) => q.valueCode === 'anticoagulants'));
  check(issue.part.some((q) => q.name === 'lifted'), 'the screening says so too');
  await page.getByRole('link', { name: 'Start note' }).click();
  await button('Given').waitFor();
  check((await page.getByText(/Pressure \d+ of 10 at most/).count()) === 0, 'its cap is lifted in the note of the day');
});

await step('something happened', async () => {
  await page.goto(`${base}/patients/${patient}`);
  const card = page.getByRole('region', { name: 'After effects' });
  await card.getByRole('button', { name: 'Something happened' }).click();
  await dialog().getByRole('group', { name: 'What?' }).getByRole('button').nth(1).waitFor();
  check(await button('Record it', dialog()).isDisabled(), 'without a kind there is nothing to record');
  const kind = await dialog().getByRole('group', { name: 'What?' }).getByRole('button').nth(1).textContent();
  await button(kind, dialog()).click();
  await button('Mild', dialog()).click();
  await dialog().getByLabel('What was done').fill('Cold pack, told to call if it grows.');
  await button('It is getting better', dialog()).click();
  await show('safety-happened');
  await button('Record it', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  await card.getByText(/It is getting better · Cold pack/).waitFor();
  const [event] = await found('AdverseEvent', `subject=Patient/${patient}`);
  check(event?.actuality === 'actual' && event.severity.coding[0].code === 'mild', 'it is on record', JSON.stringify(event));
  await card.getByRole('button', { name: kind }).click();
  await button('It is gone', dialog()).click();
  await button('Save', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  await card.getByText(/It is gone/).waitFor();
  check((await found('AdverseEvent', `subject=Patient/${patient}`)).length === 1, 'how it ended is told of the same one');
});

await step('what a patient tells of the time after a visit is worked off', async () => {
  await page.goto(`${base}/patients/${patient}`);
  await button('Forms').click();
  await dialog().getByLabel('Form', { exact: true }).selectOption('after-visit');
  const question = (id) => dialog().locator(`[data-link="${id}"]`);
  await button('Yes', question('after-unwanted')).click();
  await question('after-effect').getByText('Dizziness', { exact: true }).click();
  await question('after-lasted').getByText('More than 48 hours', { exact: true }).click();
  await question('after-words').getByRole('textbox').fill('When I stand up.');
  await show('safety-after-visit');
  await button('Save', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  await page.getByRole('region', { name: 'After effects' }).getByText(/When I stand up/).waitFor();
  await page.goto(`${base}/work`);
  await page.locator('[data-task=after-effect]', { hasText: 'Clara' }).getByRole('button', { name: /^Open/ }).click();
  await dialog().getByText(/Call the patient/).waitFor();
  const chosen = dialog().getByRole('group', { name: 'What?' }).getByRole('button', { pressed: true });
  check(/Dizziness/.test(await chosen.textContent()), 'what the patient told stands there');
  await button('Moderate', dialog()).click();
  await dialog().getByLabel('What was done').fill('Called: better, will see her doctor.');
  await show('safety-after-effect');
  await button('Save', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  const [task] = await found('Task', `patient=${patient}&code=after-effect`);
  check(task?.status === 'completed', 'the call is done', JSON.stringify(task?.status));
  const events = await found('AdverseEvent', `subject=Patient/${patient}`);
  const told = events.find((e) => e.event.coding[0].code === 'dizziness');
  check(/When I stand up/.test(told?.event.text ?? ''), 'the words of the patient stay', JSON.stringify(told?.event));
  check(told?.severity?.coding[0].code === 'moderate', 'the therapist has completed it');
});

await step('how the rules do', async () => {
  await page.goto(`${base}/work`);
  await page.getByRole('link', { name: 'How the safety rules do' }).click();
  await page.getByRole('table').waitFor();
  const row = page.locator('tr[data-rule=anticoagulants]');
  await row.waitFor();
  check(/Pressure and technique are adapted \(\d+\)/.test(await row.textContent()), 'why a rule was overridden is counted');
  check(
    Number(await page.locator('tr[data-rule=hypermobility_vascular] td').nth(2).textContent()) >= 1,
    'what was cleared is counted',
  );
  await page.getByRole('columnheader', { name: 'Cleared' }).getByRole('button').click();
  const sorted = await page.locator('tbody tr td:nth-of-type(3)').allTextContents();
  check(sorted.every((n, i) => i === 0 || Number(sorted[i - 1]) >= Number(n)), 'a heading sorts', sorted.join(' '));
  check(/What this does not tell/.test(await page.locator('main').textContent()), 'the rate comes with its warning');
  await page.getByText('30 days', { exact: true }).click();
  await page.getByRole('table').waitFor();
  await show('safety-report');
});

await step('the keyboard alone asks for a clearance', async () => {
  const id = await patientWith('Kira', ['D66', 'Haemophilia']);
  await page.setViewportSize(sizes.tablet);
  await page.goto(`${base}/patients/${id}`);
  await button('Ask for clearance', line('bleeding_disorder')).focus();
  await page.keyboard.press('Enter');
  await dialog().getByLabel('Whom do you ask?').waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
  const where = await page.evaluate(() => document.activeElement?.textContent);
  check(where === 'Ask for clearance', 'closing leads back to where one was', where);
});

check(errors.length === 0, 'the browser has no errors to tell:', errors.slice(0, 5).join(' | '));
await browser.close();
end();
