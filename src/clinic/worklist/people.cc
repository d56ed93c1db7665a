// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What must be in order before people come: the therapist's licence, the patient's clearance.
#include "clinic/screening/screening.hh"
#include "clinic/worklist/worklist.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::worklist {
namespace {

using json::Value;

/// When the first of a practitioner's qualifications ends. Of two with one name the later one counts: it is
/// the renewal.
std::optional<Day> first_end(Value const& practitioner, TimeZone const& zone) {
  std::map<std::string, Day, std::less<>> ends;
  for (auto const& qualification : practitioner.items("qualification")) {
    auto const* end = qualification.at({"period", "end"});
    auto const moment =
        end != nullptr && end->is_string() ? screening::parse_moment(end->string(), &zone) : std::nullopt;
    if (!moment)
      continue;
    auto const* code = qualification.find("code");
    auto& latest =
        ends.emplace(code == nullptr ? std::string_view{} : code->text("text"), moment->last).first->second;
    latest = std::max(latest, moment->last);
  }
  auto const first = std::ranges::min_element(ends, {}, [](auto const& one) { return one.second; });
  return first == ends.end() ? std::nullopt : std::optional{first->second};
}

Line clearance(Value const& appointment, std::string const& patient, Day day, Day today,
               screening::Decision decision) {
  auto const therapists = actors(appointment, "Practitioner");
  auto const stops = decision == screening::Decision::Stop;
  return {.code = "clearance",
          .priority = stops || day <= today + std::chrono::days{2} ? Priority::Urgent : Priority::Asap,
          .focus = {"Appointment", std::string{appointment.text("id")}},
          .patient = patient,
          .owner = therapists.empty() ? "" : therapists.front().reference(),
          .description =
              stops ? fmt::format("The safety screening stops treatment on {}: see why, and call "
                                  "the patient.",
                                  written(day))
                    : fmt::format("A clearance is needed before the visit on {}: see what for, and "
                                  "ask for it.",
                                  written(day)),
          .due = day};
}

/// Whether the answer is awaited to all that the visit needs a clearance for.
bool is_asked_for(Material const& material, std::string const& patient,
                  screening::Screening const& screening) {
  auto const asked = material.asked.find(patient);
  return asked != material.asked.end() &&
         std::ranges::all_of(screening.issues, [&](screening::Issue const& issue) {
           return issue.lifted || issue.rule->level != screening::Level::Clearance ||
                  asked->second.contains(issue.rule->id);
         });
}

/// The clearance that ends first, of those by which the visit may be given; nullopt where none ends soon.
std::optional<Day> first_clearance_end(screening::Screening const& screening, Day today) {
  std::optional<Day> first;
  for (auto const& issue : screening.issues)
    if (issue.lifted && issue.lifted->by.kind == screening::Mitigation::Kind::Cleared &&
        issue.lifted->until <= today + std::chrono::days{clearance_days})
      first = std::min(first.value_or(issue.lifted->until), issue.lifted->until);
  return first;
}

Line ending_clearance(Value const& appointment, std::string const& patient, Day end) {
  auto const therapists = actors(appointment, "Practitioner");
  return {.code = "clearance",
          .priority = Priority::Routine,
          .focus = {"Appointment", std::string{appointment.text("id")}},
          .patient = patient,
          .owner = therapists.empty() ? "" : therapists.front().reference(),
          .description = fmt::format("The clearance ends on {}: ask for a new one for the visits after it.",
                                     written(end)),
          .due = end};
}

} // namespace

std::vector<Line> ending_licences(Material const& material) {
  std::vector<Line> lines;
  auto const today = material.today();
  for (auto const& practitioner : material.practitioners) {
    auto const* active = practitioner.find("active");
    auto const end = first_end(practitioner, material.zone);
    if ((active != nullptr && active->is_bool() && !active->boolean()) || !end ||
        *end > today + std::chrono::days{licence_days})
      continue;
    lines.push_back({.code = "licence-expiring",
                     .priority = *end < today                            ? Priority::Urgent
                                 : *end <= today + std::chrono::days{14} ? Priority::Asap
                                                                         : Priority::Routine,
                     .focus = {"Practitioner", std::string{practitioner.text("id")}},
                     .owner = reference_to(practitioner),
                     .description = fmt::format("The licence {} on {}: renew it, and enter the new date.",
                                                *end < today ? "ended" : "ends", written(*end)),
                     .due = end});
  }
  return lines;
}

std::vector<Line> needed_clearances(Material const& material, screening::Rules const& rules) {
  std::vector<Line> lines;
  std::set<std::string> listed; // the first appointment speaks for the others
  auto const today = material.today();
  for (auto const& appointment : material.coming) {
    auto const day = day_of(appointment.text("start"), material.zone, today);
    if (day > today + std::chrono::days{clearance_days})
      break;
    for (auto const& patient : actors(appointment, "Patient")) {
      auto const record = material.records.find(patient.id);
      if (record == material.records.end() || listed.contains(patient.id))
        continue;
      auto const screening = screening::screen(rules, record->second, day, &material.zone);
      auto const decision = screening.decision;
      if (decision == screening::Decision::Clearance && is_asked_for(material, patient.id, screening))
        continue; // what was asked for is a Task of its own
      if (decision == screening::Decision::Stop || decision == screening::Decision::Clearance)
        lines.push_back(clearance(appointment, patient.id, day, today, decision));
      else if (auto const end = first_clearance_end(screening, today))
        lines.push_back(ending_clearance(appointment, patient.id, *end));
      else
        continue;
      listed.insert(patient.id);
    }
  }
  return lines;
}

} // namespace tripsis::clinic::worklist
