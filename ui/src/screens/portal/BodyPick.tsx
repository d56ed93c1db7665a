// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Places of the body by tapping on them. A patient means a region, not a muscle, so a tap chooses the whole region on that
// side; what is chosen is listed in words and can be taken off there.
import { IconX } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useCodes } from '../../app/definitions';
import { BodyFigure } from '../../body/BodyFigure';
import { sheets, type Shape, type View } from '../../body/map';
import { systems } from '../../fhir/canonical';
import { Select } from '../../forms/Field';
import type { Answer } from '../../forms/items';
import type { Widget } from '../../forms/useForm';
import u from '../../styles/u.module.css';
import css from './portal.module.css';

type Place = { code: string; name: string };

const nameOf = (answer: Answer) => answer.valueCoding?.display ?? answer.valueString ?? '';

/** The region and side that a shape belongs to, in words. */
function usePlaces() {
  const muscles = useCodes('muscle').data;
  const regions = useCodes('region').data;
  return useMemo(() => {
    const names = new Map((regions ?? []).map((r) => [r.code, r.name]));
    const homes = new Map((muscles ?? []).map((m) => [m.code, m.property.region]));
    return ({ target, side }: Shape): Place => {
      const code = target.kind === 'region' ? target.code : (homes.get(target.code) ?? target.code);
      const name = names.get(code) ?? code.replace(/_/g, ' ');
      return { code, name: side === 'midline' ? name : `${name}, ${side}` };
    };
  }, [muscles, regions]);
}

const BodyPick: Widget = ({ answers, onAnswer, labelId }) => {
  const [view, setView] = useState<View>('back');
  const placeOf = usePlaces();
  const list = useRef<HTMLDivElement>(null);
  const has = (name: string) => answers.some((one) => nameOf(one) === name);
  const without = (name: string) => answers.filter((one) => nameOf(one) !== name);
  const flip = ({ code, name }: Place) => {
    const one: Answer = { valueCoding: { system: systems.region, code, display: name } };
    onAnswer(has(name) ? without(name) : [...answers, one]);
  };
  const names = useMemo(() => {
    const all = Object.values(sheets).flatMap((sheet) => sheet.surface.map(placeOf));
    return [...new Map(all.map((place) => [place.name, place])).values()].sort((a, b) => a.name.localeCompare(b.name));
  }, [placeOf]);
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
          onTap={(shape) => flip(placeOf(shape))}
          label={`The ${view} of the body`}
        />
      </div>
      <div className={u.row} ref={list}>
        {answers.length === 0 && <p className={u.muted}>Tap where you would like us to work.</p>}
        {answers.map((one) => (
          <button
            key={nameOf(one)}
            type="button"
            className={u.pick}
            aria-label={`Remove ${nameOf(one)}`}
            onClick={() => {
              onAnswer(without(nameOf(one)));
              list.current?.closest('[role=group]')?.querySelector('select')?.focus();
            }}
          >
            {nameOf(one)} <IconX size={16} aria-hidden />
          </button>
        ))}
      </div>
      <ByName places={names.filter(({ name }) => !has(name))} onPick={flip} />
    </div>
  );
};

export default BodyPick;

/** The way without a pointer. A list that is closed changes with each arrow key, so a button takes what it shows. */
function ByName({ places, onPick }: { places: Place[]; onPick: (place: Place) => void }) {
  const [name, setName] = useState('');
  const place = places.find((one) => one.name === name);
  return (
    <div className={css.byName}>
      <Select
        aria-label="Or choose a place from the list"
        value={place ? name : ''}
        data={[
          { value: '', label: 'Or choose from the list …' },
          ...places.map((one) => ({ value: one.name, label: one.name })),
        ]}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <button type="button" className={u.pick} disabled={!place} onClick={() => place && onPick(place)}>
        Add
      </button>
    </div>
  );
}
