// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The body: a small figure says where, the large one has the names. A tap does what the chosen tool says: worked on,
// trigger point, pain (painted), avoid. What is hatched cannot be worked on, and a tap on it says why.
import { SegmentedControl } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type MouseEvent } from 'react';
import { BodyFigure, Frame } from '../../body/BodyFigure';
import { partAt, parts, sheets, whereIs, type Part, type Shape, type View } from '../../body/map';
import { Marks } from '../../body/Marks';
import { Names } from '../../body/Names';
import type { Quality } from '../../clinic/drawing';
import type { Spot } from '../../clinic/findings';
import { siteText, type Site } from '../../clinic/work';
import type { Zone } from '../../clinic/zones';
import { cx } from '../../lib/text';
import { TypeAhead } from '../../shared/TypeAhead';
import { useWidth } from '../../shared/useWidth';
import u from '../../styles/u.module.css';
import { Legend } from './Legend';
import css from './map.module.css';
import type { Barred } from './useLimits';
import type { NoteState } from './useNote';
import { matching, type Sites } from './useSites';

const DrawLayer = lazy(() => import('./DrawLayer'));
const PainBar = lazy(() => import('./PainBar'));

export type Tool = 'work' | 'trigger' | 'pain' | 'avoid';
const tools = [
  { value: 'work', label: 'Worked on' },
  { value: 'trigger', label: 'Trigger' },
  { value: 'pain', label: 'Pain' },
  { value: 'avoid', label: 'Avoid' },
];

type Props = {
  note: NoteState;
  sites: Sites;
  barred: Barred;
  standing: Zone[];
  recents: Site[];
  /** A place, or the code of a region, that the map opens at. */
  start?: string;
  onWork: (site: Site) => void;
};

type Look = { view: View; deep: boolean; part: string };

/** Where the map opens: at the place of the last work, or at the region of the referral. */
function firstLook(start: string | undefined, sites: Sites): Look {
  const inRegion = (key: string) => sites.regionOf(sites.find(key)!) === start;
  const keys = sites.all.map((s) => s.key).filter((key) => whereIs(key));
  const seen = start && (whereIs(start) ?? whereIs(keys.find(inRegion) ?? ''));
  return seen
    ? { view: seen.view, deep: seen.deep, part: seen.part.id }
    : { view: 'back', deep: false, part: 'shoulders' };
}

