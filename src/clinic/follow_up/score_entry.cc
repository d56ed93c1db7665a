// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A form that was filled in on paper: its score as it was entered, or made here of the numbers of its
// questions. Where both are there they must agree.
#include "clinic/canonical.hh"
#include "clinic/follow_up/answers.hh"
#include "clinic/follow_up/form.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/score.hh"
#include "clinic/screening/number.hh"
#include "fhir/date_time.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;
using outcome::Scale;
using outcome::Score;
using screening::Millionths;

/// What was entered, in tenths; nullopt where nothing was.
Result<std::optional<Score>> entered(Value const& response, std::string_view link_id, Value const* low,
                                     Value const* high) {
  auto const* written = number_answer(response, link_id);
  if (written == nullptr)
    return std::nullopt;
  auto const value = screening::parse_millionths(written);
  auto const least = screening::parse_millionths(low), most = screening::parse_millionths(high);
  if (!value || !least || !most || *value < *least || *value > *most)
    return fail(Fault::Value,
                fmt::format("The answer to {} must be from {} to {}.", link_id,
                            low != nullptr ? low->lexeme() : "", high != nullptr ? high->lexeme() : ""),
                "QuestionnaireResponse.item");
  constexpr Millionths tenth = screening::one / 10;
  return Score{static_cast<int>((*value + (*value < 0 ? -tenth : tenth) / 2) / tenth)};
}

Result<std::optional<Score>> entered(Value const& response, std::string_view link_id, int low, int high) {
  auto const least = Value::integer(low), most = Value::integer(high);
  return entered(response, link_id, &least, &most);
}

Value component(std::string_view instrument, std::string_view id, std::string_view name, Score score) {
  auto made = json::object({{"code", measure_code(fmt::format("{}-{}", instrument, id), name)}});
  set_quantity(made, score.text(), "points", "{score}");
  return made;
}

struct Found {
  std::optional<Score> score;
  std::vector<Value> components;
  bool is_counted = false; ///< Made of the numbers of the questions
};

/// The sub-scores as they were entered, else those of the numbers.
Result<> add_sub_scores(Found& found, Value const& response, std::string_view instrument,
                        std::vector<outcome::SubScore> counted) {
  for (auto& one : counted) {
    if (auto const given = TRY(entered(response, one.id, one.low, one.high))) {
      if (one.score && *one.score != *given)
        return refuse(
            fmt::format("{} that was entered and the numbers of its questions do not agree.", one.name));
      one.score = given;
    }
    if (one.score)
      found.components.push_back(component(instrument, one.id, one.name, *one.score));
  }
  if (!found.score)
    found.score = outcome::total(*outcome::find_scale(instrument), counted);
  return {};
}

Result<> add_midas(Found& found, Value const& response) {
  struct Beside {
    std::string_view id, name;
    int high;
  };
  for (auto const& [id, name, high] :
       {Beside{forms::midas_days, "Days with headache in three months",
               outcome::item_range(Scale::Midas, 0).high},
        Beside{forms::midas_intensity, "Average intensity of headache, 0 to 10", 10}})
    if (auto const value = TRY(entered(response, id, 0, high)))
      found.components.push_back(component("midas", id, name, *value));
  return {};
}

Result<Found> of_numbers(Value const& response, std::string const& instrument) {
  auto const scale = *outcome::find_scale(instrument);
  std::vector<std::optional<int>> answers;
  for (auto const& id : forms::scored_items(instrument))
    answers.push_back(integer_answer(response, id));
  Found found;
  auto sub_scores = outcome::sub_scores_of(scale);
  if (std::ranges::any_of(answers, [](auto const& one) { return one.has_value(); })) {
    found.is_counted = true;
    found.score = TRY(outcome::score(scale, answers));
    sub_scores = TRY(outcome::sub_scores(scale, answers));
  }
  TRY(add_sub_scores(found, response, instrument, std::move(sub_scores)));
  if (scale == Scale::Midas)
    TRY(add_midas(found, response));
  return found;
}

Result<Found> of_raw_sum(Value const& response, Value const& data) {
  auto const raw = integer_answer(response, "raw");
  return Found{.score = TRY(outcome::t_score(data, raw)), .components = {}, .is_counted = raw.has_value()};
}

std::string text_of(std::string const& instrument, Score score) {
  auto const scale = outcome::find_scale(instrument);
  return scale ? score.text(*scale) : fmt::format("{}.{}", score.tenths / 10, score.tenths % 10);
}

Result<> enter(Form& form, std::string const& instrument, Value const& data) {
  auto found = TRY(forms::has_t_table(instrument) ? of_raw_sum(form.response, data)
                                                  : of_numbers(form.response, instrument));
  auto const& range = data.items("range");
  auto const total = TRY(entered(form.response, "total", &range.at(0), &range.at(1)));
  if (total && found.is_counted && found.score && *found.score != *total)
    return refuse("The score that was entered and the numbers of its questions do not agree.");
  if (auto const scale = outcome::find_scale(instrument);
      total && scale && outcome::is_whole(*scale) && total->tenths % 10 != 0)
    return refuse("The score must be a whole number.");
  if (!total && !found.is_counted && found.components.empty())
    return refuse("Nothing was entered: enter the score, or the numbers of the questions.");
  if (total)
    found.score = total;
  auto score = score_observation(form, instrument);
  set_score(score, data, found.score, found.score ? text_of(instrument, *found.score) : "");
  for (auto& one : found.components)
    score.push("component", std::move(one));
  form.add("Observation", "score", std::move(score));
  return {};
}

} // namespace

Result<> take_date(Form& form) {
  auto const date = date_answer(form.response, "date");
  if (date.empty())
    return {};
  if (!fhir::DateTime::parse(date))
    return refuse("The answer to date must be a date.");
  if (date.substr(0, 10) > form.on.substr(0, 10))
    return refuse("The answer to date must not be later than the day on which it is entered.");
  form.on = date;
  return {};
}

Result<> score_entry(Form& form) {
  TRY(take_date(form));
  auto const instrument = instrument_of(form);
  auto const* data = forms::find_data(form.context.knowledge, instrument);
  return data == nullptr ? Result<>{} : enter(form, instrument, *data);
}

} // namespace tripsis::clinic::follow_up
