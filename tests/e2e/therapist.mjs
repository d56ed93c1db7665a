// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A therapist's day beside the notes: what waits, the chart with all that can be added to it, an assessment, a plan
// proposed, changed, agreed on and reviewed, papers, two records that become one. What was stored is asked of the API.
// Needs a running `tripsis demo` at BASE_URL; closes with "N passed, N failed".
import { launch, openPage } from './browser.mjs';
import { storyOf } from './story.mjs';

const base = process.env.BASE_URL;
if (!base) throw new Error('BASE_URL is not set: start `tripsis demo` and pass its address.');

const browser = await launch();
const { page, errors } = await openPage(browser);
page.setDefaultTimeout(15_000);
const { check, step, show, call, button, dialog, end } = storyOf(page, 'therapist');
const found = async (type, query) =>
  ((await call('GET', `${type}?${query}`)).body.entry ?? []).map((e) => e.resource).filter((r) => r.resourceType === type);

let patient = '';

await step('sign in, and what waits', async () => {
  await page.goto(`${base}/`);
  await page.getByLabel('User name').fill('maya');
  await page.getByLabel('Password', { exact: true }).fill('tripsis-demo');
  await button('Sign in').click();
  await page.getByRole('link', { name: /To do/ }).first().click();
  await page.waitForURL(/\/work$/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const listed = (await call('GET', '$worklist')).body.entry.filter((e) => e.resource.resourceType === 'Task');
  check(listed.length > 0, 'something waits for somebody in the demo');
  await show('work');
});

await step('the chart', async () => {
  patient = (await found('Patient', 'name=Petrov')).find((p) => p.name[0].given[0] === 'Ana').id;
  await page.goto(`${base}/patients/${patient}`);
  await page.getByRole('heading', { name: 'Ana Petrov' }).waitFor();
  await page.getByRole('region', { name: 'Measures' }).waitFor();
  await show('therapist-chart');
});

await step('a diagnosis with how it came about', async () => {
  await page.getByRole('region', { name: 'Diagnoses' }).getByRole('button', { name: /Add/ }).click();
  await dialog().getByLabel('ICD-10-CM code').fill('S13.4XXA');
  await dialog().getByLabel('In words').fill('Whiplash');
  await dialog().getByLabel('How it came about').selectOption('auto');
  await show('diagnosis');
  await dialog().locator('button[type=submit]').click();
  await dialog().waitFor({ state: 'hidden' });
  const stored = (await found('Condition', `patient=${patient}`)).find((c) => c.code.text === 'Whiplash');
  check(stored?.extension?.some((e) => e.valueCode === 'auto'), 'the mechanism is stored', JSON.stringify(stored));
});

await step('an assessment', async () => {
  await button('Assess').click();
  await button('Save assessment', dialog()).click();
  check(/Choose the region|Write what you found/.test(await dialog().textContent()), 'an empty assessment is not saved');
  await dialog().getByLabel('Region').selectOption('neck_posterior');
  await dialog().getByLabel('Told and seen').fill('Head held forward.');
  await button('Special test', dialog()).click();
  await dialog().getByLabel('Test', { exact: true }).fill('Spurling');
  await button('Negative', dialog()).click();
  await button('Movement', dialog()).click();
  await dialog().getByLabel('Movement', { exact: true }).selectOption('cervical_rotation');
  await dialog().getByLabel(/^Degrees/).fill('47');
  await dialog().getByLabel('Working hypothesis').fill('Levator scapulae carries the load of the head.');
  await show('assess');
  await button('Save assessment', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  const made = (await found('ClinicalImpression', `patient=${patient}`)).find((i) => /Levator/.test(i.summary ?? ''));
  check(made?.investigation?.[0]?.item?.length === 2, 'the hypothesis rests on its two findings', JSON.stringify(made));
});

await step('a plan is proposed, changed, agreed on', async () => {
  await page.goto(`${base}/patients/${patient}/plan`);
  await page.getByRole('region', { name: 'Dose' }).waitFor();
  await page.getByText('Working out a proposal').waitFor({ state: 'hidden' }).catch(() => {});
  await show('plan');
  await button('Save plan').click();
  await dialog().getByText('agrees').waitFor();
  const canvas = dialog().locator('svg[aria-labelledby]');
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + 30, box.y + box.height / 2);
  await page.mouse.down();
  for (let i = 1; i < 12; i++) await page.mouse.move(box.x + 30 + i * 12, box.y + box.height / 2 + (i % 2 ? 12 : -12));
  await page.mouse.up();
  await show('plan-agree');
  await button('Agree and save', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  const plans = await found('CarePlan', `patient=${patient}&status=active`);
  check(plans.length === 1, 'there is one active plan', String(plans.length));
  check(plans[0]?.extension?.some((e) => /StructureDefinition\/dose$/.test(e.url)), 'the plan holds its dose');
  const signed = await found('Provenance', `target=CarePlan/${plans[0]?.id}`);
  check(signed[0]?.agent?.length === 2, 'two have signed it', JSON.stringify(signed[0]?.agent));
});

await step('a review with its decision', async () => {
  await button('Review').click();
  await dialog().getByRole('table').waitFor();
  await button('Continue', dialog()).click();
  await dialog().getByLabel('Why').fill('Pain is falling; turning the head is easier.');
  await show('plan-review');
  await button('Record the decision', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  const reviews = await found('ClinicalImpression', `patient=${patient}`);
  check(reviews.some((r) => /Pain is falling/.test(r.summary ?? '')), 'the decision is on record');
});

await step('papers', async () => {
  await page.goto(`${base}/patients/${patient}`);
  await button('Report').click();
  await show('papers');
  await page.keyboard.press('Escape');
  const pdf = await page.evaluate(async (id) => {
    const response = await fetch(`/fhir/R4/Patient/${id}/$report`, { headers: { Accept: 'application/pdf' } });
    return { status: response.status, begins: (await response.text()).slice(0, 5) };
  }, patient);
  check(pdf.status === 200 && pdf.begins === '%PDF-', 'the report is a PDF', JSON.stringify(pdf));
});

await step('two records become one', async () => {
  const name = [{ family: `Double${Date.now().toString(36)}`, given: ['Dora'] }];
  const one = (await call('POST', 'Patient', { resourceType: 'Patient', name, birthDate: '1975-03-04' })).body.id;
  const two = (await call('POST', 'Patient', { resourceType: 'Patient', name, birthDate: '1975-03-04' })).body.id;
  await call('POST', 'Condition', {
    resourceType: 'Condition',
    code: { text: 'Neck pain' },
    subject: { reference: `Patient/${two}` },
  });
  await page.goto(`${base}/patients/${one}`);
  await page.getByRole('button', { name: /^Merge/ }).click();
  await dialog().getByRole('list', { name: 'Likely doubles' }).getByRole('button').first().click();
  await show('merge');
  await dialog().getByRole('button', { name: /^Merge/ }).last().click();
  await dialog().waitFor({ state: 'hidden' });
  const moved = await found('Condition', `patient=${one}`);
  check(moved.length === 1, 'what belonged to the other belongs to the one', JSON.stringify(moved).slice(0, 200));
  check((await call('GET', `Patient/${two}`)).body.active === false, 'the other record is closed');
});

check(errors.length === 0, 'the browser has no errors to tell:', errors.slice(0, 5).join(' | '));
await browser.close();
end();
