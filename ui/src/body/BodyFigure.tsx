// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Draws one side of the body: to choose muscles, or to show where the work went. A tap beside a muscle takes the nearest
// one within 16 px: many muscles are smaller than a fingertip.
import { useId, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { cx } from '../lib/text';
import css from './body.module.css';
import { inView, sheets, toward, type Box, type Shape, type View } from './map';

type Props = {
  view: View;
  label: string;
  box?: Box;
  deep?: boolean;
  chosen?: Set<string>;
  avoid?: Set<string>;
  heat?: Map<string, number>;
  nameOf?: (shape: Shape) => string;
  /** The shape that was tapped, and where; without a point when it was chosen by the keyboard. */
  onTap?: (shape: Shape, at?: { x: number; y: number }) => void;
  children?: ReactNode;
};

const reach = [0, 6, 11, 16];

/** The shape under or next to a point of the screen. */
function nearest(event: MouseEvent, svg: Element): Element | null {
  for (const far of reach) {
    for (let turn = 0; turn < (far ? 16 : 1); turn++) {
      const angle = (turn * Math.PI) / 8;
      const found = document
        .elementFromPoint(event.clientX + far * Math.cos(angle), event.clientY + far * Math.sin(angle))
        ?.closest('[data-shape]');
      if (found && svg.contains(found)) return found;
    }
  }
  return null;
}

export function BodyFigure(props: Props) {
  const { view, label, box, deep = false, chosen, avoid, heat, nameOf, onTap, children } = props;
  const sheet = sheets[view];
  const id = useId().replace(/\W/g, '');
  const layer = deep ? sheet.deep : sheet.surface;
  const other = (deep ? sheet.surface : sheet.deep).filter((s) => chosen?.has(s.site));
  const hottest = heat ? Math.max(1, ...heat.values()) : 1;
  const turn = (s: Shape) => (s.flip ? `translate(${sheet.width} 0) scale(-1 1)` : undefined);
  const frame = box ?? { x: 8, y: 0, w: sheet.width - 16, h: sheet.height };
  const fill = (s: Shape) => {
    const minutes = heat?.get(s.site);
    return minutes ? { fill: 'var(--ts-muscle-on)', fillOpacity: 0.22 + (0.78 * minutes) / hottest } : undefined;
  };
  // Every shape can be tapped; only those in view are buttons. The Tab key stops at one of them, and the arrow keys go on.
  const shown = box ? layer.filter((s) => inView([s], box).length) : layer;
  const press = (s: Shape) => {
    if (!onTap) return undefined;
    if (!shown.includes(s)) return { 'data-shape': s.id };
    return {
      role: 'button',
      tabIndex: s === shown[0] ? 0 : -1,
      'aria-pressed': chosen?.has(s.site) ?? false,
      'aria-label': nameOf?.(s),
      'data-shape': s.id,
      onKeyDown: (event: KeyboardEvent) => {
        const next = toward(shown, s, event.key);
        if (next) {
          event.preventDefault();
          event.currentTarget.closest('svg')!.querySelector<SVGElement>(`[data-shape="${next.id}"]`)?.focus();
        }
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onTap(s);
      },
    };
  };
  const tap = (event: MouseEvent<SVGSVGElement>) => {
    const hit = nearest(event, event.currentTarget)?.getAttribute('data-shape');
    const shape = layer.find((s) => s.id === hit);
    if (!shape) return;
    const matrix = event.currentTarget.getScreenCTM();
    const at = matrix && new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    onTap?.(shape, at ? { x: Math.round(at.x), y: Math.round(at.y) } : undefined);
  };
  const barred = [...sheet.surface, ...sheet.deep].filter((s) => avoid?.has(s.site));
  return (
    <svg
      className={css.body}
      viewBox={`${frame.x} ${frame.y} ${frame.w} ${frame.h}`}
      role={onTap ? 'group' : 'img'}
      aria-label={label}
      onClick={onTap && tap}
    >
      <defs>
        <clipPath id={`skin${id}`}>
          <path d={sheet.outline} />
        </clipPath>
        <pattern id={`hatch${id}`} width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="12" height="12" className={css.hatchGround} />
          <line x1="0" y1="0" x2="0" y2="12" className={css.hatchLine} />
        </pattern>
      </defs>
      <path d={sheet.outline} className={css.skin} />
      <g clipPath={`url(#skin${id})`}>
        {deep &&
          sheet.surface.map((s) => (
            <path key={s.id} d={s.d} transform={turn(s)} className={cx(css.muscle, css.under)} />
          ))}
        {layer.map((s) => (
          <path
            key={s.id}
            d={s.d}
            transform={turn(s)}
            style={fill(s)}
            className={cx(css.muscle, chosen?.has(s.site) && css.chosen)}
            {...press(s)}
          />
        ))}
        {other.map((s) => (
          <path key={s.id} d={s.d} transform={turn(s)} className={cx(css.muscle, css.ghost)} />
        ))}
        {barred.map((s) => (
          <path
            key={s.id}
            d={s.d}
            transform={turn(s)}
            className={cx(css.muscle, css.avoid)}
            style={{ fill: `url(#hatch${id})` }}
          />
        ))}
      </g>
      {children}
    </svg>
  );
}

/** Shows on the small figure where the large one is. */
export const Frame = ({ box }: { box: Box }) => (
  <rect className={css.frame} x={box.x + 16} y={box.y} width={box.w - 32} height={box.h} rx={24} />
);
