// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Painting pain with finger, pen or mouse on the large figure. Loaded when the pain tool is chosen. The strokes of the
// hand cross shapes of the map: their regions are what is asked for and counted later.
import { useRef, useState, type PointerEvent } from 'react';
import { sheets, type Box, type View } from '../../body/map';
import { PainPatterns, PainStrokes } from '../../body/PainPatterns';
import { smooth, thin, type Point, type Quality, type Stroke } from '../../clinic/drawing';
import type { Site } from '../../clinic/work';
import css from './map.module.css';

type Props = {
  view: View;
  box: Box;
  quality: Quality;
  strokes: Stroke[];
  regionSite: (shapeSite: string) => Site | undefined;
  onStroke: (stroke: Stroke) => void;
};

export default function DrawLayer({ view, box, quality, strokes, regionSite, onStroke }: Props) {
  const [line, setLine] = useState<Point[]>([]);
  const crossed = useRef(new Map<string, Site>());
  const where = (event: PointerEvent<SVGRectElement>) => {
    const matrix = event.currentTarget.getScreenCTM()!.inverse();
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  };
  const under = (event: PointerEvent) => {
    const hit = document
      .elementsFromPoint(event.clientX, event.clientY)
      .map((one) => one.getAttribute('data-shape'))
      .find(Boolean);
    const shape = [...sheets[view].surface, ...sheets[view].deep].find((s) => s.id === hit);
    const site = shape && regionSite(shape.site);
    if (site) crossed.current.set(site.key, site);
  };
  const begin = (event: PointerEvent<SVGRectElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    crossed.current.clear();
    under(event);
    setLine([where(event)]);
  };
  const move = (event: PointerEvent<SVGRectElement>) => {
    if (!line.length) return;
    under(event);
    setLine([...line, where(event)]);
  };
  const end = () => {
    if (line.length) onStroke({ view, quality, d: smooth(thin(line)), regions: [...crossed.current.values()] });
    setLine([]);
  };
  const now: Stroke[] = line.length ? [{ view, quality, d: smooth(thin(line)), regions: [] }] : [];
  return (
    <g>
      <PainPatterns scale={2.6} suffix="map" />
      <PainStrokes strokes={[...strokes, ...now]} view={view} suffix="map" />
      <rect
        className={css.canvas}
        x={box.x}
        y={box.y}
        width={box.w}
        height={box.h}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={() => setLine([])}
      />
    </g>
  );
}
