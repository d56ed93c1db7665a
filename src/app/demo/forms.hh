// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The forms that the patients of the made-up practice have sent, as the web client sends them. What follows
// from them is not made here: the follow-ups of clinic/follow_up do that, as for any other form.
#pragma once

#include "base/json/value.hh"

#include <string_view>
#include <vector>

namespace tripsis::app::demo {

/// Who sent it and when.
struct Sender {
  std::string_view id, patient, at; ///< The response's id; "Patient/x"; an instant as written
};

/// What somebody tells of themselves.
struct History {
  std::string_view icd10, condition;
  std::string_view medicine, kind; ///< kind: a code of CodeSystem/medicine-class, or empty
  std::string_view work;
};
json::Value health_history(Sender const& sender, History const& history);
json::Value goals_and_comfort(Sender const& sender, std::string_view goal, std::string_view pressure,
                              std::string_view talk);
/// Ratings from 0 to 10.
json::Value journal(Sender const& sender, int pain, int sleep, int stress);
json::Value peg(Sender const& sender, int pain, int enjoyment, int activity);
/// So many sentences ticked, 0 to 24.
json::Value rmdq(Sender const& sender, int ticked);
/// One activity, named as the goal.
json::Value psfs(Sender const& sender, std::string_view activity, int score);
/// Each of the nine answers, 0 to 3.
json::Value phq9(Sender const& sender, std::vector<int> const& answers);

} // namespace tripsis::app::demo
