// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Adds up what each route loads (JavaScript and CSS, gzipped) and fails above its budget: the Day is the page that
// a therapist opens between two clients on the clinic's network. Usage: node scripts/sizes.mjs [DIST]
// after a build; without DIST the newest one, of `npm run build` or of CMake.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const places = ['ui/dist', ...['release', 'asan', 'dev'].map((preset) => `build/${preset}/ui/dist`)];
const manifestOf = (dist) => path.join(dist, '.vite/manifest.json');
const built = places.map((place) => path.join(root, place)).filter((dist) => fs.existsSync(manifestOf(dist)));
const age = (dist) => Date.now() - fs.statSync(manifestOf(dist)).mtimeMs;
const dist = process.argv[2] ?? built.sort((a, b) => age(a) - age(b))[0];
if (!dist) throw new Error('There is no build of the web client: run npm run build.');
const budgets = { 'src/screens/day/Day.tsx': 200 };
const anyRoute = 230;
const patients = 170;
// Fetched behind a screen that is already there, by staff alone: the evaluator of calculated scores. Counted by itself.
const apart = { 'node_modules/fhirpath/esm/fhirpath.mjs': 165 };
// What a patient or somebody at the door opens; all else stands in the staff's frame.
const isPublic = (key) => key === 'index.html' || /screens\/(portal|kiosk|signin)\//.test(key);
const budgetOf = (key) => apart[key] ?? budgets[key] ?? (/screens\/(portal|kiosk)\//.test(key) ? patients : anyRoute);

const manifest = JSON.parse(fs.readFileSync(manifestOf(dist), 'utf8'));
const gz = (file) => zlib.gzipSync(fs.readFileSync(path.join(dist, file)), { level: 9 }).length;

function files(key, seen = new Set()) {
  const entry = manifest[key];
  if (seen.has(entry.file)) return seen;
  seen.add(entry.file);
  entry.css?.forEach((css) => seen.add(css));
  entry.imports?.forEach((next) => files(next, seen));
  return seen;
}

let failed = 0;
for (const [key, entry] of Object.entries(manifest)) {
  if (!entry.isDynamicEntry && !entry.isEntry) continue;
  const frame = key in apart ? [] : isPublic(key) ? ['index.html'] : ['index.html', 'src/app/Staff.tsx'];
  const all = new Set([...frame.flatMap((part) => [...files(part)]), ...files(key)]);
  const kilobytes = [...all].reduce((total, file) => total + gz(file), 0) / 1000;
  const budget = budgetOf(key);
  if (kilobytes > budget) failed++;
  console.log(`${kilobytes > budget ? 'FAIL' : 'ok  '} ${kilobytes.toFixed(1).padStart(6)} of ${budget} kB  ${key}`);
}
process.exitCode = failed ? 1 : 0;
