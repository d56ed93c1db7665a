// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/worklist/worklist.hh"

#include "clinic/canonical.hh"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace tripsis::clinic::worklist {
namespace {

using json::Value;

std::string_view display_of(std::string_view code) {
  for (auto const& one : task_codes)
    if (one.code == code)
      return one.display;
  return code;
}

/// The same line has the same id every time.
std::string id_of(Line const& line) {
  constexpr std::size_t longest_id = 64;
  return fmt::format("{}-{}", line.code, line.focus.id).substr(0, longest_id);
}

std::string iso(Day day) {
  std::chrono::year_month_day const date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Value to_task(Line const& line) {
  auto task = json::object({{"resourceType", "Task"}, {"id", id_of(line)}});
  task["meta"].push("tag", json::object({{"system", canonical::attention}, {"code", "computed"}}));
  task.set("status", "requested").set("intent", "order").set("priority", name(line.priority));
  auto coding =
      json::object({{"system", canonical::task}, {"code", line.code}, {"display", display_of(line.code)}});
  task.set("code", json::object({{"coding", json::array({std::move(coding)})}}));
  task.set("description", line.description);
  task.set("focus", json::object({{"reference", line.focus.reference()}}));
  if (!line.patient.empty())
    task.set("for", json::object({{"reference", "Patient/" + line.patient}}));
  if (!line.owner.empty())
    task.set("owner", json::object({{"reference", line.owner}}));
  if (line.due)
    task.set("restriction", json::object({{"period", json::object({{"end", iso(*line.due)}})}}));
  return task;
}

std::string find_practitioner(std::vector<Value> const& appointments, std::string_view patient) {
  for (auto const& appointment : appointments)
    for (auto const& actor : actors(appointment, "Patient"))
      if (actor.id == patient)
        for (auto const& therapist : actors(appointment, "Practitioner"))
          return therapist.reference();
  return {};
}

} // namespace

std::string_view name(Priority priority) noexcept {
  constexpr std::array<std::string_view, 4> names{"stat", "urgent", "asap", "routine"};
  return names.at(static_cast<std::size_t>(priority));
}

std::vector<Value> tasks(Material const& material, screening::Rules const& rules) {
  std::vector<Value> all;
  for (auto const& lines : {unsigned_notes(material), ending_referrals(material), few_visits_left(material),
                            ending_licences(material), needed_clearances(material, rules),
                            due_reviews(material), missing_forms(material)})
    std::ranges::transform(lines, std::back_inserter(all), to_task);
  return all;
}

std::vector<int> review_points(Value const& plan) {
  constexpr std::string_view prefix = "visit ";
  std::vector<int> points;
  for (auto const& activity : plan.items("activity")) {
    auto const* detail = activity.find("detail");
    if (detail == nullptr || code_in(detail->find("code"), canonical::task) != "review" ||
        detail->text("status") == "cancelled")
      continue;
    auto const when = detail->text("scheduledString");
    int visit = 0;
    if (when.starts_with(prefix) &&
        std::from_chars(when.data() + prefix.size(), when.data() + when.size(), visit).ptr ==
            when.data() + when.size())
      points.push_back(visit);
  }
  std::ranges::sort(points);
  return points;
}

Day day_of(std::string_view date_or_time, TimeZone const& zone, Day otherwise) {
  auto const moment = screening::parse_moment(date_or_time, &zone);
  return moment ? moment->last : otherwise;
}

std::string written(Day day) {
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::chrono::year_month_day const date{day};
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()),
                     months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()));
}

std::string owner_of(Material const& material, std::string_view patient) {
  auto next = find_practitioner(material.coming, patient);
  return next.empty() ? find_practitioner(material.past, patient) : next;
}

} // namespace tripsis::clinic::worklist
