// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a patient tells of a day or two after a visit: each thing that was not wanted becomes an
// AdverseEvent of that session; what somebody must look at also becomes a task. Both stay as they are
// when the answers are sent again: people work with them from then on.
#include "clinic/canonical.hh"
#include "clinic/follow_up/answers.hh"
#include "clinic/follow_up/form.hh"
#include "clinic/safety/adverse_event.hh"
#include "clinic/safety/sessions.hh"
#include "clinic/worklist/worklist.hh"
#include "fhir/date_time.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::clinic::follow_up {
namespace {

using json::array;
using json::object;
using json::Value;
using safety::GivenSession;

constexpr int worse_points = 2; ///< The difference of the pain rating from which on somebody looks at it
constexpr std::chrono::hours long_soreness{48};
/// Whoever tells one of these is called, however long it lasted.
constexpr std::array<std::string_view, 4> serious_kinds{"numbness-or-weakness", "breathing", "fall",
                                                        "skin-reaction"};
constexpr std::array<std::string_view, 2> urgent_kinds{"numbness-or-weakness", "breathing"};
/// After these the pressure is lowered; after the second time in a row the course is reviewed.
constexpr std::array<std::string_view, 2> dose_kinds{"soreness-over-48h", "more-pain"};

/// The session that was answered about, and the one before it.
struct Sessions {
  std::optional<GivenSession> last, before;
};

struct Told {
  std::vector<std::string> kinds; ///< Codes of adverse events, each once
  std::string care, lasted, words;
  std::optional<int> worse_by; ///< Points of pain above those before the session
  bool is_long = false;

