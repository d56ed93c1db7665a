// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the patient wishes for the next visit: the pre-visit form, with the body instead of a list of places.
import { BodyPick } from './BodyPick';
import FormPage from './FormPage';

const widgets = { focus: BodyPick };

export default function Focus() {
  return <FormPage id="pre-visit" widgets={widgets} />;
}
