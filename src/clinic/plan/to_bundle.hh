// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A proposal as FHIR resources: the CarePlan and its Goals, and the reasons, warnings and rules beside
// them. They refer to each other by urn:uuid, so that what is accepted can be posted as one transaction.
#pragma once

#include "base/random.hh"
#include "clinic/plan/plan.hh"

namespace tripsis::clinic::plan {

struct Entry {
  std::string full_url; ///< "urn:uuid:…"
  json::Value resource;
};

/// The CarePlan first, then its Goals, then the Parameters.
std::vector<Entry> to_entries(Plan const& plan, Input const& input, Knowledge const& knowledge, Instant now,
                              Random& random);
/// All of them as a Bundle of type collection.
json::Value to_bundle(std::vector<Entry> entries);
/// Reasons, warnings, rules, the conditions to choose from.
json::Value to_parameters(Plan const& plan, Input const& input, Knowledge const& knowledge);

} // namespace tripsis::clinic::plan
