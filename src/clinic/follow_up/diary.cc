// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The journal and the questions before a visit become Observations. Only the average of the last seven days
// is the pain rating that progress is measured by; the journal's worst pain of a day is a measure of its
// own.
#include "clinic/canonical.hh"
#include "clinic/follow_up/answers.hh"
#include "clinic/follow_up/form.hh"

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

struct Rating {
  std::string_view link_id, code, text;
};
constexpr std::array journal_ratings{Rating{"pain", "pain-worst", "Worst pain of the day, 0 to 10"},
                                     Rating{"sleep", "sleep-quality", "Quality of sleep, 0 to 10"},
                                     Rating{"stress", "stress", "Tension, 0 to 10"}};

bool is_rating(std::optional<int> value) {
  constexpr int highest = 10;
  return value && *value >= 0 && *value <= highest;
}

Result<> refuse_rating(std::string_view link_id) {
  return fail(Fault::Value, "The answer to " + std::string{link_id} + " must be from 0 to 10.",
              "QuestionnaireResponse.item");
}

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

Result<> journal(Form& form) {
  for (auto const& [link_id, code, text] : journal_ratings)
    TRY(add_rating(form, link_id, code, measure_code(code, text)));
  if (auto const took = boolean_answer(form.response, "medicines")) {
    auto taken = observation(form, measure_code("analgesic-taken", "Took something for the pain"));
    taken.set("valueBoolean", Value{*took});
    if (auto const what = text_answer(form.response, "medicine-text"); !what.empty())
      taken.push("note", json::object({{"text", what}}));
    form.add("Observation", "analgesic-taken", std::move(taken));
  }
  return {};
}

} // namespace

Result<> diary(Form& form) {
  if (form.response.text("questionnaire").contains("Questionnaire/journal"))
    return journal(form);
  return add_rating(
      form, "pain", "pain",
      json::object(
          {{"coding", json::array({json::object({{"system", systems::loinc}, {"code", nprs_loinc}})})},
           {"text", "Average pain over the last 7 days, 0 to 10"}}));
}

} // namespace tripsis::clinic::follow_up
