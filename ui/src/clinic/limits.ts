// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What may not be done to a place today, and why: a rule of the screening, an avoid zone, a region without consent, a
// technique without training. The server refuses the same; here it is said before somebody writes it down.
import { systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { codeIn } from '../fhir/read';
import type { Issue } from '../fhir/screening';
import type { Day } from '../lib/time';
import { siteText, type Site } from './work';
import { inZone, type Zone } from './zones';

export type Property = { code: string; name: string; property: Record<string, string> };
export type Limits = {
  /** Those that nobody has cleared or overridden. */
  issues: Issue[];
  patient: string;
  on: Day;
  zones: Zone[];
  consents: Stored<fhir4.Consent>[];
  /** Codes of the techniques that the therapist is trained for, of those that ask for it. */
  trained: Set<string>;
  techniques: Property[];
  regionOf: (site: Site) => string | undefined;
  /** The part of the body that needs a consent of its own; undefined where none does. */
  consentRegionOf: (site: Site) => string | undefined;
};
export type Bar = {
  kind: 'rule' | 'zone' | 'consent' | 'training';
  text: string;
  code: string;
  /** Of a rule that may be overridden: what the override is of. */
  override?: { patient: string; rule: string; name: string; on: Day };
};

export const consentNames: Record<string, string> = {
  chest: 'the chest',
  gluteal: 'buttocks and groin',
  abdomen: 'the abdomen',
  intraoral: 'the inside of the mouth',
};

const all = (list: string[]) => list.includes('all');
const ruled = (limits: Limits, issue: Issue): Bar => ({
  kind: 'rule',
  text: `${issue.name}. ${issue.action}`,
  code: issue.rule,
  ...(issue.overridable === 'reason' && {
    override: { patient: limits.patient, rule: issue.rule, name: issue.name, on: limits.on },
  }),
});

/** Why nothing may be done at a place: local rules against every technique there, and avoid zones. */
export function placeBars(limits: Limits, site: Site): Bar[] {
  const region = limits.regionOf(site);
  const local = limits.issues.filter(
    (i) => i.level === 'local' && all(i.techniques) && region !== undefined && i.regions.includes(region),
  );
  const zones = limits.zones.filter((zone) => inZone(zone, region, site.side));
  return [
    ...local.map((issue) => ruled(limits, issue)),
    ...zones.map((zone) => ({
      kind: 'zone' as const,
      text: `Avoid zone ${siteText(zone.site)}${zone.reason && `: ${zone.reason}`}.`,
      code: zone.id,
    })),
  ];
}

/** An active consent to treatment permits this region of the body. */
export function consentsTo(consents: Stored<fhir4.Consent>[], region: string): boolean {
  return consents
    .filter((consent) => consent.status === 'active' && codeIn(consent.category[0], systems.consent) === 'treatment')
    .some((consent) =>
      consent.provision?.provision?.some(
        (part) => part.type === 'permit' && part.code?.some((code) => codeIn(code, systems.consentRegion) === region),
      ),
    );
}

/** Why one technique may not be used at a place; empty when nothing known speaks against it. */
export function lineBars(limits: Limits, site: Site, technique: string): Bar[] {
  const region = limits.regionOf(site);
  const known = limits.techniques.find((one) => one.code === technique);
  const bars = placeBars(limits, site);
  for (const issue of limits.issues)
    if (
      issue.level === 'local' &&
      issue.techniques.includes(technique) &&
      (all(issue.regions) || issue.regions.includes(region ?? ''))
    )
      bars.push(ruled(limits, issue));
  const asks = known?.property['consent-region'] ?? limits.consentRegionOf(site);
  if (asks && !consentsTo(limits.consents, asks))
    bars.push({
      kind: 'consent',
      text: `No consent to work on ${consentNames[asks] ?? asks} is recorded.`,
      code: asks,
    });
  if (known?.property['requires-training'] === 'true' && !limits.trained.has(technique))
    bars.push({ kind: 'training', text: `No training in ${known.name} is recorded for you.`, code: technique });
  return bars;
}

/** The consent to treatment with one more region permitted; a new one where there is none yet. */
export function withRegion(
  consents: Stored<fhir4.Consent>[],
  patient: fhir4.Reference,
  region: string,
  now: string,
): fhir4.Consent {
  const known = consents.find((c) => c.status === 'active' && codeIn(c.category[0], systems.consent) === 'treatment');
  const permit: fhir4.ConsentProvision = {
    type: 'permit',
    code: [{ coding: [{ system: systems.consentRegion, code: region }], text: consentNames[region] ?? region }],
  };
  const about = (part: fhir4.ConsentProvision) => part.code?.some((c) => codeIn(c, systems.consentRegion) === region);
  if (known) {
    const others = (known.provision?.provision ?? []).filter((part) => !about(part));
    return {
      ...known,
      dateTime: now,
      provision: { ...known.provision, type: 'permit', provision: [...others, permit] },
    };
  }
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: systems.consentScope, code: 'treatment' }] },
    category: [{ coding: [{ system: systems.consent, code: 'treatment', display: 'Consent to treatment' }] }],
    patient,
    dateTime: now,
    performer: [patient],
    policyRule: { text: 'Said to the therapist before the session and written down by them.' },
    provision: { type: 'permit', provision: [permit] },
  };
}
