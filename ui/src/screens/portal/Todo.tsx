// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What to do before the visit: forms that are due come first; the journal and the wish for the visit are always there.
import { IconBodyScan, IconClipboardText, IconNotebook } from '@tabler/icons-react';
import { useQuestionnaires } from '../../app/definitions';
import { isDiary, type Portal } from '../../clinic/portal';
import { minutesToFill } from '../../forms/items';
import type { Day } from '../../lib/time';
import { plural } from '../../lib/text';
import { Steps, type Step } from './Steps';

function stepsOf(portal: Portal, today: Day, forms: fhir4.Questionnaire[]): Step[] {
  const due = portal.due
    .filter((one) => !isDiary(one.id))
    .map((one): Step => {
      const form = forms.find((f) => f.id === one.id);
      const minutes = form && minutesToFill(form);
      return {
        href: `/portal/forms/${one.id}`,
        Icon: IconClipboardText,
        title: form?.title ?? one.title ?? 'Form',
        text: minutes ? `${plural(minutes, 'minute')}, before your visit` : 'Before your visit',
      };
    });
  const soon = portal.next?.day === today;
  return [
    ...due,
    {
      href: '/portal/focus',
      Icon: IconBodyScan,
      title: soon ? 'Where should we work today?' : 'Where should we work next time?',
      text: 'On a picture of the body, 1 minute',
    },
    { href: '/portal/journal', Icon: IconNotebook, title: 'How are you today?', text: 'Journal, under half a minute' },
  ];
}

export function Todo({ portal, today }: { portal: Portal; today: Day }) {
  const forms = useQuestionnaires().data ?? [];
  return <Steps title={portal.next ? 'Before your visit' : 'For you'} steps={stepsOf(portal, today, forms)} />;
}
