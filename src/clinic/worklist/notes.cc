// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Visits that are over and have no signed note: appointments that were kept or of which nobody said that
// they were not, and visits without an appointment.
#include "clinic/worklist/worklist.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::clinic::worklist {
namespace {

using json::Value;

/// The longer it waits, the more it presses: after a day soon, after three days now (a convention).
Priority priority_of(std::chrono::hours waiting) {
  using namespace std::chrono_literals;
  return waiting >= 72h ? Priority::Urgent : waiting >= 24h ? Priority::Asap : Priority::Routine;
}

std::chrono::hours since(Material const& material, std::string_view end) {
  auto const moment = screening::parse_moment(end, &material.zone);
  return moment && moment->instant ? std::chrono::floor<std::chrono::hours>(material.now - *moment->instant)
                                   : std::chrono::hours{0};
}

bool is_over(Material const& material, Value const& appointment) {
  auto const moment = screening::parse_moment(appointment.text("end"), &material.zone);
  return moment && moment->instant && *moment->instant <= material.now;
}

/// The appointments of which a signed note was written.
std::set<std::string> noted_appointments(Material const& material) {
  std::set<std::string> noted;
  for (auto const& encounter : material.encounters)
    if (material.noted.contains(reference_to(encounter)))
      for (auto const& appointment : encounter.items("appointment"))
        if (auto const key = key_of(&appointment))
          noted.insert(key->reference());
  return noted;
}

std::string what_to_do(Material const& material, Value const& appointment) {
  auto const day = written(day_of(appointment.text("start"), material.zone, material.today()));
  if (appointment.text("status") == "booked")
    return fmt::format("No note of the visit on {}: write and sign it, or say that the visit was missed.",
                       day);
  return fmt::format("Write and sign the note of the visit on {}.", day);
}

std::string_view start_of(Value const& encounter) {
  auto const* start = encounter.at({"period", "start"});
  return start != nullptr && start->is_string() ? std::string_view{start->string()} : std::string_view{};
}

/// An encounter without an appointment that was given lately: the notes of older ones were not fetched.
bool needs_note(Material const& material, Value const& encounter) {
  constexpr std::array<std::string_view, 3> given{"in-progress", "finished", "onleave"};
  auto const first_day = material.today() - std::chrono::days{fulfilled_days_back};
  return encounter.items("appointment").empty() &&
         std::ranges::find(given, encounter.text("status")) != given.end() &&
         day_of(start_of(encounter), material.zone, Day{}) > first_day;
}

Line walk_in(Material const& material, Value const& encounter) {
  auto const began = start_of(encounter);
  auto const subject = key_of(encounter.find("subject"));
  auto const therapist = key_of(encounter.at({"participant", "individual"}));
  auto const day = day_of(began, material.zone, material.today());
  return {.code = "unsigned-note",
          .priority = priority_of(since(material, began)),
          .focus = {"Encounter", std::string{encounter.text("id")}},
          .patient = subject ? subject->id : "",
          .owner = therapist ? therapist->reference() : "",
          .description = fmt::format("Write and sign the note of the visit on {}.", written(day)),
          .due = day + std::chrono::days{1}};
}

} // namespace

std::vector<Line> unsigned_notes(Material const& material) {
  std::vector<Line> lines;
  auto const noted = noted_appointments(material);
  for (auto const& appointment : material.past) {
    auto const patients = actors(appointment, "Patient");
    if (patients.empty() || !is_over(material, appointment) || noted.contains(reference_to(appointment)))
      continue;
    auto const therapists = actors(appointment, "Practitioner");
    lines.push_back(
        {.code = "unsigned-note",
         .priority = priority_of(since(material, appointment.text("end"))),
         .focus = {"Appointment", std::string{appointment.text("id")}},
         .patient = patients.front().id,
         .owner = therapists.empty() ? "" : therapists.front().reference(),
         .description = what_to_do(material, appointment),
         .due = day_of(appointment.text("start"), material.zone, material.today()) + std::chrono::days{1}});
  }
  for (auto const& encounter : material.encounters)
    if (needs_note(material, encounter) && !material.noted.contains(reference_to(encounter)))
      lines.push_back(walk_in(material, encounter));
  return lines;
}

} // namespace tripsis::clinic::worklist
