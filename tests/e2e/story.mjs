// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A browser test told as a story: steps that fail one by one, checks that are counted, screens that are photographed and
// examined, and the API as the page's own session sees it.
import { audit, shot, sideways, sizes, small } from './browser.mjs';

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
  async function step(title, act) {
    console.log(`-- ${title}`);
    try {
      await act();
    } catch (error) {
      check(false, title, String(error).split('\n').slice(0, 4).join(' '));
      await shot(page, `failed-${name}-${title.replace(/\W+/g, '-')}`).catch(() => {});
    }
  }

  /** A picture in both sizes, and axe, sideways scrolling and targets in both sizes and both colour schemes. */
  async function show(screen) {
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.waitForTimeout(250);
        const where = `${screen} (${size}, ${colorScheme})`;
        await shot(page, `${screen}-${size}${colorScheme === 'dark' ? '-dark' : ''}`);
        const violations = await audit(page);
        check(violations.length === 0, `${where} is clean for axe:`, violations.join(' | '));
        if (colorScheme === 'dark') continue;
        check((await sideways(page)) <= 0, `${where} does not scroll sideways`);
        const tiny = await small(page);
        check(tiny.length === 0, `${where} has targets of 44 px:`, tiny.slice(0, 5).join('; '));
      }
    }
    await page.setViewportSize(sizes.tablet);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.waitForTimeout(150);
  }

  /** A request of the public API from within the page, with its session. */
  const call = (method, path, body) =>
    page.evaluate(
      async ([m, p, b]) => {
        const response = await fetch(`/fhir/R4/${p}`, {
          method: m,
          headers: { 'Content-Type': 'application/fhir+json', 'X-Tripsis-Client': '1' },
          body: b && JSON.stringify(b),
        });
        const text = await response.text();
        return { status: response.status, body: text ? JSON.parse(text) : null };
      },
      [method, path, body],
    );

  /** A tap in the middle of what is drawn of a muscle. */
  async function tapMuscle(label) {
    const at = await page.getByRole('button', { name: label, exact: true }).evaluate((shape) => {
      shape.closest('svg').scrollIntoView({ block: 'center' });
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
    if (!at) throw new Error(`${label} is drawn nowhere that can be tapped`);
    await page.mouse.click(at.x, at.y);
  }

  const button = (label, scope = page) => scope.getByRole('button', { name: label, exact: true });
  const dialog = () => page.getByRole('dialog');

  /** Closes with the line that is counted, and the exit status. */
  function end() {
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed ? 1 : 0;
  }

  return { check, step, show, call, tapMuscle, button, dialog, end };
}
