// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A rule that fired, as the record keeps it: one DetectedIssue a patient and rule
// (https://hl7.org/fhir/R4/detectedissue.html), with why, and what was done about it. Recording what is
// recorded already changes nothing.
#pragma once

#include "clinic/find.hh"
#include "clinic/screening/screening.hh"
#include "store/store.hh"

#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::safety {

/// Where a patient's issue of a rule is kept. `patient` is an id.
store::Key issue_key(std::string_view patient, std::string_view rule);

/// The patient's issues of these rules as they are stored, and new ones for those that are not, without a
/// mitigation; in the order of the rules. `today` dates new ones.
Result<std::vector<json::Value>> issues_of(Find const& find, std::string const& patient,
                                           std::vector<screening::Rule const*> const& rules,
                                           screening::Day today);

/// What must be written so that the record tells which rules fired: issues that are new, or have a new
/// cause. Empty where it tells already.
Result<std::vector<store::Change>> record_fired(Find const& find, screening::Screening const& screening,
                                                std::string const& patient, screening::Day today);

/// A clearance as a clinician gave it.
struct Clearance {
  std::string clinician, licence, scope, date, expiry; ///< Dates as written
  std::string document;                                ///< "DocumentReference/x", or empty
};
json::Value to_mitigation(Clearance const& clearance, json::Value author);

/// Why a rule is overridden, and for which day.
struct Override {
  std::string reason, text, on;
  std::string date; ///< When it is said
};
json::Value to_mitigation(Override const& override_, json::Value author);

} // namespace tripsis::clinic::safety
