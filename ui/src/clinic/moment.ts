// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What every resource of one visit shares: whose it is, in which Encounter, by whom, and from when to when.

export type Moment = {
  subject: fhir4.Reference;
  encounter: fhir4.Reference;
  author: fhir4.Reference;
  start: string;
  end: string;
};
