// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The places that can be chosen: every muscle and region of the server's code systems, with sides, and which of them lie in
// a region that a safety rule says to avoid.
import { useMemo } from 'react';
import { useCodes, type Concept } from '../../app/queries';
import type { Shape } from '../../body/map';
import { targets } from '../../body/targets';
import { makeSite, plainName, siteText, type Site } from '../../clinic/work';
import type { Issue } from '../../fhir/screening';

export type Sites = {
  all: Site[];
  find: (key: string) => Site | undefined;
  ofShape: (shape: Shape) => Site;
  nameOf: (shape: Shape) => string;
  regionOf: (site: Site) => string | undefined;
  avoid: Set<string>;
};

/** What the map says about a muscle whose code system does not tell whether it is paired. */
const drawnSide = (code: string) =>
  Object.values(targets).some((t) => t.code === code && t.midline) ? 'midline' : 'paired';

function sitesOf(muscles: Concept[], regions: Concept[]): Site[] {
  return [
    ...muscles.flatMap((muscle) =>
      (muscle.property.side ?? drawnSide(muscle.code)) === 'midline'
        ? [makeSite('muscle', muscle.code, 'midline', muscle.name)]
        : (['left', 'right'] as const).map((side) => makeSite('muscle', muscle.code, side, muscle.name)),
    ),
    ...regions.map((region) => makeSite('region', region.code, 'midline', region.name)),
    ...regions
      .filter((region) => region.code !== 'systemic')
      .flatMap((region) =>
        (['left', 'right'] as const).map((side) => makeSite('region', region.code, side, region.name)),
      ),
  ];
}

export function useSites(issues: Issue[]): Sites {
  const muscles = useCodes('muscle').data;
  const regions = useCodes('region').data;
  return useMemo(() => {
    const all = sitesOf(muscles ?? [], regions ?? []);
    const byKey = new Map(all.map((site) => [site.key, site]));
    const home = new Map((muscles ?? []).map((muscle) => [muscle.code, muscle.property.region]));
    const barred = new Set(issues.filter((i) => i.level === 'local').flatMap((i) => i.regions));
    const regionOf = (site: Site) => (site.kind === 'region' ? site.code : home.get(site.code));
    const ofShape = ({ site, target, side }: Shape) =>
      byKey.get(site) ?? makeSite(target.kind, target.code, side, plainName(target.code.replace(/_/g, ' ')));
    return {
      all,
      find: (key: string) => byKey.get(key),
      ofShape,
      nameOf: (shape: Shape) => siteText(ofShape(shape)),
      regionOf,
      avoid: new Set(all.filter((site) => barred.has(regionOf(site) ?? '')).map((site) => site.key)),
    };
  }, [muscles, regions, issues]);
}

/** Places whose words begin as typed: "lev" finds levator scapulae left and right, "l lev" the left one. */
export function matching(all: Site[], typed: string, most = 8): Site[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const fits = (site: Site) => {
    const said = `${site.side} ${site.name} ${site.display}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => said.some((part) => part.startsWith(word)));
  };
  const rank = (site: Site) =>
    (site.name.toLowerCase().startsWith(words[0]!) ? 0 : 2) + (site.kind === 'muscle' ? 0 : 1);
  return all
    .filter(fits)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, most);
}
