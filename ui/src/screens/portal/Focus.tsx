// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the patient wishes for the next visit: the pre-visit form, with the body instead of a list of places. The body's
// outlines are fetched when they are asked for.
import { lazy, Suspense } from 'react';
import type { Widget } from '../../forms/useForm';
import FormPage from './FormPage';

const BodyPick = lazy(() => import('./BodyPick'));
const Body: Widget = (props) => (
  <Suspense>
    <BodyPick {...props} />
  </Suspense>
);
const widgets = { focus: Body };

export default function Focus() {
  return <FormPage id="pre-visit" widgets={widgets} />;
}
