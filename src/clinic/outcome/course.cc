// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/outcome/course.hh"

#include "clinic/canonical.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/diary_measures.hh"
#include "clinic/plan/input.hh"
#include "clinic/worklist/worklist.hh"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace tripsis::clinic::outcome {
namespace {

using json::Value;

constexpr std::string_view headache_entry = "headache-day", sleep_entry = "sleep-efficiency";

std::optional<Day> day_of(Value const* text, TimeZone const& zone) {
  if (text == nullptr || !text->is_string())
    return std::nullopt;
  auto const moment = screening::parse_moment(text->string(), &zone);
  return moment ? std::optional{moment->last} : std::nullopt;
}

/// Of each diagnosis the condition that it most likely stands for: the first of its candidates.
std::vector<CareCondition const*> conditions_of(screening::PatientRecord const& record,
                                                Knowledge const& knowledge, TimeZone const& zone,
                                                Day today) {
  std::vector<CareCondition const*> found;
  std::set<std::string> diagnoses;
  if (auto const input = plan::read_input(record, knowledge, {}, today, &zone))
    for (auto const& candidate : input->candidates)
      if (diagnoses.insert(candidate.reference).second)
        found.push_back(candidate.condition);
  return found;
}

bool is_of(Value const& resource, std::string const& patient) {
  auto const subject = key_of(resource.find("subject"));
  return subject && subject->id == patient;
}

/// The newest plan that is in force.
void read_plan(Course& course, std::span<Value const> plans, std::string const& patient,
               TimeZone const& zone) {
  auto const plan = std::ranges::find_if(plans, [&](Value const& one) { return is_of(one, patient); });
  if (plan == plans.end())
    return;
  course.start = day_of(plan->at({"period", "start"}), zone);
  course.end = day_of(plan->at({"period", "end"}), zone);
  course.review_visits = worklist::review_points(*plan);
}

void read_visits(Course& course, Material const& material, std::string const& patient,
                 TimeZone const& zone) {
  for (auto const& visit : material.visits)
    if (auto const day = day_of(visit.at({"period", "start"}), zone);
        day && is_of(visit, patient) && (!course.start || *day >= *course.start))
      course.visits.push_back(*day);
  std::ranges::sort(course.visits);
  for (auto const& visit : material.coming)
    if (auto const day = day_of(visit.find("start"), zone); day && *day >= course.today)
      for (auto const& actor : actors(visit, "Patient"))
        if (actor.id == patient)
          course.coming.push_back(*day);
  std::ranges::sort(course.coming);
}

} // namespace

Course course_of(Material const& material, screening::PatientRecord const& record,
                 std::string const& patient, Knowledge const& knowledge, TimeZone const& zone, Day today) {
  Course course{.today = today};
  course.conditions = conditions_of(record, knowledge, zone, today);
  read_plan(course, material.plans, patient, zone);
  read_visits(course, material, patient, zone);
  return course;
}

Result<Measured> read_measured(Find const& find, Knowledge const& knowledge, TimeZone const& zone,
                               std::string const& patient, Day today) {
  constexpr std::string_view booked = "proposed,pending,booked,arrived,checked-in";
  screening::PatientRecord record{json::object({{"resourceType", "Patient"}, {"id", patient}})};
  for (auto& condition : TRY(find("Condition", {{"patient", patient}})))
    record.add(std::move(condition));
  for (auto& referral : TRY(find("ServiceRequest", {{"patient", patient}, {"status", "active"}})))
    record.add(std::move(referral));
  auto const plans = TRY(find("CarePlan", {{"patient", patient}, {"status", "active"}}));
  auto const visits = TRY(find("Encounter", {{"patient", patient}, {"status", "finished"}}));
  auto const coming = TRY(find("Appointment", {{"patient", patient}, {"status", std::string{booked}}}));
  Measured found{.course = course_of({plans, visits, coming}, record, patient, knowledge, zone, today)};
  auto& course = found.course;
  auto const observations = TRY(find("Observation", {{"patient", patient}}));
  found.measures =
      report::measures_of(observations, {report::Date{Day::min()}, report::Date{today}}, knowledge, zone);
  add_diaries(found, observations, knowledge, zone);
  for (auto const& measure : found.measures)
    if (!measure.instrument.empty()) {
      auto& newest = course.measured[measure.instrument];
      newest = std::max(newest, Day{measure.now().on});
    }
  return found;
}

std::string form_measures(Knowledge const& knowledge) {
  std::string codes;
  for (auto const& instrument : knowledge.instruments)
    if (forms::entry_of(instrument.id) == forms::Entry::Form)
      codes += fmt::format("{}|{}-score,", canonical::measure, instrument.id);
  return codes + fmt::format("{0}|{1},{0}|{2}", canonical::measure, headache_entry, sleep_entry);
}

void note_measured(Course& course, Value const& observation, TimeZone const& zone) {
  constexpr std::string_view score = "-score";
  auto const code = code_in(observation.find("code"), canonical::measure);
  auto const instrument = code == headache_entry  ? "headache_diary"
                          : code == sleep_entry   ? "sleep_diary"
                          : code.ends_with(score) ? code.substr(0, code.size() - score.size())
                                                  : std::string_view{};
  auto const day = report::date_of(observation, zone);
  if (instrument.empty() || !day || !report::is_final(observation))
    return;
  auto& newest = course.measured[std::string{instrument}];
  newest = std::max(newest, Day{*day});
}

std::vector<DueMeasure> due_forms(Knowledge const& knowledge, Course const& course, int days) {
  auto due = due_measures(knowledge, course);
  std::erase_if(due, [&](DueMeasure const& one) {
    return !one.on || *one.on > course.today + std::chrono::days{days} ||
           forms::entry_of(one.instrument->id) != forms::Entry::Form || one.instrument->id == "nprs";
  });
  return due;
}

} // namespace tripsis::clinic::outcome
