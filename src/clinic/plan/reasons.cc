// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier:
// Apache-2.0
//
// Why the plan is as it is: every statement with its grade, what it rests on,
// and its sources. What is a convention of practice or of this program says so.
#include "clinic/plan/plan.hh"

#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>

namespace tripsis::clinic::plan {
namespace {

constexpr std::string_view convention = "convention";

void give_evidence(Plan& plan) {
  auto const& condition = *plan.condition;
  plan.reasons.push_back(
      {condition.evidence, condition.certainty, "what studies found", condition.sources});
  if (!condition.guideline.empty())
    plan.reasons.push_back(
        {condition.guideline, condition.certainty, "what guidelines say", condition.sources});
  if (!condition.dose_effects.empty())
    plan.reasons.push_back({"Effect of the dose: " + condition.dose_effects + ".", condition.certainty,
                            "what a trial found", condition.dose.sources});
}

void give_dose(Plan& plan) {
  auto const& dose = plan.condition->dose;
  auto text = "Proposed: " + dose_text(plan.minutes, plan.per_week, plan.weeks, plan.visits) + ".";
  if (plan.protocol != nullptr) {
    auto const from_trial = plan.protocol->basis == Protocol::Basis::Trial;
    plan.reasons.push_back({std::move(text),
                            from_trial ? plan.condition->certainty : std::string{convention},
                            fmt::format("the protocol \"{}\"; {}", plan.protocol->name,
                                        from_trial ? "its dose is that of trials: " + dose.basis
                                                   : "its dose is a convention of practice"),
                            plan.protocol->sources});
  } else if (dose.basis == "default") {
    plan.reasons.push_back(
        {std::move(text), std::string{convention}, "usual practice; no trial says it", dose.sources});
  } else {
    plan.reasons.push_back({std::move(text), plan.condition->certainty, dose.basis, dose.sources});
  }
  plan.reasons.push_back({"The minutes of each technique are a place to begin "
                          "from, to be changed by how "
                          "the patient responds.",
                          std::string{convention},
                          "usual practice; no trial says it",
                          {}});
}

void give_severity(Plan& plan) {
  if (plan.severity == Severity::Unknown)
    return;
  auto text = fmt::format("The newest score is {}.", name(plan.severity));
  if (plan.severity == Severity::Severe)
    text += " The plan is looked at earlier.";
  if (plan.protocol == nullptr)
    text += fmt::format(" The visits are {} of the usual {} to {} minutes long.",
                        plan.severity == Severity::Mild     ? "at the short end"
                        : plan.severity == Severity::Severe ? "at the long end"
                                                            : "in the middle",
                        plan.condition->dose.minutes_from, plan.condition->dose.minutes_to);
  plan.reasons.push_back({std::move(text),
                          std::string{convention},
                          "below 40 % of the scale mild, from 70 % severe: a "
                          "convention of this program",
                          {}});
}

void give_targets(Plan& plan) {
  for (auto const& goal : plan.goals) {
    std::vector<std::string> sources;
    for (auto const& change : goal.instrument->changes)
      if (change.unit.starts_with("points"))
        sources.push_back(change.source);
    plan.reasons.push_back(
        {fmt::format("{}: {} now; {} {} is a clear change, larger than the "
                     "noise of the measure.",
                     goal.instrument->name, decimal_text(goal.baseline), decimal_text(goal.target),
                     goal.lower_is_better ? "or less" : "or more"),
         std::string{convention}, "the larger one of MCID and MDC, in points", std::move(sources)});
  }
}

void give_protocol_notes(Plan& plan) {
  if (plan.protocol == nullptr)
    return;
  auto const from_trial = plan.protocol->basis == Protocol::Basis::Trial;
  if (!plan.protocol->note.empty())
    plan.reasons.push_back({plan.protocol->note,
                            from_trial ? plan.condition->certainty : std::string{convention},
                            "the protocol", plan.protocol->sources});
  if (!plan.protocol->requirements.empty())
    plan.reasons.push_back({fmt::format("Needed first: {}.", fmt::join(plan.protocol->requirements, "; ")),
                            std::string{convention}, "the protocol", plan.protocol->sources});
}

void give_company(Plan& plan) {
  if (!plan.condition->co_therapies.empty())
    plan.reasons.push_back({fmt::format("Massage is one part; together with: {}.",
                                        fmt::join(plan.condition->co_therapies, ", ")),
                            std::string{convention},
                            "the catalogue of conditions",
                            {}});
  if (!plan.condition->avoid_techniques.empty())
    plan.reasons.push_back(
        {fmt::format("Left out: {}{}.", fmt::join(plan.condition->avoid_techniques, ", "),
                     plan.condition->avoid_note.empty() ? std::string{}
                                                        : " (" + plan.condition->avoid_note + ")"),
         std::string{convention}, "the catalogue of conditions", plan.condition->sources});
}

} // namespace

void give_reasons(Plan& plan, Input const& input) {
  if (input.candidates.empty()) {
    plan.reasons.push_back({"No diagnosis of the record is in the catalogue: "
                            "nothing is known of what massage does for it. "
                            "This is a plan for well-being by the patient's "
                            "wish, and promises nothing.",
                            "none",
                            "no evidence was looked up",
                            {}});
    return;
  }
  give_evidence(plan);
  give_dose(plan);
  give_severity(plan);
  give_targets(plan);
  give_protocol_notes(plan);
  give_company(plan);
}

std::string_view name(Severity severity) noexcept {
  constexpr std::array<std::string_view, 4> names{"", "mild", "moderate", "severe"};
  return names.at(static_cast<std::size_t>(severity));
}

std::string visits_text(int visits) {
  return fmt::format("{} visit{}", visits, visits == 1 ? "" : "s");
}

std::string per_week_text(Hundredths rate) {
  if (rate == 100)
    return "once a week";
  if (rate == 200)
    return "twice a week";
  if (rate > 0 && rate < 100 && 100 % rate == 0)
    return fmt::format("every {} weeks", 100 / rate);
  return fmt::format("{} times a week", written(rate));
}

std::string dose_text(int minutes, Hundredths per_week, int weeks, int visits) {
  return fmt::format("{} minutes, {} for {} week{}: {}", minutes, per_week_text(per_week), weeks,
                     weeks == 1 ? "" : "s", visits_text(visits));
}

std::string decimal_text(std::int64_t millionths) {
  auto const fraction = millionths % 1'000'000;
  if (fraction == 0)
    return fmt::format("{}", millionths / 1'000'000);
  auto text = fmt::format("{}.{:06}", millionths / 1'000'000, fraction);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

} // namespace tripsis::clinic::plan
