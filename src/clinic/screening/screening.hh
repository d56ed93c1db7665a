// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The safety screening: which rules fire for a patient on a day, why, and what is still to be asked. A pure
// function of rules, record and day. It informs and stops; it never says that a treatment is safe.
// knowledge/contraindications.yaml is the specification.
#pragma once

#include "base/json/value.hh"
#include "clinic/screening/clause.hh"
#include "clinic/screening/mitigation.hh"
#include "clinic/screening/moment.hh"
#include "clinic/screening/record.hh"
#include "clinic/screening/rules.hh"

#include <optional>
#include <string>
#include <vector>

namespace tripsis::clinic::screening {

/// A rule that fires.
struct Issue {
  Rule const* rule = nullptr;
  std::vector<std::string>
      regions; ///< The rule's own, or where its causes are; "site" where that is not known
  std::vector<Cause> because;
  std::optional<Lifted> lifted; ///< By a clearance or an override: it stands here, and does not alert again
};

/// A finding that is to be asked, and the rules that ask it.
struct OpenQuestion {
  Finding const* finding = nullptr;
  std::vector<Rule const*> rules;
};

/// Refers to the Rules that it was made with.
struct Screening {
  Decision decision = Decision::None;  ///< The strictest of the issues that are not lifted
  std::vector<Issue> issues;           ///< Strictest level first, then in the order of the rules
  std::vector<OpenQuestion> questions; ///< In the order of the findings
  std::vector<Rule const*> not_judged; ///< Rules that use a condition which the engine does not know
};

/// Screens a record for one day. `zone` is the clinic's; nullptr where there is none (moment.hh).
Screening screen(Rules const& rules, PatientRecord const& record, Day on, TimeZone const* zone = nullptr);

/// As section 6 of the rules' header defines it.
json::Value to_json(Screening const& screening);

} // namespace tripsis::clinic::screening
