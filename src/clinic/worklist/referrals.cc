// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a referral allows is used up, by time or by visits; and plans whose review has come.
#include "clinic/canonical.hh"
#include "clinic/worklist/worklist.hh"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace tripsis::clinic::worklist {
namespace {

using json::Value;

bool is_of(Value const& appointment_or_encounter, std::string const& referral) {
  return std::ranges::any_of(appointment_or_encounter.items("basedOn"),
                             [&](Value const& order) { return order.text("reference") == referral; });
}

std::string patient_of(Value const& resource) {
  auto const subject = key_of(resource.find("subject"));
  return subject ? subject->id : "";
}

std::optional<Day> end_of(Value const& referral, TimeZone const& zone) {
  auto const* end = referral.at({"occurrencePeriod", "end"});
  if (end == nullptr || !end->is_string())
    return std::nullopt;
  auto const moment = screening::parse_moment(end->string(), &zone);
  return moment ? std::optional{moment->last} : std::nullopt;
}

/// The visits that a referral allows; nullopt where it sets no number.
std::optional<int> authorised(Value const& referral) {
  auto const* value = referral.at({"quantityQuantity", "value"});
  if (value == nullptr || !value->is_number())
    return std::nullopt;
  int visits = 0;
  auto const& text = value->lexeme();
  std::from_chars(text.data(), text.data() + text.size(), visits);
  return visits;
}

std::string visits_text(std::ptrdiff_t count) {
  return fmt::format("{} visit{}", count, count == 1 ? "" : "s");
}

int visits_since(Material const& material, std::string const& patient, Day start) {
  return static_cast<int>(std::ranges::count_if(material.visits, [&](Value const& encounter) {
    auto const* began = encounter.at({"period", "start"});
    return patient_of(encounter) == patient && began != nullptr && began->is_string() &&
           day_of(began->string(), material.zone, Day::min()) >= start;
  }));
}

} // namespace

std::vector<Line> ending_referrals(Material const& material) {
  std::vector<Line> lines;
  auto const today = material.today();
  for (auto const& referral : material.referrals) {
    auto const end = end_of(referral, material.zone);
    if (!end || *end > today + std::chrono::days{referral_days})
      continue;
    auto const beyond = std::ranges::count_if(material.coming, [&](Value const& appointment) {
      return is_of(appointment, reference_to(referral)) &&
             day_of(appointment.text("start"), material.zone, today) > *end;
    });
    if (*end < today && beyond == 0)
      continue; // it is over, and nobody counts on it
    auto const patient = patient_of(referral);
    lines.push_back({.code = "referral-expiring",
                     .priority = *end < today ? Priority::Urgent : Priority::Asap,
                     .focus = {"ServiceRequest", std::string{referral.text("id")}},
                     .patient = patient,
                     .owner = owner_of(material, patient),
                     .description = fmt::format(
                         "The referral {} on {}{}: ask the referrer whether to go on.",
                         *end < today ? "ended" : "ends", written(*end),
                         beyond == 0 ? std::string{}
                                     : fmt::format(", and {} {} booked after it", visits_text(beyond),
                                                   beyond == 1 ? "is" : "are")),
                     .due = end});
  }
  return lines;
}

std::vector<Line> few_visits_left(Material const& material) {
  std::vector<Line> lines;
  for (auto const& referral : material.referrals) {
    auto const allowed = authorised(referral);
    auto const end = end_of(referral, material.zone);
    if (!allowed || (end && *end < material.today()))
      continue;
    auto const reference = reference_to(referral);
    auto const of_it = [&](Value const& one) { return is_of(one, reference); };
    auto const left = *allowed - std::ranges::count_if(material.visits, of_it);
    if (left > few_visits)
      continue;
    auto const booked = std::ranges::count_if(material.coming, of_it);
    auto const patient = patient_of(referral);
    lines.push_back({.code = "visits-left",
                     .priority = booked > left ? Priority::Asap : Priority::Routine,
                     .focus = {"ServiceRequest", std::string{referral.text("id")}},
                     .patient = patient,
                     .owner = owner_of(material, patient),
                     .description = fmt::format(
                         "The referral has {} left of {}, and {} {} booked: ask for more, or end the plan.",
                         visits_text(std::max<std::ptrdiff_t>(left, 0)), *allowed, booked,
                         booked == 1 ? "is" : "are")});
  }
  return lines;
}

std::vector<Line> due_reviews(Material const& material) {
  std::vector<Line> lines;
  for (auto const& plan : material.plans) {
    auto const points = review_points(plan);
    auto const* started = plan.at({"period", "start"});
    if (points.empty() || started == nullptr || !started->is_string())
      continue;
    auto const patient = patient_of(plan);
    auto const given =
        visits_since(material, patient, day_of(started->string(), material.zone, material.today()));
    auto const reference = reference_to(plan);
    auto const done = std::ranges::count_if(material.reviews, [&](Value const& review) {
      return std::ranges::any_of(review.items("supportingInfo"),
                                 [&](Value const& about) { return about.text("reference") == reference; });
    });
    auto const reached = std::ranges::upper_bound(points, given) - points.begin();
    if (reached <= done)
      continue;
    auto const point = points.at(static_cast<std::size_t>(reached - 1));
    lines.push_back({.code = "review-due",
                     .priority = given > point ? Priority::Asap : Priority::Routine,
                     .focus = {"CarePlan", std::string{plan.text("id")}},
                     .patient = patient,
                     .owner = owner_of(material, patient),
                     .description = fmt::format("{} given: review the plan (it asks for this at visit {}), "
                                                "and record the decision.",
                                                visits_text(given), point)});
  }
  return lines;
}

} // namespace tripsis::clinic::worklist
