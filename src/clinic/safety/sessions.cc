// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/safety/sessions.hh"

#include "clinic/canonical.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <map>

namespace tripsis::clinic::safety {
namespace {

using json::Value;

std::optional<Instant> instant_of(Value const* text, TimeZone const& zone) {
  if (text == nullptr || !text->is_string())
    return std::nullopt;
  auto const moment = fhir::DateTime::parse(text->string());
  return moment ? std::optional{moment->range(zone).low} : std::nullopt;
}

/// Its end; its start where no end is written.
std::optional<Instant> end_of(Value const& encounter, TimeZone const& zone) {
  auto const end = instant_of(encounter.at({"period", "end"}), zone);
  return end ? end : instant_of(encounter.at({"period", "start"}), zone);
}

std::string_view reference_in(Value const* element) {
  return element == nullptr ? std::string_view{} : element->text("reference");
}

/// "Encounter/x" of each signed note of a session that was given → its author. A note is not older than
/// what it tells of.
Result<std::map<std::string, std::string>> authors_of_notes(Find const& find, std::string const& patient,
                                                            InstantRange span) {
  Parameters parameters{{"type", std::string{canonical::note} + "|session"},
                        {"status", "final,amended"},
                        {"date", "ge" + fhir::format_instant(span.low - std::chrono::days{1})}};
  if (!patient.empty())
    parameters.emplace_back("patient", patient);
  std::map<std::string, std::string> authors;
  for (auto const& note : TRY(find("Composition", parameters)))
    if (auto const encounter = key_of(note.find("encounter"))) {
      auto const& names = note.items("author");
      authors.emplace(encounter->reference(), names.empty() ? "" : reference_in(&names.front()));
    }
  return authors;
}

} // namespace

std::string after_visit_url() {
  return std::string{canonical::base} + "Questionnaire/" + std::string{after_visit_form};
}

Result<std::vector<GivenSession>> given_sessions(Find const& find, std::string const& patient,
                                                 InstantRange span, TimeZone const& zone) {
  Parameters parameters{{"status", "finished"},
                        {"date", "ge" + fhir::format_instant(span.low)},
                        {"date", "lt" + fhir::format_instant(span.high)}};
  if (!patient.empty())
    parameters.emplace_back("patient", patient);
  auto const authors = TRY(authors_of_notes(find, patient, span));
  std::vector<GivenSession> sessions;
  for (auto const& encounter : TRY(find("Encounter", parameters))) {
    auto const note = authors.find(reference_to(encounter));
    auto const subject = key_of(encounter.find("subject"));
    auto const end = end_of(encounter, zone);
    if (note != authors.end() && subject && subject->type == "Patient" && end && span.contains(*end))
      sessions.push_back({subject->reference(), note->first, note->second, *end});
  }
  std::ranges::stable_sort(sessions, {}, &GivenSession::end);
  return sessions;
}

GivenSession const* session_before(std::span<GivenSession const> sessions, std::string_view patient,
                                   Instant at) noexcept {
  GivenSession const* last = nullptr;
  for (auto const& session : sessions)
    if (session.patient == patient && session.end <= at && at < session.end + answer_counts &&
        (last == nullptr || last->end <= session.end))
      last = &session;
  return last;
}

std::optional<Instant> answered_at(Value const& response, TimeZone const& zone) {
  return instant_of(response.find("authored"), zone);
}

Result<std::optional<GivenSession>> session_to_ask_about(Find const& find, std::string const& patient,
                                                         Instant now, TimeZone const& zone) {
  auto const sessions =
      TRY(given_sessions(find, patient, {now - asked_until, now + std::chrono::milliseconds{1}}, zone));
  if (sessions.empty() || sessions.back().end > now - asked_from)
    return std::nullopt;
  for (auto const& response : TRY(find(
           "QuestionnaireResponse",
           {{"patient", patient}, {"questionnaire", after_visit_url()}, {"status", "completed,amended"}})))
    if (auto const at = answered_at(response, zone); at && *at >= sessions.back().end)
      return std::nullopt;
  return sessions.back();
}

} // namespace tripsis::clinic::safety
