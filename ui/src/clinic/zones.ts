// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Avoid zones: regions that a therapist said not to touch, kept as Flags from visit to visit until somebody lifts them.
import { extensions, systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { codeIn } from '../fhir/read';
import type { Moment } from './moment';
import { readSite, siteConcept, siteText, type Site } from './work';

export type Zone = {
  id: string;
  /** Always a region, with its side. */
  site: Site;
  reason: string;
};

export function zoneFlag(zone: Zone, at: Moment): fhir4.Flag {
  return {
    resourceType: 'Flag',
    extension: [{ url: extensions.region, valueCodeableConcept: siteConcept(zone.site) }],
    status: 'active',
    category: [{ coding: [{ system: systems.flagCategory, code: 'safety' }] }],
    code: {
      coding: [{ system: systems.flag, code: 'avoid-zone', display: 'Avoid zone' }],
      text: zone.reason || `Avoid: ${siteText(zone.site)}`,
    },
    subject: at.subject,
    period: { start: at.start },
    encounter: at.encounter,
    author: at.author,
  };
}

/** The zone of a Flag; undefined when it flags something else. */
export function readZone(flag: fhir4.Flag & { id?: string }): Zone | undefined {
  if (codeIn(flag.code, systems.flag) !== 'avoid-zone') return undefined;
  const site = readSite(flag.extension?.find((e) => e.url === extensions.region)?.valueCodeableConcept);
  if (!site) return undefined;
  const text = flag.code.text ?? '';
  return { id: flag.id ?? '', site, reason: text === `Avoid: ${siteText(site)}` ? '' : text };
}

export const activeZones = (flags: Stored<fhir4.Flag>[]) =>
  flags.filter((flag) => flag.status === 'active').flatMap((flag) => readZone(flag) ?? []);

/** A region without a side is avoided on both; a zone of one side says nothing about the other. */
export const inZone = (zone: Zone, region: string | undefined, side: string) =>
  zone.site.code === region && (zone.site.side === 'midline' || side === 'midline' || zone.site.side === side);
