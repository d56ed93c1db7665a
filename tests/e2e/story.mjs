// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A browser test told as a story: steps that fail one by one, checks that are counted, screens that are photographed and
// examined, and the API as the page's own session sees it.
import fs from 'node:fs';
import path from 'node:path';
import { audit, shot, sideways, sizes, small } from './browser.mjs';

/**
 * The key in the mail to that address in the outbox of the data folder, and the mail's text. Mails come from the background,
 * so it is waited for.
 */
export async function keyFromMail(data, address) {
  const outbox = path.join(data, 'outbox');
  for (let i = 0; i < 100; i++) {
    const files = fs.existsSync(outbox) ? fs.readdirSync(outbox).filter((f) => f.endsWith('.eml')) : [];
    for (const file of files) {
      const text = fs
        .readFileSync(path.join(outbox, file), 'utf8')
        .replace(/=\r?\n/g, '')
        .replace(/=3D/g, '=');
      const key = /\/portal\/enter#([\w-]+)/.exec(text)?.[1];
      if (key && text.includes(address)) return { key, text };
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('no mail with a link came into the outbox within 20 s');
}

/** `page` is what the story is told on; each helper takes another page where there are two. */
export function storyOf(page, name) {
  let passed = 0;
  let failed = 0;

  function check(holds, what, more = '') {
    if (holds) passed++;
    else {
      failed++;
      console.log(`FAILED: ${what} ${more}`);
    }
    return holds;
  }

  /** One step of the story: what throws in it is one failure, with a picture, and the story goes on. */
  async function step(title, act, on = page) {
    console.log(`-- ${title}`);
    try {
      await act();
    } catch (error) {
      check(false, title, String(error).split('\n').slice(0, 4).join(' '));
      await shot(on, `failed-${name}-${title.replace(/\W+/g, '-')}`).catch(() => {});
    }
  }

  /** A picture, axe, sideways scrolling and targets, in both sizes or in `only` one, and in both colour schemes. */
  async function show(screen, { on = page, only } = {}) {
    const usual = on.viewportSize();
    for (const size of only ? [only] : Object.keys(sizes)) {
      await on.setViewportSize(sizes[size]);
      for (const colorScheme of ['light', 'dark']) {
        await on.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await on.waitForTimeout(250);
        const where = `${screen} (${size}, ${colorScheme})`;
        await shot(on, `${screen}-${size}${colorScheme === 'dark' ? '-dark' : ''}`);
        const violations = await audit(on);
        check(violations.length === 0, `${where} is clean for axe:`, violations.join(' | '));
        if (colorScheme === 'dark') continue;
        check((await sideways(on)) <= 0, `${where} does not scroll sideways`);
        const tiny = await small(on);
        check(tiny.length === 0, `${where} has targets of 44 px:`, tiny.slice(0, 5).join('; '));
      }
    }
    await on.setViewportSize(usual);
    await on.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await on.waitForTimeout(150);
  }

  /** A request of the public API from within the page, with its session. */
  const call = (method, where, body, on = page) =>
    on.evaluate(
      async ([m, p, b]) => {
        const response = await fetch(`/fhir/R4/${p}`, {
          method: m,
          headers: {
            'Content-Type': 'application/fhir+json',
            'X-Tripsis-Client': '1',
            Prefer: 'return=representation',
          },
          body: b && JSON.stringify(b),
        });
        const text = await response.text();
        return { status: response.status, body: text ? JSON.parse(text) : null };
      },
      [method, where, body],
    );

  /** A point of the screen where a muscle is drawn and nothing lies over it; undefined where there is none. */
  const muscleAt = (label) =>
    button(label).evaluate((shape) => {
      const matrix = shape.getScreenCTM();
      const box = shape.getBBox();
      const found = [];
      for (let i = 1; i < 20; i++)
        for (let j = 1; j < 20; j++) {
          const inside = new DOMPoint(box.x + (box.width * i) / 20, box.y + (box.height * j) / 20);
          const seen = inside.matrixTransform(matrix);
          if (shape.isPointInFill(inside) && document.elementFromPoint(seen.x, seen.y) === shape) found.push(seen);
        }
      const middle = found[Math.floor(found.length / 2)];
      return middle && { x: middle.x, y: middle.y };
    });

  /** A tap in the middle of what is drawn of a muscle. */
  async function tapMuscle(label) {
    await button(label).evaluate((shape) => shape.closest('svg').scrollIntoView({ block: 'center' }));
    const at = await muscleAt(label);
    if (!at) throw new Error(`${label} is drawn nowhere that can be tapped`);
    await page.mouse.click(at.x, at.y);
  }

  async function signIn(base, on = page) {
    await on.goto(`${base}/sign-in`);
    await on.getByLabel('User name').fill(process.env.TRIPSIS_USERNAME ?? 'maya');
    await on.getByLabel('Password', { exact: true }).fill(process.env.TRIPSIS_PASSWORD ?? 'tripsis-demo');
    await button('Sign in', on).click();
    await on.locator('[data-visit]').first().waitFor();
  }

  const button = (label, scope = page) => scope.getByRole('button', { name: label, exact: typeof label === 'string' });
  const dialog = (on = page) => on.getByRole('dialog');

  /** Closes with the line that is counted, and the exit status. */
  function end() {
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed ? 1 : 0;
  }

  return { check, step, show, call, muscleAt, tapMuscle, signIn, button, dialog, end };
}
