// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Packs the built web client into one blob and one C++ table for src/http/ui_files.cc, each file in up to three forms, so that the
// server sends what is already compressed. Usage: node pack_ui.mjs DIST OUT_FOLDER
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [dist, out] = process.argv.slice(2);
const mediaTypes = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.json': 'application/json', '.woff2': 'font/woff2', '.png': 'image/png', '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8', '.webmanifest': 'application/manifest+json',
};

// Sorted, so that the same client always gives the same program. Vite's own manifest (.vite/) is for tests, not for browsers.
const paths = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `/${relative(dist, join(entry.parentPath ?? entry.path, entry.name))}`)
  .filter((path) => !path.startsWith('/.'))
  .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

const chunks = [];
let size = 0;
function put(bytes) {
  const slice = `{${size}, ${bytes.length}}`;
  chunks.push(bytes);
  size += bytes.length;
  return slice;
}

const rows = paths.map((path) => {
  const plain = readFileSync(join(dist, path));
  const mediaType = mediaTypes[extname(path)];
  if (!mediaType) throw new Error(`tools/pack_ui.mjs knows no media type for ${path}`);
  const brotli = brotliCompressSync(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  });
  const gzip = gzipSync(plain, { level: 9 });
  const worth = (packed) => (packed.length < plain.length * 0.9 ? put(packed) : '{}');
  const etag = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  // Vite puts only names that hold a hash of their content under /assets/.
  const immutable = path.startsWith('/assets/');
  return `    UiFile{"${path}", "${mediaType}", "\\"${etag}\\"", ${immutable}, ${put(plain)}, ${worth(brotli)}, ${worth(gzip)}},`;
});

writeFileSync(join(out, 'ui.blob'), Buffer.concat(chunks));
writeFileSync(join(out, 'ui_table.inc'), `constexpr std::array<UiFile, ${rows.length}> ui_files{\n${rows.join('\n')}\n};\n`);
