// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A referral as a ServiceRequest, and the two checks that catch mistyped numbers before the server does.
import { systems } from '../fhir/canonical';
import type { Day } from '../lib/time';

export type Referral = {
  prescriber: string;
  npi: string;
  code: string;
  text: string;
  visits: string;
  until: Day;
  region: string;
};

/** National Provider Identifier: ten digits whose Luhn sum with the prefix 80840 ends in zero (CMS, NPI check digit). */
export function npiProblem(npi: string): string | undefined {
  const typed = npi.replace(/\s/g, '');
  if (!typed) return undefined;
  if (!/^\d{10}$/.test(typed)) return 'An NPI has 10 digits.';
  const sum = [...`80840${typed}`].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 ? 'One digit is wrong: the check digit does not fit.' : undefined;
}

/** The form of an ICD-10-CM code; whether it exists is the server's to say. */
export function icd10Problem(code: string): string | undefined {
  return /^[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/.test(code.trim().toUpperCase())
    ? undefined
    : 'A code looks like M54.2 or S13.4XXA.';
}

export function referralOf(
  form: Referral,
  patient: { id: string; name: string },
  on: Day,
  region?: { code: string; name: string },
): fhir4.ServiceRequest {
  const npi = form.npi.replace(/\s/g, '');
  const text = form.text.trim();
  return {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    code: {
      coding: [{ system: systems.snomed, code: '387854002', display: 'Massage therapy' }],
      text: 'Medical massage',
    },
    subject: { reference: `Patient/${patient.id}`, display: patient.name },
    occurrencePeriod: { start: on, end: form.until },
    authoredOn: on,
    requester: {
      display: form.prescriber.trim(),
      ...(npi && { identifier: { system: systems.npi, value: npi } }),
    },
    reasonCode: [{ coding: [{ system: systems.icd10, code: form.code.trim().toUpperCase(), display: text }], text }],
    quantityQuantity: { value: Number(form.visits) },
    ...(region && { bodySite: [{ coding: [{ system: systems.region, code: region.code, display: region.name }] }] }),
  };
}
