// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the end-to-end tests share: Debian's Chromium through playwright-core (both from ui/node_modules), a page that
// collects console errors, and axe-core in light and dark.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(path.join(here, '../../ui/package.json'));
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const sizes = { tablet: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
export const shots = path.join(here, 'shots');

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A fresh browser profile and page. `errors` fills with page errors, console errors and policy violations. */
export async function openPage(browser, { size = 'tablet', dark = false, now } = {}) {
  const context = await browser.newContext({
    viewport: sizes[size],
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    hasTouch: size === 'phone',
    deviceScaleFactor: 1.5,
    locale: 'en-US',
  });
  const page = await context.newPage();
  if (now) await page.clock.install({ time: new Date(now) });
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    // The browser reports every refused request as an error; refusals are part of what is tested.
    if (message.type() === 'error' && !/status of (401|409|412|422)/.test(message.text())) errors.push(message.text());
  });
  return { context, page, errors };
}

/** Violations of axe's rules on the page as it stands, as short lines. */
export async function audit(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const result = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), rules);
  return result.violations.map((violation) => {
    const [node] = violation.nodes;
    const why = node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? '';
    return `${violation.id} (${violation.nodes.length}) ${node.target.join(' ')} ${why.slice(0, 140)}`;
  });
}

/** How far the page can be scrolled sideways, in pixels. */
export const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Controls under 44 px, which a thumb misses. */
export function small(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], [role=slider], input, select, summary')]
      .filter((e) => e.checkVisibility() && !e.closest('svg') && !/skip/.test(e.className))
      .map((e) => ({ e, box: (e.closest('label') ?? e).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
      .map(
        ({ e, box }) =>
          `${(e.getAttribute('aria-label') ?? e.textContent ?? '').slice(0, 24)} ${Math.round(box.width)}x${Math.round(box.height)}`,
      ),
  );
}

export async function shot(page, name) {
  fs.mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: path.join(shots, `${name}.png`) });
}
