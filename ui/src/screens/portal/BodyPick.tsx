// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Places of the body by tapping on them. A patient means a region, not a muscle, so a tap chooses the whole region on that
// side; what is chosen is listed in words and can be taken off there.
import { IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useCodes } from '../../app/definitions';
import { BodyFigure } from '../../body/BodyFigure';
import { sheets, type Shape, type View } from '../../body/map';
import { systems } from '../../fhir/canonical';
import type { Answer } from '../../forms/items';
import type { Widget } from '../../forms/useForm';
import u from '../../styles/u.module.css';
import css from './portal.module.css';

const nameOf = (answer: Answer) => answer.valueCoding?.display ?? answer.valueString ?? '';

/** The region and side that a shape belongs to, in words. */
function usePlaces() {
  const muscles = useCodes('muscle').data;
  const regions = useCodes('region').data;
  return useMemo(() => {
    const names = new Map((regions ?? []).map((r) => [r.code, r.name]));
    const homes = new Map((muscles ?? []).map((m) => [m.code, m.property.region]));
    return ({ target, side }: Shape) => {
      const code = target.kind === 'region' ? target.code : (homes.get(target.code) ?? target.code);
      const name = names.get(code) ?? code.replace(/_/g, ' ');
      return { code, name: side === 'midline' ? name : `${name}, ${side}` };
    };
  }, [muscles, regions]);
}

export const BodyPick: Widget = ({ answers, onAnswer, labelId }) => {
  const [view, setView] = useState<View>('back');
  const placeOf = usePlaces();
  const has = (name: string) => answers.some((one) => nameOf(one) === name);
  const without = (name: string) => answers.filter((one) => nameOf(one) !== name);
  const flip = (shape: Shape) => {
    const { code, name } = placeOf(shape);
    const one: Answer = { valueCoding: { system: systems.region, code, display: name } };
    onAnswer(has(name) ? without(name) : [...answers, one]);
  };
  const chosen = new Set(sheets[view].surface.filter((shape) => has(placeOf(shape).name)).map((shape) => shape.site));
  return (
    <div className={css.pick} aria-labelledby={labelId} role="group">
      <div className={css.two} role="group" aria-label="Side of the body">
        {(['front', 'back'] as const).map((side) => (
          <button key={side} type="button" aria-pressed={view === side} onClick={() => setView(side)}>
            {side === 'front' ? 'Front' : 'Back'}
          </button>
        ))}
      </div>
      <div className={css.body}>
        <BodyFigure
          view={view}
          chosen={chosen}
          nameOf={(shape) => placeOf(shape).name}
          onTap={flip}
          label={`The ${view} of the body`}
        />
      </div>
      <div className={u.row}>
        {answers.length === 0 && <p className={u.muted}>Tap where you would like us to work.</p>}
        {answers.map((one) => (
          <button
            key={nameOf(one)}
            type="button"
            className={u.pick}
            aria-label={`Remove ${nameOf(one)}`}
            onClick={() => onAnswer(without(nameOf(one)))}
          >
            {nameOf(one)} <IconX size={16} aria-hidden />
          </button>
        ))}
      </div>
    </div>
  );
};
