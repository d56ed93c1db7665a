// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The library as the practice uses it: every kind is found and read with its sources; a rule of the practice's own fires in a
// chart until it is taken out of force, and a faulty one is refused in words; an own technique and template are kept; a claim
// stands beside what was measured here; and a sentence that claims too much is put right while it is written. Needs a
// running `tripsis demo` at BASE_URL; closes with "N passed, N failed".
import { launch, openPage } from './browser.mjs';
import { storyOf } from './story.mjs';

const base = process.env.BASE_URL;
if (!base) throw new Error('BASE_URL is not set: start `tripsis demo` and pass its address.');

const browser = await launch();
const { page, errors } = await openPage(browser);
page.setDefaultTimeout(15_000);
const { check, step, show, call, button, dialog, end } = storyOf(page, 'library');
const run = Date.now().toString(36);
const today = new Date().toLocaleDateString('en-CA', { timeZone: 'America/New_York' });
const main = page.locator('main');
const results = page.getByRole('region', { name: 'Results' });
const search = page.getByRole('searchbox');
const count = async () => Number(/\d+/.exec(await results.getByRole('status').textContent())[0]);
const found = async (type, query) =>
  ((await call('GET', `${type}?${query}`)).body.entry ?? [])
    .map((e) => e.resource)
    .filter((r) => r.resourceType === type);

async function signIn(name) {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill('tripsis-demo');
  await button('Sign in').click();
  await page.getByRole('link', { name: /To do/ }).first().waitFor();
}

