// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What fired as the cards that another system shows (https://cds-hooks.hl7.org/2.0/#card-attributes): one a
// rule, whichever of the days it fires on. Nothing fires, no card: nothing here says that a treatment is
// safe.
#pragma once

#include "clinic/hooks/request.hh"
#include "clinic/knowledge/knowledge.hh"
#include "clinic/screening/screening.hh"

#include <string>
#include <vector>

namespace tripsis::clinic::hooks {

struct Judged {
  screening::Day on;
  screening::Screening screening;
};

struct CardContext {
  Knowledge const& knowledge;
  std::string base;  ///< "https://clinic.example/fhir/R4"
  std::string chart; ///< The patient's chart; empty where the patient is none of ours
};

/// A card's uuid is the id of the DetectedIssue of that patient and rule, by which feedback finds it.
json::Array cards(Request const& request, Service const& service, std::vector<Judged> const& judged,
                  CardContext const& context);

/// Text of a record so that Markdown (https://github.github.com/gfm/) shows it as it is, in one line and
/// without links.
std::string escaped(std::string_view text);

} // namespace tripsis::clinic::hooks
