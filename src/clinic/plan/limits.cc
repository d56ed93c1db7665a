// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier:
// Apache-2.0
//
// What a plan must fit into: the visits and the time of a referral, and a
// budget. The visits keep their length and their frequency and are cut from the
// end, since shorter or rarer ones are what the trials found to be too little.
// Where a limit leaves nothing at all, the whole course is proposed, to be
// asked for.
#include "clinic/plan/plan.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::plan {
namespace {

void limit_to_authorised(Plan& plan, Referral const& referral) {
  if (!referral.visits_left || *referral.visits_left >= plan.visits)
    return;
  auto const wanted = plan.visits;
  if (*referral.visits_left <= 0) {
    plan.warnings.push_back(
        {"over-authorised", fmt::format("The referral has no visits left: none of these {} is authorised. "
                                        "Ask the referrer for more.",
                                        visits_text(wanted))});
    return;
  }
  cut_to(plan, *referral.visits_left);
  plan.warnings.push_back(
      {"over-authorised",
       fmt::format("The referral has {} left, and the course is {}: the last "
                   "{} cannot be planned. Ask the "
                   "referrer for more.",
                   visits_text(*referral.visits_left), visits_text(wanted), wanted - plan.visits)});
}

void limit_to_time(Plan& plan, Referral const& referral, Day today) {
  if (!referral.until)
    return;
  if (*referral.until < today) {
    plan.warnings.push_back({"referral-ends", "The referral has ended: no visit is authorised. Ask the "
                                              "referrer for a new one."});
    return;
  }
  int in_time = 0;
  while (in_time < plan.visits && day_of_visit(plan, today, in_time + 1) <= *referral.until)
    ++in_time;
  if (in_time == plan.visits)
    return;
  auto const lost = plan.visits - in_time; // the first visit is today, so at least one is in time
  cut_to(plan, in_time);
  plan.warnings.push_back(
      {"referral-ends", fmt::format("The referral ends before the course does: the last {} cannot be "
                                    "planned. Ask the referrer for more time.",
                                    visits_text(lost))});
}

void limit_to_budget(Plan& plan, Budget const& budget) {
  auto const affordable = budget.total / budget.price;
  if (affordable >= plan.visits)
    return;
  if (affordable <= 0) {
    plan.warnings.push_back({"over-budget", "The budget does not pay for one visit at this price."});
    return;
  }
  auto const wanted = plan.visits;
  cut_to(plan, static_cast<int>(affordable));
  plan.warnings.push_back(
      {"over-budget", fmt::format("The budget pays for {} of {}: the last {} cannot be "
                                  "planned.",
                                  plan.visits, visits_text(wanted), wanted - plan.visits)});
}

} // namespace

void apply_limits(Plan& plan, Input const& input) {
  if (input.referral) {
    limit_to_authorised(plan, *input.referral);
    limit_to_time(plan, *input.referral, input.today);
  }
  if (input.budget)
    limit_to_budget(plan, *input.budget);
}

Floor floor_of(Plan const& unedited) {
  auto const& dose = unedited.condition->dose;
  auto const is_from_trial =
      unedited.protocol != nullptr
          ? unedited.protocol->basis == Protocol::Basis::Trial
          : dose.basis != "default" && std::ranges::any_of(dose.sources, [](std::string const& source) {
              return source.starts_with("found:");
            });
  auto const basis = is_from_trial ? Floor::Basis::Trial : Floor::Basis::Convention;
  if (unedited.protocol != nullptr && !is_from_trial) // its own course is all that there is
    return {unedited.minutes, unedited.per_week, unedited.visits, basis};
  auto const visits = (std::int64_t{dose.per_week} * dose.weeks + 50) / 100;
  return {dose.minutes_from, dose.per_week, static_cast<int>(visits), basis};
}

void warn_of_low_dose(Plan& plan, Floor const& floor) {
  std::string what;
  auto const add = [&](std::string const& text) { what += (what.empty() ? "" : ", ") + text; };
  if (plan.minutes < floor.minutes)
    add(fmt::format("{} minutes instead of {}", plan.minutes, floor.minutes));
  if (plan.per_week < floor.per_week)
    add(fmt::format("{} instead of {}", per_week_text(plan.per_week), per_week_text(floor.per_week)));
  if (plan.visits < floor.visits)
    add(fmt::format("{} instead of {}", visits_text(plan.visits), floor.visits));
  if (what.empty())
    return;
  auto text =
      fmt::format("Less than {}: {}.",
                  floor.basis == Floor::Basis::Trial ? "what the trials gave"
                                                     : "what is usual (a convention, not a finding)",
                  what);
  if (floor.basis == Floor::Basis::Trial)
    text += fmt::format(" Their dose: {}.", plan.condition->dose.basis);
  plan.warnings.push_back({"under-dosed", std::move(text)});
}

} // namespace tripsis::clinic::plan
