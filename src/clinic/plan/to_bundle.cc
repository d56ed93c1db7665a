// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/plan/to_bundle.hh"

#include "base/uuid.hh"
#include "clinic/canonical.hh"
#include "clinic/element.hh"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace tripsis::clinic::plan {
namespace {

using json::object;
using json::Value;

std::string iso(Day day) {
  std::chrono::year_month_day const date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Value reference(std::string_view to) {
  return object({{"reference", to}});
}

Value dose_extension(Plan const& plan) {
  return object({{"url", canonical::dose},
                 {"extension", json::array({part("minutes", "valueInteger", Value::integer(plan.minutes)),
                                            part("per-week", "valueDecimal",
                                                 Value{json::Number{written(plan.per_week)}}),
                                            part("weeks", "valueInteger", Value::integer(plan.weeks))})}});
}

Value block_extension(Block const& block, Knowledge const& knowledge) {
  auto extension = object({{"url", canonical::block}});
  extension.push("extension", part("technique", "valueCoding",
                                   coding(canonical::technique, block.technique,
                                          name_in(knowledge.techniques, block.technique))));
  for (auto const& region : block.regions)
    extension.push("extension",
                   part("region", "valueCoding",
                        coding(canonical::region, region, name_in(knowledge.regions, region))));
  extension.push("extension", part("minutes", "valueInteger", Value::integer(block.minutes)));
  return extension;
}

/// So often in so many weeks: 2 a week is 2 in 1, 0.5 is 1 in 2, 1.25 is 5 in 4.
Value timing(PlannedPhase const& phase) {
  auto const common = std::gcd(phase.per_week, 100);
  auto repeat = object({});
  if (phase.visits > 0)
    repeat.set("count", Value::integer(phase.visits));
  repeat.set("duration", Value::integer(phase.minutes())).set("durationUnit", "min");
  repeat.set("frequency", Value::integer(phase.per_week / common))
      .set("period", Value::integer(100 / common))
      .set("periodUnit", "wk");
  return object({{"repeat", std::move(repeat)}});
}

Value task_code(std::string_view code, std::string_view display) {
  return concept_of(coding(canonical::task, code, display));
}

enum class When : unsigned char { Before, Course, After };

std::string phase_text(PlannedPhase const& phase, When when) {
  std::string text = phase.name;
  if (phase.visits > 0)
    text += fmt::format(": {} of {} minutes, {}", visits_text(phase.visits), phase.minutes(),
                        per_week_text(phase.per_week));
  if (!phase.goals.empty())
    text += fmt::format(". Goals: {}", fmt::join(phase.goals, ", "));
  text += ".";
  if (when == When::Before)
    text += " Before the course; not counted among its visits.";
  if (when == When::After)
    text += " Only if the last review says so; not counted among the visits.";
  return text;
}

Value phase_activity(PlannedPhase const& phase, When when, Knowledge const& knowledge) {
  auto detail = object({});
  for (auto const& block : phase.blocks)
    detail.push("extension", block_extension(block, knowledge));
  detail.set("code", when == When::Course ? task_code("phase", "Phase of the course")
                                          : task_code("other-phase", "Phase beside the course"));
  detail.set("status", when == When::Course ? "not-started" : "on-hold");
  if (phase.per_week > 0 && !phase.blocks.empty())
    detail.set("scheduledTiming", timing(phase));
  detail.set("description", phase_text(phase, when));
  return object({{"detail", std::move(detail)}});
}

Value review_activity(Plan const& plan, int visit) {
  std::string measures;
  for (auto const& goal : plan.goals)
    measures += (measures.empty() ? "" : ", ") + goal.instrument->name;
  for (auto const* instrument : plan.without_baseline)
    measures += (measures.empty() ? "" : ", ") + instrument->name;
  auto text = std::string{"Review: continue, change, taper, refer or discharge."};
  if (!measures.empty())
    text += " Measure first: " + measures + ".";
  return object({{"detail", object({{"code", task_code("review", "Review of the plan")},
                                    {"status", "not-started"},
                                    {"scheduledString", fmt::format("visit {}", visit)},
                                    {"description", std::move(text)}})}});
}

void add_activities(Value& care_plan, Plan const& plan, Knowledge const& knowledge) {
  for (auto const& phase : plan.before)
    care_plan.push("activity", phase_activity(phase, When::Before, knowledge));
  for (auto const& phase : plan.phases)
    care_plan.push("activity", phase_activity(phase, When::Course, knowledge));
  for (auto const& phase : plan.after)
    care_plan.push("activity", phase_activity(phase, When::After, knowledge));
  for (auto const visit : plan.review_visits)
    care_plan.push("activity", review_activity(plan, visit));
  if (plan.protocol != nullptr && !plan.protocol->home_care.empty())
    care_plan.push(
        "activity",
        object({{"detail",
                 object({{"code", task_code("home-care", "Care at home")},
                         {"status", "not-started"},
                         {"description",
                          fmt::format("At home: {}.", fmt::join(plan.protocol->home_care, ", "))}})}}));
}

Value care_plan_of(Plan const& plan, Input const& input, Knowledge const& knowledge,
                   std::vector<std::string> const& goals) {
  auto care_plan = object({{"resourceType", "CarePlan"}});
  care_plan.push("extension", dose_extension(plan));
  care_plan.set("status", "draft").set("intent", "proposal").set("title", plan.title);
  care_plan.set("description", dose_text(plan.minutes, plan.per_week, plan.weeks, plan.visits));
  care_plan.set("subject", reference(input.patient));
  care_plan.set("period", object({{"start", iso(input.today)},
                                  {"end", iso(day_of_visit(plan, input.today, plan.visits))}}));
  if (!plan.condition_reference.empty())
    care_plan.push("addresses", reference(plan.condition_reference));
  if (input.referral)
    care_plan.push("supportingInfo", reference(input.referral->reference));
  for (auto const& goal : input.goals)
    care_plan.push("goal", reference(goal.reference));
  for (auto const& goal : goals)
    care_plan.push("goal", reference(goal));
  add_activities(care_plan, plan, knowledge);
  for (auto const& warning : plan.warnings)
    care_plan.push("note", object({{"text", warning.text}}));
  return care_plan;
}

Value goal_of(MeasuredGoal const& goal, Plan const& plan, Input const& input) {
  auto const due = iso(day_of_visit(plan, input.today, plan.review_visits.back()));
  auto const& instrument = *goal.instrument;
  auto measure = object({});
  measure.push("coding", coding(canonical::measure, instrument.id + "-score", instrument.name));
  if (instrument.id == "nprs")
    measure.push("coding", object({{"system", systems::loinc}, {"code", nprs_loinc}}));
  auto resource = object({{"resourceType", "Goal"}, {"lifecycleStatus", "proposed"}});
  resource.set("description",
               object({{"text", fmt::format("{}: from {} to {} {}", instrument.name,
                                            decimal_text(goal.baseline), decimal_text(goal.target),
                                            goal.lower_is_better ? "or less" : "or more")}}));
  resource.set("subject", reference(input.patient)).set("startDate", iso(input.today));
  auto quantity = object({{"value", Value{json::Number{decimal_text(goal.target)}}},
                          {"comparator", goal.lower_is_better ? "<=" : ">="}});
  resource.push(
      "target",
      object({{"measure", std::move(measure)}, {"detailQuantity", std::move(quantity)}, {"dueDate", due}}));
  if (!plan.condition_reference.empty())
    resource.push("addresses", reference(plan.condition_reference));
  return resource;
}

/// What a phase of the protocol wants to reach; due at the phase's last visit.
Value goal_of(PlannedPhase const& phase, Plan const& plan, Input const& input) {
  auto const last = phase.first_visit + phase.visits - 1;
  auto resource = object({{"resourceType", "Goal"}, {"lifecycleStatus", "proposed"}});
  resource.set("description",
               object({{"text", fmt::format("{}: {}", phase.name, fmt::join(phase.goals, ", "))}}));
  resource.set("subject", reference(input.patient)).set("startDate", iso(input.today));
  resource.push("target", object({{"dueDate", iso(day_of_visit(plan, input.today, last))}}));
  if (!plan.condition_reference.empty())
    resource.push("addresses", reference(plan.condition_reference));
  return resource;
}

} // namespace

std::vector<Entry> to_entries(Plan const& plan, Input const& input, Knowledge const& knowledge, Instant now,
                              Random& random) {
  auto const url = [&] { return "urn:uuid:" + Uuid::v7(now, random).text(); };
  std::vector<Entry> entries{{url(), {}}};
  for (auto const& goal : plan.goals)
    entries.push_back({url(), goal_of(goal, plan, input)});
  for (auto const& phase : plan.phases)
    if (!phase.goals.empty())
      entries.push_back({url(), goal_of(phase, plan, input)});
  std::vector<std::string> goals;
  for (auto const& entry : std::span{entries}.subspan(1))
    goals.push_back(entry.full_url);
  entries.front().resource = care_plan_of(plan, input, knowledge, goals);
  entries.push_back({url(), to_parameters(plan, input, knowledge)});
  return entries;
}

Value to_bundle(std::vector<Entry> entries) {
  auto bundle = object({{"resourceType", "Bundle"}, {"type", "collection"}});
  for (auto& entry : entries)
    bundle.push("entry", object({{"fullUrl", entry.full_url}, {"resource", std::move(entry.resource)}}));
  return bundle;
}

} // namespace tripsis::clinic::plan
