// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Draws a Questionnaire and hands back the response: as one page on the tablet, as one question a screen on the phone.
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useZone } from '../app/session';
import { writeInstant } from '../lib/time';
import { Failure } from '../shared/Failure';
import { problems as find, type Problem } from './check';
import { responseOf } from './fill';
import css from './forms.module.css';
import { Page } from './Page';
import { Steps } from './Steps';
import { FormContext, useForm, type Widget } from './useForm';

type Props = {
  questionnaire: fhir4.Questionnaire;
  patient: { id: string; name?: string };
  author?: string;
  /** An earlier response to begin with. */
  start?: fhir4.QuestionnaireResponse;
  scores?: 'shown' | 'left to the server';
  widgets?: Record<string, Widget>;
  sendText: string;
  busy: boolean;
  error: unknown;
  /** What one does instead of sending, beside the send button of the page. */
  aside?: ReactNode;
  /** All on one page also on the phone: for what takes half a minute. */
  onePage?: boolean;
  onSend: (response: fhir4.QuestionnaireResponse, forget: () => void) => void;
};

const none: Record<string, Widget> = {};

export function FormFill(props: Props) {
  const { questionnaire, patient, author, start, scores = 'left to the server', widgets = none } = props;
  const zone = useZone();
  const phone = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false });
  const filling = useForm(questionnaire, { draft: `${patient.id}.${questionnaire.id}`, start, scores });
  const { form, filled } = filling;
  // Whose problems are said: nobody's, before one has gone on or tried to send.
  const [tried, setTried] = useState<string[] | 'all'>([]);
  const [wanted, setWanted] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const found = useMemo(() => find(form, filled), [form, filled]);
  const shown = useMemo(() => {
    const said = tried === 'all' ? found : found.filter((one) => tried.includes(one.key));
    return new Map(said.map((one): [string, Problem] => [one.key, one]));
  }, [tried, found]);
  // The first control of the first question that needs something gets the focus, once it is on the screen.
  useEffect(() => {
    if (wanted === null) return;
    const place = body.current?.querySelector(`[data-key="${CSS.escape(wanted)}"]`);
    const control = place?.querySelector<HTMLElement>('input, textarea, select, [role=slider], button');
    (control ?? (place as HTMLElement | null))?.focus();
    place?.scrollIntoView({ block: 'center' });
    setWanted(null);
  }, [wanted]);
  const send = () => {
    setTried('all');
    if (found[0]) {
      filling.go(found[0].linkId);
      setWanted(found[0].key);
      return;
    }
    props.onSend(
      responseOf(form, filled, { patient, author, authored: writeInstant(new Date(), zone) }),
      filling.forget,
    );
  };
  /** An answer on this screen that cannot stay so; what is not answered yet is asked for when all is sent. */
  const wrong = (linkIds: string[]) => {
    const mine = found.filter((one) => linkIds.includes(one.linkId) && filled.answers[one.key]?.length);
    if (!mine[0]) return false;
    if (tried !== 'all') setTried([...tried, ...mine.map((one) => one.key)]);
    setWanted(mine[0].key);
    return true;
  };
  const layout = { ...filling, problems: shown, roomy: phone, widgets, onTapped: () => {} };
  const frame = { sendText: props.sendText, busy: props.busy, aside: props.aside, send, problemCount: shown.size };
  return (
    <div className={css.form} ref={body}>
      {phone && !props.onePage ? (
        <Steps drawn={layout} {...frame} wrong={wrong} />
      ) : (
        <FormContext value={layout}>
          <Page {...frame} />
        </FormContext>
      )}
      <Failure error={props.error} />
    </div>
  );
}
