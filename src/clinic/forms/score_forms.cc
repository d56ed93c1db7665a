// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Instruments whose wording may not be shown: the patient fills in the published form on paper, and staff
// enter its score, or the numbers of its questions one by one, from which the program makes the score. No
// word of the form stands here.
#include "clinic/forms/item.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/score.hh"

#include <fmt/format.h>

namespace tripsis::clinic::forms {
namespace {

using json::Value;
using outcome::Scale;

/// What the published form calls its parts is not told either: "Question 3".
std::string_view part_name(Scale scale) {
  return scale == Scale::Psqi ? "Component" : scale == Scale::Vss ? "Part" : "Question";
}

/// The score itself, with the range that the data give.
Value total_item(Value const& data, std::string_view text) {
  auto const& range = data.items("range");
  auto const scale = outcome::find_scale(data.text("id"));
  auto const whole = scale && outcome::is_whole(*scale);
  return number("total", fmt::format("{}, {} to {}", text, range[0].lexeme(), range[1].lexeme()),
                whole ? "integer" : "decimal", range[0].lexeme(), range[1].lexeme());
}

/// Asked only while the score itself is not entered.
void unless_total(Value& group) {
  group.push(
      "enableWhen",
      json::object({{"question", "total"}, {"operator", "exists"}, {"answerBoolean", Value{false}}}));
}

Value numbers_group(Scale scale, std::string_view instrument) {
  auto group = item("answers", "Or the numbers of the form, one by one", "group");
  unless_total(group);
  auto const ids = scored_items(instrument);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    auto const [low, high] = outcome::item_range(scale, i);
    group.push("item", number(ids[i], fmt::format("{} {}, {} to {}", part_name(scale), i + 1, low, high),
                              low, high));
  }
  return group;
}

void add_numbers(Value& form, Value const& data, Scale scale) {
  auto const instrument = data.text("id");
  if (scale != Scale::Koos) // its sub-scores stand each for itself
    form.push("item", total_item(data, "Score"));
  for (auto const& part : outcome::sub_scores_of(scale)) {
    auto one = number(part.id, fmt::format("{}, {} to {}", part.name, part.low, part.high), "decimal",
                      std::to_string(part.low), std::to_string(part.high));
    form.push("item", std::move(one));
  }
  if (scale == Scale::Midas) {
    form.push("item", number(midas_days, "Days with headache in the three months (not in the score)", 0,
                             outcome::item_range(scale, 0).high));
    form.push("item", number(midas_intensity, "How bad they were on average (not in the score)", 0, 10));
  }
  auto group = numbers_group(scale, instrument);
  if (scale == Scale::Koos)
    group.erase("enableWhen");
  form.push("item", std::move(group));
}

void add_t_score(Value& form, Value const& data) {
  auto const& table = data.find("t_table")->object();
  form.push("item", total_item(data, "T score"));
  auto raw = number(
      "raw", fmt::format("Or the raw sum of all answers, {} to {}", table.front().name, table.back().name),
      "integer", table.front().name, table.back().name);
  unless_total(raw);
  form.push("item", std::move(raw));
}

Value form_of(Knowledge const& knowledge, Value const& data) {
  constexpr int minutes = 2;
  auto const instrument = data.text("id");
  auto form = start_instrument_form(knowledge, data, "staff", minutes);
  form.set("description", fmt::format("Enter the score of the form that was filled in on paper. {}.",
                                      data.text("scoring")));
  auto date = item("date", "Filled in on", "date");
  date.set("required", Value{true});
  form.push("item", std::move(date));
  if (has_t_table(instrument))
    add_t_score(form, data);
  else
    add_numbers(form, data, *outcome::find_scale(instrument));
  return form;
}

} // namespace

std::vector<Value> score_forms(Knowledge const& knowledge) {
  std::vector<Value> all;
  for (auto const& data : knowledge.instrument_data)
    if (entry_of(data.text("id")) == Entry::Score)
      all.push_back(form_of(knowledge, data));
  return all;
}

} // namespace tripsis::clinic::forms
