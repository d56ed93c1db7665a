// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A signature or a picture. Few forms ask for one, so what draws it is fetched with the first that does.
import { lazy, Suspense } from 'react';
import { isSignature } from './items';
import type { ControlProps } from './Question';

const Photo = lazy(async () => ({ default: (await import('./Photo')).Photo }));
const Signature = lazy(async () => ({ default: (await import('./Signature')).Signature }));

export const Attach = (props: ControlProps) => (
  <Suspense>{isSignature(props.item) ? <Signature {...props} /> : <Photo {...props} />}</Suspense>
);
