// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// An instrument's answers, or the score that is entered of it, become an Observation. An answer to the
// PHQ-9's last item above 0 also becomes a task that cannot be passed over: never only a score.
#include "clinic/canonical.hh"
#include "clinic/follow_up/answers.hh"
#include "clinic/follow_up/form.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/score.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

/// LOINC's LA codes of "not at all" … "nearly every day" (https://loinc.org/LL358-3).
std::optional<int> frequency_of(std::string_view code) {
  constexpr std::array<std::string_view, 4> codes{"LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"};
  auto const* found = std::ranges::find(codes, code);
  return found == codes.end() ? std::nullopt : std::optional{static_cast<int>(found - codes.begin())};
}

std::optional<int> scored_answer(Value const& holder, std::string_view link_id) {
  if (auto const number = integer_answer(holder, link_id))
    return number;
  if (auto const ticked = boolean_answer(holder, link_id))
    return *ticked ? 1 : 0;
  return frequency_of(code_answer(holder, link_id));
}

using Answers = std::vector<std::optional<int>>;

Answers answers_of_scale(Value const& response, std::string_view instrument) {
  Answers answers;
  if (instrument == "psfs") {
    for (auto const* activity : items_of(response, "activity"))
      answers.push_back(integer_answer(*activity, "activity-score"));
    return answers;
  }
  for (auto const& id : forms::scored_items(instrument))
    answers.push_back(scored_answer(response, id));
  return answers;
}

/// One component an activity, so that the same ones can be asked again.
void add_activities(Value const& response, Value& score) {
  std::size_t place = 0;
  for (auto const* activity : items_of(response, "activity")) {
    ++place;
    auto const name = text_answer(*activity, "activity-name");
    if (auto const rated = integer_answer(*activity, "activity-score"))
      score.push(
          "component",
          json::object(
              {{"code", json::object({{"text", name.empty() ? fmt::format("Activity {}", place) : name}})},
               {"valueInteger", Value::integer(*rated)}}));
  }
}

Value score_code(Knowledge const& knowledge, std::string_view id) {
  auto const known = std::ranges::find(knowledge.instruments, id, &Instrument::id);
  auto const is_known = known != knowledge.instruments.end();
  auto code = measure_code(fmt::format("{}-score", id), is_known ? known->name : std::string{id});
  if (is_known && !known->loinc.empty() && known->loinc != "unknown")
    code.push("coding", json::object({{"system", systems::loinc}, {"code", known->loinc}}));
  return code;
}

void add_crisis(Form& form) {
  auto const about = [&](std::string_view system) {
    return json::object(
        {{"coding", json::array({json::object(
                        {{"system", std::string{canonical::base} + "CodeSystem/" + std::string{system}},
                         {"code", "crisis"},
                         {"display", "Thoughts of self-harm"}})})},
         {"text", "Thoughts of self-harm"}});
  };
  form.add("Task", "crisis",
           json::object({{"status", "requested"},
                         {"intent", "order"},
                         {"priority", "stat"},
                         {"code", about("task")},
                         {"description",
                          "The last question of the PHQ-9 was answered above 0. Follow the clinic's crisis "
                          "procedure now: speak with the patient, and reach the physician today."},
                         {"focus", form.source()},
                         {"for", form.subject()},
                         {"authoredOn", form.on}}));
  form.add(
      "Flag", "crisis",
      json::object({{"status", "active"},
                    {"category",
                     json::array({json::object(
                         {{"coding", json::array({json::object(
                                         {{"system", "http://terminology.hl7.org/CodeSystem/flag-category"},
                                          {"code", "safety"}})})}})})},
                    {"code", about("flag")},
                    {"subject", form.subject()},
                    {"period", json::object({{"start", form.on}})}}));
}

/// The goal's own words, so that the same one can be rated again.
void add_goal(Value const& response, Value& score) {
  auto const words = text_answer(response, "goal-text");
  auto const rated = integer_answer(response, "goal-1");
  if (words.empty() || !rated)
    return;
  score.push("component", json::object({{"code", json::object({{"text", words}})},
                                        {"valueInteger", Value::integer(*rated)}}));
}

/// What is to be done about a score, where the instrument says it: it stands with the score.
void add_advice(std::string_view instrument, Value const& data, outcome::Score score,
                Answers const& answers, Value& observation) {
  constexpr int high_anxiety = 100, low_comfort = 6; // tenths; an answer
  if (instrument == "gad7" && score.tenths >= high_anxiety)
    observation.push("note", json::object({{"text", data.items("alerts").front()}}));
  if (instrument == "comfort_alliance" &&
      std::ranges::any_of(answers, [](auto const& one) { return one && *one <= low_comfort; }))
    observation.push("note", json::object({{"text", "An answer is 6 or less: talk about it."}}));
}

} // namespace

Result<> refuse(std::string_view what) {
  return fail(Fault::Value, std::string{what}, "QuestionnaireResponse.item");
}

std::string instrument_of(Form const& form) {
  auto url = form.response.text("questionnaire");
  url = url.substr(url.rfind('/') + 1);
  return forms::instrument_id(url.substr(0, url.find('|')));
}

Value score_observation(Form const& form, std::string_view instrument) {
  return observation(form, score_code(form.context.knowledge, instrument));
}

void set_quantity(Value& holder, std::string_view value, std::string_view unit, std::string_view ucum) {
  holder.set("valueQuantity", json::object({{"value", Value{json::Number{std::string{value}}}},
                                            {"unit", unit},
                                            {"system", "http://unitsofmeasure.org"},
                                            {"code", ucum}}));
}

void set_score(Value& observation, Value const& instrument, std::optional<outcome::Score> score,
               std::string_view text) {
  if (score) {
    set_quantity(observation, text, "points", "{score}");
    if (auto const band = outcome::band_of(instrument, *score); !band.empty())
      observation.push("interpretation", json::object({{"text", band}}));
    return;
  }
  observation.set(
      "dataAbsentReason",
      json::object({{"coding", json::array({json::object(
                                   {{"system", "http://terminology.hl7.org/CodeSystem/data-absent-reason"},
                                    {"code", "unknown"}})})},
                    {"text", "Too few questions were answered for a score."}}));
}

Result<> instrument(Form& form) {
  auto const name = instrument_of(form);
  auto const scale = *outcome::find_scale(name);
  if (auto const item9 = name == "phq9" ? scored_answer(form.response, forms::phq9_item9) : std::nullopt;
      item9 && *item9 > 0)
    add_crisis(form);
  auto const answers = answers_of_scale(form.response, name);
  if (answers.empty())
    return {};
  auto const scored = outcome::score(scale, answers);
  if (!scored)
    return fail(scored.error().fault, scored.error().what, "QuestionnaireResponse.item");
  auto score = score_observation(form, name);
  static Value const none;
  auto const* data = forms::find_data(form.context.knowledge, name);
  set_score(score, data == nullptr ? none : *data, *scored, *scored ? (*scored)->text(scale) : "");
  if (name == "goal")
    add_goal(form.response, score);
  if (*scored && data != nullptr)
    add_advice(name, *data, **scored, answers, score);
  add_activities(form.response, score);
  form.add("Observation", "score", std::move(score));
  return {};
}

} // namespace tripsis::clinic::follow_up
