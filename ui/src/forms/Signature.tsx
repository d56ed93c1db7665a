// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Signing with a finger, a pen or the mouse; or with the keyboard, by typing one's name and confirming it. What is signed
// stays until it is cleared.
import { Button } from '@mantine/core';
import { IconCheck, IconEraser, IconKeyboard } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { cx } from '../lib/text';
import u from '../styles/u.module.css';
import { Field } from './Field';
import css from './forms.module.css';
import { base64, drawnSvg, isEnough, paper, pathOf, thin, typedSvg, type Point } from './ink';
import type { ControlProps } from './Question';

const attachment = (svg: string, title: string): fhir4.Attachment => ({
  contentType: 'image/svg+xml',
  data: base64(svg),
  title,
  creation: new Date().toISOString().slice(0, 19) + 'Z',
});

export function Signature({ answers, onAnswer, labelId, describedBy }: ControlProps) {
  const [strokes, setStrokes] = useState<Point[][]>([]);
  const [typing, setTyping] = useState(false);
  const given = answers[0]?.valueAttachment;
  // What was pressed is gone after it: the focus goes to what undoes it, so that the keyboard keeps its place.
  const tools = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current) tools.current?.querySelector('button')?.focus();
    pressed.current = false;
  }, [given]);
  const clear = () => {
    pressed.current = true;
    setStrokes([]);
    onAnswer([]);
  };
  const draw = (next: Point[][]) => {
    setStrokes(next);
    if (isEnough(next)) onAnswer([{ valueAttachment: attachment(drawnSvg(next), 'Signature') }]);
  };
  const type = (name: string) => {
    setTyping(false);
    pressed.current = true;
    onAnswer([{ valueAttachment: attachment(typedSvg(name), 'Signature, typed') }]);
  };
  return (
    <div className={css.sign}>
      {given && !strokes.length ? (
        <img
          className={css.paper}
          src={`data:${given.contentType};base64,${given.data}`}
          alt={given.title ?? 'Signature'}
        />
      ) : (
        <Paper strokes={strokes} onStrokes={draw} labelledBy={labelId} describedBy={describedBy} />
      )}
      <div className={cx(u.row, u.between)}>
        <p className={cx(u.small, u.muted)} role="status">
          {given ? (
            <>
              <IconCheck size={16} aria-hidden className={css.inText} /> Signed
            </>
          ) : (
            'Sign with your finger in the box, or type your name.'
          )}
        </p>
        <div className={u.row} ref={tools}>
          {(given || strokes.length > 0) && (
            <button type="button" className={u.plainlink} onClick={clear}>
              <IconEraser size={18} aria-hidden /> Clear
            </button>
          )}
          {!given && (
            <button type="button" className={u.plainlink} aria-expanded={typing} onClick={() => setTyping(!typing)}>
              <IconKeyboard size={18} aria-hidden /> Type instead
            </button>
          )}
        </div>
      </div>
      {typing && !given && <TypeName onName={type} />}
    </div>
  );
}

function TypeName({ onName }: { onName: (name: string) => void }) {
  const [name, setName] = useState('');
  const enough = name.trim().length >= 3;
  const byEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.target as Element).matches('input')) return;
    event.preventDefault();
    event.stopPropagation();
    if (enough) onName(name);
  };
  return (
    <div className={css.typeName} onKeyDown={byEnter}>
      <label className={u.small}>
        Your full name. Typing it here and confirming it counts as your signature.
        <Field autoComplete="name" autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      <Button disabled={!enough} onClick={() => onName(name)}>
        This is my signature
      </Button>
    </div>
  );
}

type PaperProps = {
  strokes: Point[][];
  onStrokes: (strokes: Point[][]) => void;
  labelledBy: string;
  describedBy?: string;
};

function Paper({ strokes, onStrokes, labelledBy, describedBy }: PaperProps) {
  const sheet = useRef<SVGSVGElement>(null);
  const [line, setLine] = useState<Point[]>([]);
  const where = (event: PointerEvent): Point => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.current!.getScreenCTM()!.inverse());
    return { x: at.x, y: at.y };
  };
  const finish = () => {
    if (line.length > 1) onStrokes([...strokes, thin(line)]);
    setLine([]);
  };
  const start = (event: PointerEvent<SVGSVGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setLine([where(event)]);
  };
  return (
    <svg
      ref={sheet}
      className={css.paper}
      data-paper
      viewBox={`0 0 ${paper.width} ${paper.height}`}
      role="img"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      onPointerDown={start}
      onPointerMove={(event) => line.length > 0 && setLine([...line, where(event)])}
      onPointerUp={finish}
      onPointerCancel={finish}
    >
      <line x1="24" x2={paper.width - 24} y1="126" y2="126" className={css.baseline} />
      <path className={css.ink} d={pathOf(line.length ? [...strokes, line] : strokes)} />
    </svg>
  );
}
