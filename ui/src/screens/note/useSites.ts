// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The places that can be chosen: every muscle and region of the server's code systems, with sides, and what the code
// systems know of them: the region, the usual referral of a trigger point, the movements that fall short.
import { useMemo } from 'react';
import { useCodes, type Concept } from '../../app/queries';
import type { Shape } from '../../body/map';
import { targets } from '../../body/targets';
import { makeSite, plainName, siteKey, siteText, type Site } from '../../clinic/work';

export type Sites = {
  all: Site[];
  find: (key: string) => Site | undefined;
  ofShape: (shape: Shape) => Site;
  nameOf: (shape: Shape) => string;
  regionOf: (site: Site) => string | undefined;
  /** The region that a place lies in, on its side. */
  regionSite: (site: Site) => Site | undefined;
  consentRegionOf: (site: Site) => string | undefined;
  referralOf: (site: Site) => string;
  movementsOf: (site: Site) => string[];
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

export function useSites(): Sites {
  const muscles = useCodes('muscle').data;
  const regions = useCodes('region').data;
  return useMemo(() => {
    const all = sitesOf(muscles ?? [], regions ?? []);
    const byKey = new Map(all.map((site) => [site.key, site]));
    const known = new Map((muscles ?? []).map((muscle) => [muscle.code, muscle.property]));
    const areas = new Map((regions ?? []).map((region) => [region.code, region.property]));
    const of = (site: Site) => (site.kind === 'muscle' ? known.get(site.code) : undefined);
    const regionOf = (site: Site) => (site.kind === 'region' ? site.code : known.get(site.code)?.region);
    const ofShape = ({ site, target, side }: Shape) =>
      byKey.get(site) ?? makeSite(target.kind, target.code, side, plainName(target.code.replace(/_/g, ' ')));
    return {
      all,
      find: (key: string) => byKey.get(key),
      ofShape,
      nameOf: (shape: Shape) => siteText(ofShape(shape)),
      regionOf,
      regionSite: (site: Site) => byKey.get(siteKey('region', regionOf(site) ?? '', site.side)),
      consentRegionOf: (site: Site) =>
        of(site)?.['consent-region'] ?? areas.get(regionOf(site) ?? '')?.['consent-region'],
      referralOf: (site: Site) => of(site)?.referral ?? '',
      movementsOf: (site: Site) => of(site)?.movement?.split(' ') ?? [],
    };
  }, [muscles, regions]);
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
