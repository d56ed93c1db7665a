// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What limits this visit: the screening of its day, avoid zones of earlier visits and of this one, consents, training.
import { useMemo } from 'react';
import { type Concept } from '../../app/definitions';
import { useTrained } from '../../app/queries';
import { useSession } from '../../app/session';
import { placeBars, type Bar, type Limits } from '../../clinic/limits';
import type { Draft } from '../../clinic/noteDraft';
import { standing as notLifted } from '../../fhir/screening';
import { activeZones, type Zone } from '../../clinic/zones';
import type { Visit } from './Note';
import type { Sites } from './useSites';

export type Barred = Map<string, Bar[]>;

const nobody = new Set<string>();

export function useLimits(visit: Visit, draft: Draft, sites: Sites, techniques: Concept[]) {
  const { practitioner } = useSession();
  const trained = useTrained(practitioner).data ?? nobody;
  const { chart, screening } = visit;
  const standing = useMemo(() => activeZones(chart.flags), [chart.flags]);
  const limits = useMemo(
    (): Limits => ({
      issues: notLifted(screening.issues),
      patient: chart.patient.id,
      on: screening.on,
      zones: [...standing.filter((zone) => !draft.lifted.includes(zone.id)), ...draft.zones],
      consents: chart.consents,
      trained,
      techniques,
      regionOf: sites.regionOf,
      consentRegionOf: sites.consentRegionOf,
    }),
    [screening, chart.patient.id, standing, draft.lifted, draft.zones, chart.consents, trained, techniques, sites],
  );
  const barred = useMemo((): Barred => {
    const found: Barred = new Map();
    for (const site of sites.all) {
      const bars = placeBars(limits, site);
      if (bars.length) found.set(site.key, bars);
    }
    return found;
  }, [limits, sites]);
  return { limits, barred, standing };
}

/** The zones that stand for this visit, one line each, and whether this note brought them. */
export const zonesOf = (standing: Zone[], draft: Draft): { zone: Zone; fresh: boolean }[] => [
  ...standing.filter((zone) => !draft.lifted.includes(zone.id)).map((zone) => ({ zone, fresh: false })),
  ...draft.zones.map((zone) => ({ zone, fresh: true })),
];
