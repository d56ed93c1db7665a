// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier:
// Apache-2.0
#include "clinic/plan/plan.hh"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace tripsis::clinic::plan {
namespace {

constexpr std::string_view well_being = "wellbeing";

void warn_of_screening(Plan& plan, Caution caution) {
  switch (caution) {
  case Caution::None:
    return;
  case Caution::Stop:
    plan.warnings.push_back({"screening", "The safety screening stops treatment today: see why "
                                          "before anything is planned."});
    return;
  case Caution::Clearance:
    plan.warnings.push_back({"screening", "A clearance is needed before treatment: see what for "
                                          "before anything is planned."});
    return;
  case Caution::Modify:
    plan.warnings.push_back({"screening", "The safety screening limits techniques or regions: leave out of "
                                          "the plan what it limits."});
    return;
  }
}

void warn_of_early_goals(Plan& plan, Input const& input) {
  auto const last = day_of_visit(plan, input.today, plan.visits);
  for (auto const& goal : input.goals)
    if (goal.due && *goal.due < last) {
      plan.warnings.push_back({"goal-date",
                               "A goal of the patient is due before the course ends: tell them "
                               "what can be expected by then."});
      return;
    }
}

Plan begin(Input const& input, Knowledge const& knowledge) {
  Plan plan;
  if (input.candidates.empty()) {
    plan.condition = knowledge.care.find_condition(well_being);
    if (plan.condition == nullptr)
      throw std::logic_error{"The catalogue of conditions has no well-being to fall back on."};
    plan.title = "Well-being and maintenance";
    plan.condition_reference = input.addresses;
  } else {
    plan.condition = input.candidates.front().condition;
    plan.condition_reference = input.candidates.front().reference;
    plan.protocol = knowledge.care.find_protocol(plan.condition->id);
    plan.title = plan.protocol != nullptr ? plan.protocol->name : plan.condition->name;
  }
  if (input.protocol != nullptr) {
    plan.protocol = input.protocol;
    plan.title = input.protocol->name;
  }
  plan.severity = severity_of(input.scores, input.today);
  return plan;
}

} // namespace

Plan propose(Input const& input, Knowledge const& knowledge) {
  auto plan = begin(input, knowledge);
  auto unedited = plan;
  lay_out_course(unedited, {});
  lay_out_course(plan, input.edit);
  warn_of_screening(plan, input.caution);
  apply_limits(plan, input);
  if (!input.candidates.empty())
    warn_of_low_dose(plan, floor_of(unedited));
  set_reviews(plan);
  set_goals(plan, input, knowledge);
  warn_of_early_goals(plan, input);
  give_reasons(plan, input);
  return plan;
}

} // namespace tripsis::clinic::plan
