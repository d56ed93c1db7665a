// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Plans of the made-up practice: a goal, a weekly course with its dose and review points, and the reviews
// that were held. Filled as docs/formats/clinical-resources.md says.
#pragma once

#include "base/json/value.hh"

#include <string>
#include <string_view>

namespace tripsis::app::demo {

constexpr int visits_between_reviews = 4;

/// Whose plan, and what it is about: references, texts, dates as written.
struct PlanContext {
  std::string patient, condition, referral, goal;
  std::string complaint, goal_text; ///< In the patient's words
  std::string start, due;
  int minutes = 0, visits = 0; ///< Once a week
};

json::Value goal(PlanContext const& plan, std::string_view id);
json::Value care_plan(PlanContext const& plan, std::string_view id);
/// What a review decided after so many visits.
json::Value review(std::string_view id, std::string const& patient, std::string const& care_plan,
                   std::string const& practitioner, std::string_view date, int visits);

} // namespace tripsis::app::demo
