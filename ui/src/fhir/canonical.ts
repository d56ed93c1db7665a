// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Every name that is ours lives under one canonical base; this is the only place in the web client that spells it.
// The server's twin is src/clinic/canonical.hh; docs/formats/clinical-resources.md lists the systems.

export const base = 'https://tripsis.org/fhir/';

const system = (name: string) => `${base}CodeSystem/${name}`;

export const systems = {
  technique: system('technique'),
  muscle: system('muscle'),
  region: system('region'),
  finding: system('finding'),
  service: system('service'),
  note: system('note'),
  measure: system('measure'),
  side: system('side'),
  assessment: system('assessment'),
  screening: system('screening'),
  visitReason: system('visit-reason'),
  intent: system('intent'),
  payer: system('payer'),
  document: system('document'),
  task: system('task'),
  attention: system('attention'),
  decision: system('decision'),
  consentRegion: system('consent-region'),
  instrument: system('instrument'),
  palpation: system('palpation'),
  palpationGrade: system('palpation-grade'),
  movement: system('movement'),
  movementMethod: system('movement-method'),
  painQuality: system('pain-quality'),
  flag: system('flag'),
  list: system('list'),
  consent: system('consent'),
  rule: system('rule'),
  mitigation: system('mitigation'),
  overrideReason: system('override-reason'),
  adverseEvent: system('adverse-event'),
  condition: system('condition'),
  certainty: system('certainty'),
  origin: system('origin'),
  medicineClass: system('medicine-class'),
  protocolRule: system('protocol-rule'),
  patientNumber: `${base}NamingSystem/patient-number`,
  icd10: 'http://hl7.org/fhir/sid/icd-10-cm',
  snomed: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  npi: 'http://hl7.org/fhir/sid/us-npi',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  completion: 'http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion',
  conditionClinical: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
  conditionVerification: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
  role: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
  observationCategory: 'http://terminology.hl7.org/CodeSystem/observation-category',
  consentScope: 'http://terminology.hl7.org/CodeSystem/consentscope',
  flagCategory: 'http://terminology.hl7.org/CodeSystem/flag-category',
  ucum: 'http://unitsofmeasure.org',
  signature: 'urn:iso-astm:E1762-95:2013',
} as const;

export const extensions = {
  minutes: `${base}StructureDefinition/minutes`,
  pressure: `${base}StructureDefinition/pressure`,
  /** On an Observation: the line that was drawn, in the body map's coordinates, and on which view of it. */
  drawing: `${base}StructureDefinition/drawing`,
  view: `${base}StructureDefinition/view`,
  /** A region of the body with its side. */
  region: `${base}StructureDefinition/region`,
  /** On a signature: the Procedures that were carried forward from the note that it derives from. */
  carried: `${base}StructureDefinition/carried`,
  visitNumber: `${base}StructureDefinition/visit-number`,
  mechanism: `${base}StructureDefinition/mechanism`,
  comfort: `${base}StructureDefinition/comfort`,
  dose: `${base}StructureDefinition/dose`,
  audience: `${base}StructureDefinition/audience`,
  minutesToFill: `${base}StructureDefinition/minutes-to-fill`,
  /** On a mitigation: who cleared it, with which licence, for what, and until when. */
  clearance: `${base}StructureDefinition/clearance`,
  /** On an AdverseEvent: what was done about it. */
  actionTaken: `${base}StructureDefinition/action-taken`,
  crisisText: `${base}StructureDefinition/crisis-text`,
} as const;

/** Our own forms, by id. */
export const questionnaire = (id: string) => `${base}Questionnaire/${id}`;

/** LOINC "Pain severity - 0-10 verbal numeric rating": the outcome measure of the loop. */
export const painLoinc = '72514-3';
