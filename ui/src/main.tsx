// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Starts the web client. The nonce of the page's content security policy is handed to the two parts that write style
// elements: Mantine's variables, and the scroll lock under drawers and dialogs (which reads a webpack global).
import '@fontsource-variable/inter/wght.css';
import './styles/index.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { FhirError } from './fhir/client';
import { theme, variables } from './theme';

const nonce = () => document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce() });

// A page that the browser kept may show what somebody else saw before: it is asked for afresh.
addEventListener('pageshow', (event) => event.persisted && location.reload());

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refused it will refuse again; what did not arrive may arrive.
      retry: (failures, error) =>
        failures < 2 && !(error instanceof FhirError && error.status >= 400 && error.status < 500),
    },
  },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider getStyleNonce={nonce} theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