/** A made-up patient with one diagnosis. */
async function patientWith(given, code, text) {
  const name = [{ family: `Library${run}`, given: [given] }];
  const made = await call('POST', 'Patient', { resourceType: 'Patient', name, birthDate: '1981-05-06', gender: 'male' });
  const status = (value, of) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/condition-${of}`, code: value }] });
  await call('POST', 'Condition', {
    resourceType: 'Condition',
    clinicalStatus: status('active', 'clinical'),
    verificationStatus: status('confirmed', 'ver-status'),
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code, display: text }], text },
    subject: { reference: `Patient/${made.body.id}` },
  });
  return made.body.id;
}

await step('sign in as the owner', () => signIn('owner'));

await step('everything is there, a kind at a time', async () => {
  await page.getByRole('link', { name: 'Library' }).first().click();
  await results.waitFor();
  check((await count()) >= 434, 'all that ships is listed', String(await count()));
  await show('library');
  const kinds = { Conditions: 41, Protocols: 12, Techniques: 38, Muscles: 121, 'Safety rules': 138, Measures: 35, Claims: 49 };
  for (const [name, number] of Object.entries(kinds)) {
    await button(name).click();
    await page.waitForFunction((n) => document.querySelector('[role=status]')?.textContent.includes(`${n} `), number);
    check((await count()) === number, `${name} are all there`, String(await count()));
  }
});

const entries = [
  ['Conditions', 'chronic low back', /What research says/],
  ['Protocols', 'low back', /Care at home/],
  ['Techniques', 'deep tissue', /Pressure/],
  ['Muscles', 'levator scapulae', /Region/],
  ['Safety rules', 'deep vein', /What lifts it/],
  ['Measures', 'oswestry', /Range/],
  ['Claims', 'toxins', /What may be said/],
];
for (const [kind, words, told] of entries)
  await step(`${kind}: found by words and read`, async () => {
    await page.goto(`${base}/library`);
    await results.waitFor();
    await button(kind).click();
    await search.fill(words);
    await results.getByRole('link').first().click();
    await main.locator('dl').waitFor();
    check(told.test(await main.locator('dl').textContent()), `${kind} tell what they must`, await main.locator('dl').textContent());
    const sources = await main.getByRole('region', { name: 'Sources' }).textContent();
    check(kind === 'Muscles' || !/No source is given/.test(sources), `${kind} name a source`, sources);
    await show(`library-${kind.split(' ').at(-1).toLowerCase()}`);
  });

await step('an address can be shared, and a rule says who has signed it', async () => {
  await page.goto(`${base}/library/rule/dvt_suspected`);
  await main.locator('dl').waitFor();
  const text = await main.textContent();
  for (const words of ['Stops treatment', 'Nobody has signed this yet', 'Review by', 'Never by hand'])
    check(text.includes(words), `the page of a rule says “${words}”`, text.slice(0, 400));
  check((await button('Change').count()) === 0, 'what ships cannot be changed');
  await page.goto(`${base}/library?q=nothing-like-it`);
  await page.getByText('Nothing here holds these words.').waitFor();
});

const title = `Tattoo ${run}`;
const rule = `tattoo_${run}`;
const line = page.locator(`[data-rule="${rule}"]`);
let patient = '';
const fill = async (words) => {
  for (const [label, text] of Object.entries(words)) await dialog().getByLabel(label, { exact: false }).first().fill(text);
};
const openForm = async (kind) => {
  await page.goto(`${base}/library`);
  await results.waitFor();
  await button('Add our own').click();
  await button(kind, dialog()).click();
  await dialog().getByLabel('Name', { exact: false }).first().waitFor();
};

await step('a faulty rule is refused in words, and put right', async () => {
  patient = await patientWith('Theo', 'L81.8', 'Fresh tattoo');
  await openForm('A safety rule');
  await fill({
    Name: title,
    Why: 'Open skin',
    'ICD-10 codes begin with': 'not-a-code',
    'What the therapist does': 'Leave the tattoo out.',
    'What lifts it': 'The skin is healed.',
    'Who answers for it': 'Olive Tide',
    Sources: 'Our own agreement',
  });
  await show('library-own-rule');
  await button('Save', dialog()).click();
  const refused = dialog().getByRole('alert');
  await refused.waitFor();
  check(/icd10|ICD-10|code/i.test(await refused.textContent()), 'the refusal says what is wrong', await refused.textContent());
  await show('library-refused', { only: 'tablet' });
  await fill({ 'ICD-10 codes begin with': 'L81' });
  await button('Save', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  await page.goto(`${base}/library/rule/${rule}`);
  await page.getByRole('heading', { name: title }).waitFor();
  check(/Your practice’s/.test(await main.textContent()), 'it is marked as the practice’s own');
  await show('library-own');
});

await step('the rule fires in the chart, and leads back to its page', async () => {
  await page.goto(`${base}/patients/${patient}`);
  await line.waitFor();
  await button(/Why/, line).click();
  check(/Our own agreement/.test(await line.textContent()), 'its source stands there', await line.textContent());
  await line.getByRole('link', { name: rule }).click();
  await page.getByRole('heading', { name: title }).waitFor();
});

await step('taken out of force it is gone', async () => {
  await button('Change').click();
  await button('Take out of force', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  await page.getByText('Not in force any more').first().waitFor();
  const screened = JSON.stringify((await call('GET', `Patient/${patient}/$screen?on=${today}`)).body);
  check(!screened.includes(rule), 'the screening does not know it any more');
  await page.goto(`${base}/patients/${patient}`);
  await page.getByRole('heading', { name: new RegExp(`Library${run}`) }).waitFor();
  check((await line.count()) === 0, 'the chart does not show it any more');
});

await step('a technique and a template of the practice’s own', async () => {
  await openForm('A technique');
  await fill({ Name: `Kneading ${run}`, Aims: 'warmth', Sources: 'Our own' });
  await show('library-own-technique');
  await button('Save', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  const own = (await found('ActivityDefinition', 'status=active&_count=1000')).filter((one) => one.meta?.tag);
  check(own.some((one) => one.title === `Kneading ${run}`), 'the technique is kept');
  await openForm('A plan template');
  await dialog().getByRole('combobox', { name: 'Copy of' }).click();
  await page.getByRole('option').first().click();
  await dialog().getByLabel('Name', { exact: false }).first().fill(`Template ${run}`);
  await dialog().getByLabel(/Visits a week/).first().fill('2');
  await show('library-own-template');
  await button('Save', dialog()).click();
  await dialog().waitFor({ state: 'hidden' });
  const plans = await found('PlanDefinition', 'type=clinical-protocol&_count=1000');
  const made = plans.find((one) => one.title === `Template ${run}`);
  check(made && JSON.stringify(made).includes('"per-week","valueDecimal":2'), 'the template is kept', JSON.stringify(made)?.slice(0, 300));
});

await step('claims beside what was measured here', async () => {
  await page.goto(`${base}/library/evidence`);
  await page.getByText('Our own figures are no proof').waitFor();
  const text = await main.textContent();
  check(/95 % interval/.test(text), 'a change comes with its interval');
  check(/\d+ patients/.test(text), 'and with how many were measured');
  check(text.includes('Nothing that is measured here could test it.'), 'what cannot be tested says so');
  check(/Not re-read in a source/.test(text), 'what was not re-read says so');
  await show('library-evidence');
  await page.getByText('Not supported', { exact: true }).click();
  const toxins = page.getByRole('region', { name: /toxins/i }).first();
  await toxins.getByText('Massage does not remove toxins.').waitFor();
  await toxins.getByRole('button', { name: 'Copy the sentence' }).waitFor();
});

await step('a sentence that claims too much is put right while it is written', async () => {
  await page.goto(`${base}/`);
  await call('POST', 'CarePlan', {
    resourceType: 'CarePlan',
    status: 'active',
    intent: 'plan',
    title: 'Calm skin',
    subject: { reference: `Patient/${patient}` },
    period: { start: today },
  });
  await page.goto(`${base}/patients/${patient}/plan`);
  await button('Review').first().click();
  const why = dialog().getByLabel('Why');
  await why.fill('Sleep is better. The massage flushes toxins. Go on.');
  await dialog().getByText(/claims more than research supports/).waitFor();
  await show('library-wording');
  await button('Replace the sentence', dialog()).click();
  const now = await why.inputValue();
  check(now === 'Sleep is better. Massage does not remove toxins. Go on.', 'one tap puts the sentence right', now);
  await page.waitForTimeout(900);
  check((await dialog().getByText(/claims more/).count()) === 0, 'and nothing more is offered');
  await why.fill('The massage flushes toxins.');
  await button('Keep mine', dialog()).click();
  check((await dialog().getByText(/claims more/).count()) === 0, 'one’s own words can be kept');
  await dialog().getByRole('group', { name: 'Decision' }).getByRole('button').first().click();
  await button('Record the decision', dialog()).click();
  await dialog().getByRole('alert').waitFor();
  check((await button('Replace the sentence', dialog()).count()) === 1, 'where the server refuses them it is offered again');
});

await step('a therapist reads, and changes nothing', async () => {
  await page.context().clearCookies();
  await signIn('maya');
  await page.goto(`${base}/library/rule/${rule}`);
  await page.getByRole('heading', { name: title }).waitFor();
  check((await button('Change').count()) === 0, 'a therapist is offered no change');
  const refused = await call('POST', 'ActivityDefinition', { resourceType: 'ActivityDefinition', status: 'active' });
  check(refused.status === 403, 'and the server takes none', String(refused.status));
});

// The last refusal is meant: the browser tells of it all the same.
const told = errors.filter((error) => !/status of 403/.test(error));
check(told.length === 0, 'the browser has no errors to tell:', told.slice(0, 5).join(' | '));
await browser.close();
end();