export function MapPanel({ note, sites, barred, standing, recents, start, onWork }: Props) {
  const [look, setLook] = useState<Look>({ view: 'back', deep: false, part: 'shoulders' });
  const [tool, setTool] = useState<Tool>('work');
  const [quality, setQuality] = useState<Quality>('ache');
  const [refused, setRefused] = useState<Site | null>(null);
  const [typed, setTyped] = useState('');
  const moved = useRef(false);
  const [ref, width] = useWidth<HTMLDivElement>(480);
  const { view, deep } = look;
  const { draft } = note;
  const part = parts[view].find((p) => p.id === look.part)!;
  const box = part.box;
  const size = (13 * box.w) / width;
  const chosen = useMemo(() => new Set(note.work.map((line) => line.site.key)), [note.work]);
  const avoid = useMemo(() => new Set(barred.keys()), [barred]);
  const shapes = deep ? sheets[view].deep : sheets[view].surface;
  const move = (to: Partial<Look>) => {
    moved.current = true;
    setLook((old) => ({ ...old, ...to }));
  };
  useEffect(() => {
    if (!moved.current && sites.all.length) setLook({ ...firstLook(start, sites), deep: false });
  }, [start, sites]);

  const act = (site: Site, spot?: Spot) => {
    setRefused(null);
    const region = sites.regionSite(site);
    if (tool === 'trigger') return note.find(site, 'trigger-point', 'present', spot);
    if (tool === 'pain') return region && note.draw({ view, quality, d: '', regions: [region] });
    if (tool === 'avoid') return region && note.avoid(region, standing);
    if (barred.has(site.key) && !chosen.has(site.key)) return setRefused(site);
    onWork(site);
  };
  /** A place chosen by name is also shown on the map, where it is drawn. */
  const take = (site: Site) => {
    const seen = whereIs(site.key);
    if (seen) move({ view: seen.view, deep: seen.deep, part: seen.part.id });
    act(site);
  };
  const tap = (shape: Shape, at?: { x: number; y: number }) => act(sites.ofShape(shape), at && { view, ...at });
  const point = (event: MouseEvent<HTMLDivElement>) => {
    const area = event.currentTarget.getBoundingClientRect();
    const { width: w, height: h } = sheets[view];
    const scale = Math.min(area.width / (w - 16), area.height / h);
    const x = (event.clientX - area.left - area.width / 2) / scale + w / 2;
    const y = (event.clientY - area.top - area.height / 2) / scale + h / 2;
    move({ part: partAt(view, x, y).id });
  };
  const name = (shape: Shape) => sites.ofShape(shape).name;
  return (
    <section className={cx(u.card, css.panel)} aria-label="Body map">
      <div className={cx(u.row, u.between, css.tools)}>
        <SegmentedControl
          aria-label="Side of the body"
          value={view}
          onChange={(to) => move({ view: to as View })}
          data={[
            { value: 'front', label: 'Front' },
            { value: 'back', label: 'Back' },
          ]}
        />
        <SegmentedControl
          aria-label="Layer"
          value={deep ? 'Deep' : 'Surface'}
          onChange={(to) => move({ deep: to === 'Deep' })}
          data={['Surface', 'Deep']}
        />
      </div>
      <SegmentedControl
        fullWidth
        aria-label="What a tap marks"
        value={tool}
        onChange={(to) => setTool(to as Tool)}
        data={tools}
      />
      <div className={css.zoom}>
        <div className={css.inset} aria-hidden onClick={point}>
          <BodyFigure view={view} label="" chosen={chosen} avoid={avoid}>
            <Frame box={box} />
          </BodyFigure>
        </div>
        <div className={css.large} ref={ref} data-part={part.id}>
          <BodyFigure
            view={view}
            box={box}
            deep={deep}
            chosen={chosen}
            avoid={avoid}
            nameOf={sites.nameOf}
            onTap={tap}
            label={`${part.name}, ${view}, ${deep ? 'deep' : 'surface'} muscles`}
          >
            <Marks view={view} findings={draft.findings} size={size} />
            {tool === 'pain' ? (
              <Suspense fallback={null}>
                <DrawLayer
                  view={view}
                  box={box}
                  quality={quality}
                  strokes={draft.strokes}
                  regionSite={(key) => {
                    const site = sites.find(key);
                    return site && sites.regionSite(site);
                  }}
                  onStroke={note.draw}
                />
              </Suspense>
            ) : (
              <Names shapes={shapes} box={box} size={size} chosen={chosen} avoid={avoid} nameOf={name} />
            )}
          </BodyFigure>
        </div>
      </div>
      <Legend view={view} part={part} note={note} barred={barred} refused={refused} />
      {tool === 'pain' ? (
        <Suspense fallback={null}>
          <PainBar quality={quality} strokes={draft.strokes} onQuality={setQuality} onRemove={note.undraw} />
        </Suspense>
      ) : (
        recents.length > 0 && (
          <div className={cx(u.row, u.tight, css.recents)} role="group" aria-label="Worked on lately">
            {recents.map((site) => (
              <button
                key={site.key}
                type="button"
                className={u.pick}
                aria-pressed={chosen.has(site.key)}
                onClick={() => take(site)}
              >
                {site.side === 'midline' ? '' : site.side === 'left' ? 'L ' : 'R '}
                {site.name}
              </button>
            ))}
          </div>
        )
      )}
      <div className={css.find}>
        <TypeAhead
          label="Find a muscle or region by name"
          hideLabel
          placeholder="Find a muscle: lev, QL, calf …"
          icon={<IconSearch size={18} aria-hidden />}
          text={typed}
          none="Nothing of that name."
          options={matching(sites.all, typed).map((site) => ({ key: site.key, label: siteText(site), site }))}
          onText={setTyped}
          onTake={(option) => {
            setTyped('');
            take(option.site);
          }}
        />
        <PartPicker list={parts[view]} at={part.id} onPart={(id) => move({ part: id })} />
      </div>
    </section>
  );
}

function PartPicker({ list, at, onPart }: { list: Part[]; at: string; onPart: (id: string) => void }) {
  const row = useRef<HTMLDivElement>(null);
  // The part in view may be named beyond the edge of the row.
  useEffect(() => {
    const pressed = row.current?.querySelector<HTMLElement>('[aria-pressed=true]');
    if (pressed) row.current?.scrollTo({ left: pressed.offsetLeft - row.current.offsetLeft - 40 });
  }, [at]);
  return (
    <div className={css.parts} ref={row} role="group" aria-label="Part of the body">
      {list.map((part) => (
        <button
          key={part.id}
          type="button"
          className={u.plainlink}
          aria-pressed={part.id === at}
          onClick={() => onPart(part.id)}
        >
          {part.name}
        </button>
      ))}
    </div>
  );
}
