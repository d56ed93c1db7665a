// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// FHIR documents (https://hl7.org/fhir/R4/documents.html): a Bundle that begins with a Composition and
// holds every resource that the Composition refers to.
#pragma once

#include "base/json/value.hh"
#include "clinic/report/clearance_letter.hh"
#include "clinic/report/letter.hh"
#include "clinic/report/records.hh"
#include "clinic/report/report_model.hh"

namespace tripsis::clinic::report {

/// What a document has of its own, given by the caller.
struct Issue {
  std::string id;        ///< The Composition's id and the Bundle's identifier: a UUID
  std::string timestamp; ///< An instant
  std::string base;      ///< "https://clinic.example/fhir/R4"
};

json::Value report_document(ReportModel const& report, Issue const& issue);
json::Value clearance_document(ClearanceLetter const& letter, Issue const& issue);
json::Value letter_document(Letter const& letter, Issue const& issue);
json::Value records_document(Records const& records, Issue const& issue);

} // namespace tripsis::clinic::report
