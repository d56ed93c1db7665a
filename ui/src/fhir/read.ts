// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Reading FHIR without repeating oneself: references, names, codings, extensions, and what a Bundle holds.
import type { Resource, Stored } from './client';
import { systems } from './canonical';

type Of<T extends Resource['resourceType']> = Stored<Extract<Resource, { resourceType: T }>>;

/** "Patient/1" of a relative, absolute or versioned reference; undefined of none. */
export function key(reference?: string): string | undefined {
  const parts = reference?.replace(/\/_history\/.*$/, '').split('/');
  return parts && parts.length >= 2 ? parts.slice(-2).join('/') : reference;
}

export const idOf = (reference?: string) => key(reference)?.split('/').at(-1);
export const refTo = (resource: { resourceType: string; id?: string }) => `${resource.resourceType}/${resource.id}`;

/** The resources of a Bundle, by type and by reference. */
export class Contents {
  private readonly found = new Map<string, Stored<Resource>>();

  constructor(bundle: fhir4.Bundle | undefined) {
    for (const { resource } of bundle?.entry ?? []) {
      if (resource?.id) this.found.set(refTo(resource), resource as Stored<Resource>);
    }
  }

  all<T extends Resource['resourceType']>(type: T): Of<T>[] {
    return [...this.found.values()].filter((r) => r.resourceType === type) as Of<T>[];
  }

  get<T extends Resource['resourceType']>(type: T, reference?: string): Of<T> | undefined {
    const known = this.found.get(key(reference) ?? '');
    return known?.resourceType === type ? (known as Of<T>) : undefined;
  }
}

export function personName(person?: { name?: fhir4.HumanName[] }): string {
  const name = person?.name?.find((n) => n.use === 'official') ?? person?.name?.[0];
  if (!name) return 'No name';
  return name.text ?? [...(name.given ?? []), name.family].filter(Boolean).join(' ');
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('');
}

export const codeIn = (concept: fhir4.CodeableConcept | undefined, system: string) =>
  concept?.coding?.find((coding) => coding.system === system)?.code;

export const conceptText = (concept?: fhir4.CodeableConcept) =>
  concept?.text ?? concept?.coding?.find((coding) => coding.display)?.display ?? concept?.coding?.[0]?.code;

export const integerExtension = (resource: { extension?: fhir4.Extension[] }, url: string) =>
  resource.extension?.find((extension) => extension.url === url)?.valueInteger;

export const actor = (appointment: fhir4.Appointment, type: string) =>
  appointment.participant.find((p) => key(p.actor?.reference)?.startsWith(`${type}/`))?.actor;

export const patientNumber = (patient: fhir4.Patient) =>
  patient.identifier?.find((identifier) => identifier.system === systems.patientNumber)?.value;

/** Text of a narrative; the markup is never put into our page. */
export function narrativeText(div?: string): string {
  if (!div) return '';
  const parsed = new DOMParser().parseFromString(div, 'text/html');
  return (parsed.body.textContent ?? '').trim();
}

/** The items of a response with those inside of them, in order. */
export const flatItems = (items: fhir4.QuestionnaireResponseItem[] = []): fhir4.QuestionnaireResponseItem[] =>
  items.flatMap((item) => [item, ...flatItems(item.item), ...(item.answer ?? []).flatMap((a) => flatItems(a.item))]);
