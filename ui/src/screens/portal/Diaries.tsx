// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The diaries that fit a patient, on the first page.
import { IconNotebook } from '@tabler/icons-react';
import { useQuestionnaires } from '../../app/definitions';
import { useMeasures } from '../../app/measures';
import { diariesOf } from '../../clinic/diary';
import type { Portal } from '../../clinic/portal';
import { Steps } from './Steps';
import { useMe } from './usePortal';

export function Diaries({ portal }: { portal: Portal }) {
  const forms = useQuestionnaires().data ?? [];
  const measures = useMeasures(useMe()).data ?? [];
  const diaries = diariesOf(portal.due, measures, forms);
  if (!diaries.length) return null;
  const steps = diaries.map(({ id, title, text }) => ({ href: `/portal/forms/${id}`, Icon: IconNotebook, title, text }));
  return <Steps title="Your diaries" steps={steps} />;
}
