// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The journal, the diaries of headache and painkillers, flare-ups, how somebody feels, and the questions
// before a visit become Observations. Only the average of the last seven days
// is the pain rating that progress is measured by; the journal's worst pain of a day is a measure of its
// own.
#include "clinic/canonical.hh"
#include "clinic/daily_measures.hh"
#include "clinic/follow_up/answers.hh"
#include "clinic/follow_up/form.hh"

#include <array>

#include <fmt/format.h>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

/// Of these forms each answer from 0 to 10 is a measure of its own.
struct Rating {
  std::string_view link_id, code;
};
constexpr std::array ratings{Rating{"pain", "pain-worst"},
                             Rating{"sleep", "sleep-quality"},
                             Rating{"stress", "stress"},
                             Rating{"stiffness", "stiffness"},
                             Rating{"fatigue", "fatigue"},
                             Rating{"energy", "energy"},
                             Rating{"mood", "mood"},
                             Rating{"soreness", "soreness"},
                             Rating{"headache-intensity", "headache-intensity"}};

bool is_rating(std::optional<int> value) {
  constexpr int highest = 10;
  return value && *value >= 0 && *value <= highest;
}

Result<> refuse_rating(std::string_view link_id) {
  return fail(Fault::Value, "The answer to " + std::string{link_id} + " must be from 0 to 10.",
              "QuestionnaireResponse.item");
}

Result<> add_ratings(Form& form) {
  for (auto const& [link_id, code] : ratings)
    TRY(add_rating(form, link_id, code, daily_code(code)));
  return {};
}

void add_taken(Form& form, std::string_view code, bool taken, std::string const& what) {
  auto made = observation(form, daily_code(code));
  made.set("valueBoolean", Value{taken});
  if (!what.empty())
    made.push("note", json::object({{"text", what}}));
  form.add("Observation", code, std::move(made));
}

/// Painkillers of the day: in words, or a row for each. An opioid is told apart.
void add_medicines(Form& form) {
  auto const took = boolean_answer(form.response, "medicines");
  if (!took)
    return;
  std::string what;
  auto is_opioid = code_answer(form.response, "medicine-kind") == "opioid";
  auto const rows = items_of(form.response, "medicine");
  for (auto const* row : rows) {
    auto text = text_answer(*row, "medicine-text");
    if (auto const* dose = number_answer(*row, "medicine-dose"))
      text += fmt::format("{}{} mg", text.empty() ? "" : " ", dose->lexeme());
    what += (what.empty() || text.empty() ? "" : "; ") + text;
    is_opioid = is_opioid || code_answer(*row, "medicine-kind") == "opioid";
  }
  add_taken(form, "analgesic-taken", *took,
            rows.empty() ? text_answer(form.response, "medicine-text") : what);
  if (*took && is_opioid)
    add_taken(form, "opioid-taken", true, "");
}

/// What went before, or where it was: a component for each answer.
void add_choices(Value& made, Form const& form, std::string_view link_id, std::string_view words) {
  for (auto const& answer : answers_of(form.response, link_id))
    if (auto const* coding = answer.find("valueCoding"))
      made.push("component", json::object({{"code", measure_code(link_id, words)},
                                           {"valueCodeableConcept",
                                            json::object({{"coding", json::array({*coding})}})}}));
}

Result<> add_hours(Value& made, Form const& form, std::string_view link_id) {
  auto const* daily = find_daily_measure(link_id);
  auto const* written = number_answer(form.response, link_id);
  if (daily == nullptr || written == nullptr)
    return {};
  auto const hours = decimal_answer(form.response, link_id);
  if (!hours || *hours < 0 || *hours > daily->high)
    return refuse(fmt::format("The answer to {} must be from 0 to {}.", link_id, daily->high));
  auto part = json::object({{"code", daily_code(link_id)}});
  set_quantity(part, written->lexeme(), daily->unit, daily->ucum);
  made.push("component", std::move(part));
  return {};
}

void add_note(Value& made, std::string const& text) {
  if (!text.empty())
    made.push("note", json::object({{"text", text}}));
}

Result<> journal(Form& form) {
  TRY(add_ratings(form));
  add_medicines(form);
  return {};
}

/// https://ichd-3.org is not quoted here: a day counts as one of migraine where the patient says aura, or
/// sickness with light and sound.
Result<> headache(Form& form) {
  auto const had = boolean_answer(form.response, "headache");
  if (!had)
    return refuse("The answer to headache is missing: yes or no.");
  auto made = observation(form, daily_code("headache-day"));
  made.set("valueBoolean", Value{*had});
  if (*had) {
    TRY(add_hours(made, form, "headache-hours"));
    add_choices(made, form, "headache-trigger", "What may have set it off");
    add_note(made, text_answer(form.response, "trigger-note"));
    TRY(add_ratings(form));
    add_taken(form, "migraine-day",
              boolean_answer(form.response, "headache-aura").value_or(false) ||
                  boolean_answer(form.response, "headache-features").value_or(false),
              "");
  }
  form.add("Observation", "headache-day", std::move(made));
  add_medicines(form);
  return {};
}

Result<> flare_up(Form& form) {
  auto const severity = integer_answer(form.response, "flare-up");
  if (!is_rating(severity))
    return refuse_rating("flare-up");
  auto made = observation(form, daily_code("flare-up"));
  made.set("valueInteger", Value::integer(*severity));
  TRY(add_hours(made, form, "flare-up-hours"));
  add_choices(made, form, "flare-up-where", "Where it was");
  add_choices(made, form, "flare-up-before", "What was before it");
  add_note(made, text_answer(form.response, "flare-up-text"));
  form.add("Observation", "flare-up", std::move(made));
  return {};
}

std::string_view form_of(Form const& form) {
  auto const url = form.response.text("questionnaire");
  auto const name = url.substr(url.rfind('/') + 1);
  return name.substr(0, name.find('|'));
}

} // namespace

Result<> add_rating(Form& form, std::string_view link_id, std::string_view part, Value code) {
  auto const value = integer_answer(form.response, link_id);
  if (!value)
    return {};
  if (!is_rating(value))
    return refuse_rating(link_id);
  auto rating = observation(form, std::move(code));
  rating.set("valueInteger", Value::integer(*value));
  form.add("Observation", part, std::move(rating));
  return {};
}

Value daily_code(std::string_view code) {
  auto const* known = find_daily_measure(code);
  return measure_code(code, known == nullptr ? code : known->display);
}

Result<> diary(Form& form) {
  auto const name = form_of(form);
  if (name == "pre-visit")
    return add_rating(
        form, "pain", "pain",
        json::object(
            {{"coding", json::array({json::object({{"system", systems::loinc}, {"code", nprs_loinc}})})},
             {"text", "Average pain over the last 7 days, 0 to 10"}}));
  TRY(take_date(form));
  return name == "headache-diary" ? headache(form) : name == "flare-up" ? flare_up(form) : journal(form);
}

} // namespace tripsis::clinic::follow_up
