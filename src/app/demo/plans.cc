// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/demo/plans.hh"

#include "app/demo/resources.hh"
#include "clinic/canonical.hh"

#include <fmt/format.h>

namespace tripsis::app::demo {
namespace {

using json::array;
using json::object;
using json::Value;

Value dose(PlanContext const& plan) {
  auto const part = [](std::string_view url, std::string_view element, Value value) {
    return object({{"url", url}, {element, std::move(value)}});
  };
  return object({{"url", clinic::canonical::dose},
                 {"extension", array({part("minutes", "valueInteger", Value::integer(plan.minutes)),
                                      part("per-week", "valueDecimal", Value::integer(1)),
                                      part("weeks", "valueInteger", Value::integer(plan.visits))})}});
}

Value course(PlanContext const& plan) {
  auto repeat = object({{"count", Value::integer(plan.visits)},
                        {"duration", Value::integer(plan.minutes)},
                        {"durationUnit", "min"},
                        {"frequency", Value::integer(1)},
                        {"period", Value::integer(1)},
                        {"periodUnit", "wk"}});
  return object(
      {{"detail",
        object(
            {{"code", concept_of(coding(clinic::canonical::task, "phase", "Phase of the course"))},
             {"status", "in-progress"},
             {"scheduledTiming", object({{"repeat", std::move(repeat)}})},
             {"description", fmt::format("{} min, once a week, {} weeks", plan.minutes, plan.visits)}})}});
}

Value review_point(int visit) {
  return object(
      {{"detail",
        object({{"code", concept_of(coding(clinic::canonical::task, "review", "Review of the plan"))},
                {"status", "scheduled"},
                {"scheduledString", fmt::format("visit {}", visit)},
                {"description", "Review: continue, change, taper, refer or discharge."}})}});
}

} // namespace

Value goal(PlanContext const& plan, std::string_view id) {
  auto result = resource("Goal", id);
  result.set("lifecycleStatus", "active").set("description", object({{"text", plan.goal_text}}));
  result.set("subject", reference(plan.patient)).set("startDate", plan.start);
  result.push("target",
              object({{"measure",
                       concept_of(coding("http://loinc.org", "72514-3",
                                         "Pain severity - 0-10 verbal numeric rating [Score] - Reported"))},
                      {"detailQuantity", object({{"value", Value::integer(3)}})},
                      {"dueDate", plan.due}}));
  return result;
}

Value care_plan(PlanContext const& plan, std::string_view id) {
  auto result = resource("CarePlan", id);
  result.push("extension", dose(plan));
  result.set("status", "active")
      .set("intent", "plan")
      .set("title", fmt::format("{}: weekly treatment", plan.complaint));
  result.set("subject", reference(plan.patient)).set("period", object({{"start", plan.start}}));
  result.push("addresses", reference(plan.condition))
      .push("supportingInfo", reference(plan.referral))
      .push("goal", reference(plan.goal));
  result.push("activity", course(plan));
  for (int visit = visits_between_reviews; visit <= plan.visits; visit += visits_between_reviews)
    result.push("activity", review_point(visit));
  return result;
}

Value review(std::string_view id, std::string const& patient, std::string const& care_plan,
             std::string const& practitioner, std::string_view date, int visits) {
  auto result = resource("ClinicalImpression", id);
  result.set("status", "completed").set("description", "continue");
  result.set("subject", reference(patient)).set("date", date).set("assessor", reference(practitioner));
  result.set("summary", fmt::format("{} visits were given. We go on as planned.", visits));
  result.push("supportingInfo", reference(care_plan));
  return result;
}

} // namespace tripsis::app::demo