  bool has(std::string_view kind) const { return std::ranges::find(kinds, kind) != kinds.end(); }
  void add(std::string_view kind) {
    if (!kind.empty() && !has(kind))
      kinds.emplace_back(kind);
  }
  bool needed_a_doctor() const { return care == "asked-doctor" || care == "in-hospital"; }
};

std::string_view name_of(std::string_view kind) {
  auto const* known = std::ranges::find(safety::adverse_event_codes, kind, &NamedCode::code);
  return known == safety::adverse_event_codes.end() ? kind : known->display;
}

Result<Sessions> find_sessions(Form const& form, Instant at) {
  constexpr std::chrono::days look_back{60};
  auto const all =
      TRY(safety::given_sessions(form.context.find, form.patient,
                                 {at - look_back, at + std::chrono::milliseconds{1}}, form.context.zone));
  Sessions found;
  if (auto const* last = safety::session_before(all, form.patient, at)) {
    found.last = *last;
    if (last != all.data())
      found.before = *std::prev(last);
  }
  return found;
}

/// The rating before the session, or else after it.
Result<std::optional<int>> pain_of(Form const& form, std::string const& encounter) {
  std::optional<int> pain;
  for (auto const& rating : TRY(form.context.find(
           "Observation",
           {{"encounter", encounter}, {"code", fmt::format("{}|{}", systems::loinc, nprs_loinc)}}))) {
    auto const* value = rating.find("valueInteger");
    auto const is_before = code_in(rating.find("code"), canonical::measure) == "nprs-before";
    if (value != nullptr && (is_before || !pain))
      pain = std::stoi(std::string{value->lexeme()});
    if (value != nullptr && is_before)
      break;
  }
  return pain;
}

Result<Told> read_told(Form const& form, Sessions const& sessions, Instant at) {
  Told told{.kinds = {},
            .care = code_answer(form.response, "after-care"),
            .lasted = code_answer(form.response, "after-lasted"),
            .words = text_answer(form.response, "after-words"),
            .worse_by = std::nullopt};
  auto const soreness = code_answer(form.response, "after-soreness");
  if (soreness == "sore-long" ||
      (soreness == "sore-still" && sessions.last && at - sessions.last->end >= long_soreness))
    told.add("soreness-over-48h");
  for (auto const& answer : answers_of(form.response, "after-effect"))
    if (auto const* coding = answer.find("valueCoding");
        coding != nullptr && coding->text("system") == canonical::adverse_event &&
        std::ranges::find(safety::adverse_event_codes, coding->text("code"), &NamedCode::code) !=
            safety::adverse_event_codes.end())
      told.add(coding->text("code"));
  if (told.kinds.empty() && boolean_answer(form.response, "after-unwanted").value_or(false))
    told.add("other");
  auto const pain = integer_answer(form.response, "after-pain");
  if (pain && (*pain < 0 || *pain > 10))
    return fail(Fault::Value, "The answer to after-pain must be from 0 to 10.",
                "QuestionnaireResponse.item");
  if (pain && sessions.last)
    if (auto const before = TRY(pain_of(form, sessions.last->encounter)))
      told.worse_by = *pain - *before;
  if (told.worse_by && *told.worse_by >= worse_points)
    told.add("more-pain");
  told.is_long =
      told.has("soreness-over-48h") || told.lasted == "lasted-long" ||
      (told.lasted == "lasts-still" && sessions.last && at - sessions.last->end >= long_soreness);
  return told;
}

bool needs_somebody(Told const& told) {
  return told.is_long || told.needed_a_doctor() || (told.worse_by && *told.worse_by >= worse_points) ||
         std::ranges::any_of(serious_kinds, [&](std::string_view kind) { return told.has(kind); });
}

Value hl7_concept(std::string_view system, std::string_view code) {
  return object(
      {{"coding", array({object({{"system", "http://terminology.hl7.org/CodeSystem/" + std::string{system}},
                                 {"code", code}})})}});
}

std::string_view outcome_of(Told const& told, std::string_view kind) {
  if (told.lasted == "lasts-still")
    return "ongoing";
  return told.lasted.empty() || kind == "soreness-over-48h" ? "unknown" : "resolved";
}

Value event_of(Form const& form, Told const& told, std::string_view kind, Sessions const& sessions) {
  auto event = object({{"actuality", "actual"},
                       {"event", object({{"coding", array({object({{"system", canonical::adverse_event},
                                                                   {"code", kind},
                                                                   {"display", name_of(kind)}})})},
                                         {"text", name_of(kind)}})},
                       {"subject", form.subject()}});
  if (sessions.last) {
    event.set("encounter", object({{"reference", sessions.last->encounter}}));
    event.set("date", fhir::format_instant(sessions.last->end, form.context.zone).substr(0, 10));
  }
  event.set("recordedDate", form.on).set("recorder", form.subject());
  event.set("seriousness",
            hl7_concept("adverse-event-seriousness", told.needed_a_doctor() ? "Serious" : "Non-serious"));
  event.set("outcome", hl7_concept("adverse-event-outcome", outcome_of(told, kind)));
  if (!told.words.empty())
    event["event"].set("text", fmt::format("{}: {}", name_of(kind), told.words));
  return event;
}

/// Whether the session before this one was followed by soreness or pain as well.
Result<bool> is_second_in_a_row(Form const& form, Told const& told, Sessions const& sessions) {
  auto const concerns = [&](auto const& has) { return std::ranges::any_of(dose_kinds, has); };
  if (!sessions.before || !concerns([&](std::string_view kind) { return told.has(kind); }))
    return false;
  for (auto const& event : TRY(form.context.find("AdverseEvent", {{"subject", form.patient}})))
    if (auto const encounter = key_of(event.find("encounter"));
        encounter && encounter->reference() == sessions.before->encounter &&
        concerns([&](std::string_view kind) {
          return code_in(event.find("event"), canonical::adverse_event) == kind;
        }))
      return true;
  return false;
}

std::string what_to_do(Form const& form, Told const& told, Sessions const& sessions, bool is_second) {
  std::vector<std::string> said;
  for (auto const& kind : told.kinds)
    said.emplace_back(kind == "more-pain" && told.worse_by
                          ? fmt::format("{} by {} points", name_of(kind), *told.worse_by)
                          : name_of(kind));
  auto text = sessions.last ? fmt::format("After the visit on {}: {}",
                                          worklist::written(std::chrono::sys_days{
                                              form.context.zone.date(sessions.last->end)}),
                                          fmt::join(said, "; "))
                            : fmt::format("After a visit: {}", fmt::join(said, "; "));
  if (told.is_long && !told.has("soreness-over-48h"))
    text += ", for more than 48 hours";
  text += told.needed_a_doctor() ? ". A doctor or hospital was needed" : "";
  text += ". Call the patient.";
  if (is_second)
    text += " It is the second time in a row.";
  if (auto const& rule = form.context.knowledge.care.adverse_rule; !rule.empty())
    text += fmt::format(" Rule of every course (unverified): {}", rule);
  return text;
}

Value task_of(Form const& form, Told const& told, Sessions const& sessions, std::string description) {
  auto const is_urgent =
      told.needed_a_doctor() ||
      std::ranges::any_of(urgent_kinds, [&](std::string_view kind) { return told.has(kind); });
  auto const first = fmt::format("AdverseEvent/{}-{}", form.id, told.kinds.front());
  auto task =
      object({{"status", "requested"},
              {"intent", "order"},
              {"priority", is_urgent ? "urgent" : "asap"},
              {"code", object({{"coding", array({object({{"system", canonical::task},
                                                         {"code", "after-effect"},
                                                         {"display", "After-effect to look at"}})})}})},
              {"description", std::move(description)},
              {"focus", object({{"reference", first}})},
              {"for", form.subject()},
              {"authoredOn", form.on}});
  if (sessions.last && !sessions.last->therapist.empty())
    task.set("owner", object({{"reference", sessions.last->therapist}}));
  task.set("reasonReference", form.source());
  return task;
}

} // namespace

Result<> after_visit(Form& form) {
  auto const at = safety::answered_at(form.response, form.context.zone);
  auto const moment = at ? *at : fhir::DateTime::parse(form.on)->range(form.context.zone).low;
  auto const sessions = TRY(find_sessions(form, moment));
  auto told = TRY(read_told(form, sessions, moment));
  if (needs_somebody(told) && told.kinds.empty())
    told.add("other"); // only how long it lasted was answered
  auto const is_there = [&](std::string_view type, std::string_view part) -> Result<bool> {
    return !TRY(form.context.find(type, {{"_id", fmt::format("{}-{}", form.id, part)}})).empty();
  };
  for (auto const& kind : told.kinds)
    if (!TRY(is_there("AdverseEvent", kind)))
      form.add("AdverseEvent", kind, event_of(form, told, kind, sessions));
  if (needs_somebody(told) && !TRY(is_there("Task", "after-effect")))
    form.add("Task", "after-effect",
             task_of(form, told, sessions,
                     what_to_do(form, told, sessions, TRY(is_second_in_a_row(form, told, sessions)))));
  return {};
}

} // namespace tripsis::clinic::follow_up
