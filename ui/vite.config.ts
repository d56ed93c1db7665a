// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The web client is built into dist/, which the server embeds. Nothing is inlined as data: the page's
// content security policy allows scripts, styles and fonts from the server's own address only.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The server compares Origin with Host, so Host is passed on as the browser sent it.
const server = { target: process.env.TRIPSIS_SERVER ?? 'http://127.0.0.1:8080', changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', manifest: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 650 },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  server: { proxy: { '/fhir': server, '/auth': server, '/drafts': server } },
});
