// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A therapist's own templates: the lines of a session under a name. A List of theirs, whose lines are contained
// ActivityDefinitions, since a Procedure would need a patient (docs/formats/clinical-resources.md).
import { extensions, systems } from '../fhir/canonical';
import type { Stored } from '../fhir/client';
import { integerExtension } from '../fhir/read';
import { uuidv7 } from '../lib/uuid';
import { readSite, siteConcept, workText, type Work } from './work';

export type Template = { id: string; name: string; list: Stored<fhir4.List>; work: Work[] };

export function templateList(name: string, work: Work[], owner: { reference: string; name: string }, at: string) {
  const list: fhir4.List = {
    resourceType: 'List',
    contained: work.map((line, i) => ({
      resourceType: 'ActivityDefinition',
      id: `line-${i + 1}`,
      extension: [
        { url: extensions.minutes, valueInteger: line.minutes },
        { url: extensions.pressure, valueInteger: line.pressure },
      ],
      status: 'active',
      kind: 'ServiceRequest',
      code: {
        coding: [{ system: systems.technique, code: line.technique, display: line.techniqueName }],
        text: line.techniqueName,
      },
      bodySite: [siteConcept(line.site)],
    })),
    status: 'current',
    mode: 'snapshot',
    title: name,
    code: { coding: [{ system: systems.list, code: 'note-template' }] },
    date: at,
    source: { reference: owner.reference, display: owner.name },
    entry: work.map((line, i) => ({ item: { reference: `#line-${i + 1}`, display: workText(line) } })),
  };
  return list;
}

/** The template in a List; its lines are new ones, measured by nobody yet. */
export function readTemplate(list: Stored<fhir4.List>): Template {
  const lines = new Map((list.contained as fhir4.FhirResource[] | undefined)?.map((one) => [`#${one.id}`, one]));
  const work = (list.entry ?? []).flatMap((entry): Work[] => {
    const line = lines.get(entry.item.reference ?? '');
    if (line?.resourceType !== 'ActivityDefinition') return [];
    const site = readSite(line.bodySite?.[0]);
    const technique = line.code?.coding?.find((c) => c.system === systems.technique);
    if (!site || !technique?.code) return [];
    return [
      {
        id: uuidv7(),
        site,
        technique: technique.code,
        techniqueName: technique.display ?? technique.code,
        minutes: integerExtension(line, extensions.minutes) ?? 10,
        pressure: integerExtension(line, extensions.pressure) ?? 3,
        before: null,
        after: null,
      },
    ];
  });
  return { id: list.id, name: list.title ?? 'Without a name', list, work };
}
