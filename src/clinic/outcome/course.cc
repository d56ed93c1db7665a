// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/outcome/course.hh"

#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/diary_measures.hh"
#include "clinic/plan/input.hh"
#include "clinic/worklist/worklist.hh"

#include <algorithm>

namespace tripsis::clinic::outcome {
namespace {

using json::Value;

std::optional<Day> day_of(Value const* text, TimeZone const& zone) {
  if (text == nullptr || !text->is_string())
    return std::nullopt;
  auto const moment = screening::parse_moment(text->string(), &zone);
  return moment ? std::optional{moment->last} : std::nullopt;
}

std::vector<CareCondition const*> conditions_of(screening::PatientRecord const& record,
                                                Knowledge const& knowledge, TimeZone const& zone,
                                                Day today) {
  std::vector<CareCondition const*> found;
  if (auto const input = plan::read_input(record, knowledge, {}, today, &zone))
    for (auto const& candidate : input->candidates)
      found.push_back(candidate.condition);
  return found;
}

class Reader {
public:
  Reader(Find const& find, TimeZone const& zone, std::string const& patient, Course& course)
      : find_{find}, zone_{zone}, patient_{patient}, course_{course} {}

  /// The newest plan that is in force.
  Result<> read_plan() {
    for (auto const& plan : TRY(find_("CarePlan", {{"patient", patient_}, {"status", "active"}}))) {
      course_.start = day_of(plan.at({"period", "start"}), zone_);
      course_.end = day_of(plan.at({"period", "end"}), zone_);
      course_.review_visits = worklist::review_points(plan);
      break;
    }
    return {};
  }

  Result<> read_visits() {
    for (auto const& visit : TRY(find_("Encounter", {{"patient", patient_}, {"status", "finished"}})))
      if (auto const day = day_of(visit.at({"period", "start"}), zone_);
          day && (!course_.start || *day >= *course_.start))
        course_.visits.push_back(*day);
    std::ranges::sort(course_.visits);
    constexpr std::string_view booked = "proposed,pending,booked,arrived,checked-in";
    for (auto const& visit :
         TRY(find_("Appointment", {{"patient", patient_}, {"status", std::string{booked}}})))
      if (auto const day = day_of(visit.find("start"), zone_); day && *day >= course_.today)
        course_.coming.push_back(*day);
    std::ranges::sort(course_.coming);
    return {};
  }

private:
  Find const& find_;
  TimeZone const& zone_;
  std::string const& patient_;
  Course& course_;
};

} // namespace

Result<Measured> read_measured(Find const& find, Knowledge const& knowledge, TimeZone const& zone,
                               std::string const& patient, Day today) {
  Measured found{.course = {.today = today}};
  auto& course = found.course;
  screening::PatientRecord record{json::object({{"resourceType", "Patient"}, {"id", patient}})};
  for (auto& condition : TRY(find("Condition", {{"patient", patient}})))
    record.add(std::move(condition));
  for (auto& referral : TRY(find("ServiceRequest", {{"patient", patient}, {"status", "active"}})))
    record.add(std::move(referral));
  course.conditions = conditions_of(record, knowledge, zone, today);
  Reader reader{find, zone, patient, course};
  TRY(reader.read_plan());
  TRY(reader.read_visits());
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

std::vector<DueMeasure> due_forms(Knowledge const& knowledge, Course const& course, int days) {
  auto due = due_measures(knowledge, course);
  std::erase_if(due, [&](DueMeasure const& one) {
    return !one.on || *one.on > course.today + std::chrono::days{days} ||
           forms::entry_of(one.instrument->id) != forms::Entry::Form || one.instrument->id == "nprs";
  });
  return due;
}

} // namespace tripsis::clinic::outcome
