// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whether a resource is what FHIR R4 says it is. Collects all issues, up to a bound, instead of stopping at
// the first.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"

#include <string>
#include <vector>

namespace tripsis::validation {

enum class Severity : unsigned char { Error, Warning, Information };

struct Issue {
  Severity severity;
  Fault fault;
  std::string where; ///< FHIRPath: "Patient.contact[0].gender"
  std::string what;  ///< Never holds the offending value: it may be patient data, and issues are logged.
};

constexpr std::size_t max_issues = 100;

/// Structure: resourceType, unknown elements, wrong JSON types, cardinality, primitive formats, choice
/// elements given twice, `_name` siblings, contained and Bundle entries, codes of required bindings that
/// are shipped. (https://hl7.org/fhir/R4/json.html, https://hl7.org/fhir/R4/datatypes.html)
std::vector<Issue> validate(json::Value const& resource);

/// Whether one of them is an Error: then the resource must not be stored. Warnings are for people to read.
bool has_errors(std::vector<Issue> const& issues) noexcept;

} // namespace tripsis::validation
