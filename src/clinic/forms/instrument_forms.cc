// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The instruments whose questions may be shown. Their wording is the data's (knowledge/instruments.yaml),
// which gives it only where the licence lets it be shown; how the answers are given is each instrument's
// own.
#include "clinic/canonical.hh"
#include "clinic/definition.hh"
#include "clinic/forms/item.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/score.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::clinic::forms {
namespace {

using json::Value;

enum class Kind : unsigned char { Scale, Activities, Ticks, Frequency };

struct Shape {
  std::string_view id;
  Kind kind;
  int low, high, minutes;
  std::string_view score; ///< FHIRPath; empty where the answer is the score
};

constexpr std::string_view sum_of_answers = "%resource.item.answer.value.ordinal().sum()";
constexpr std::array shapes{
    Shape{"nprs", Kind::Scale, 0, 10, 1, ""},
    Shape{"vas", Kind::Scale, 0, 100, 1, ""},
    Shape{"peg", Kind::Scale, 0, 10, 1,
          "iif(%resource.item.where(linkId.startsWith('peg-')).answer.count() = 3, "
          "(%resource.item.where(linkId.startsWith('peg-')).answer.value.sum() / 3).round(1))"},
    Shape{"psfs", Kind::Activities, 0, 10, 3, ""},
    Shape{"rmdq", Kind::Ticks, 0, 1, 4, "%resource.item.where(answer.value = true).count()"},
    Shape{"gad7", Kind::Frequency, 0, 3, 2, sum_of_answers},
    Shape{"phq9", Kind::Frequency, 0, 3, 3, sum_of_answers},
    Shape{"groc", Kind::Scale, -7, 7, 1, ""},
    Shape{"pgic", Kind::Scale, 1, 7, 1, ""},
    Shape{"comfort_alliance", Kind::Scale, 0, 10, 1,
          "iif(%resource.item.where(linkId.startsWith('comfort-alliance-')).answer.count() = 5, "
          "%resource.item.where(linkId.startsWith('comfort-alliance-')).answer.value.sum() * 2)"},
};

/// LOINC's answers of the PHQ and the GAD-7, 0 to 3 (https://loinc.org/LL358-3).
constexpr std::array<std::string_view, 4> frequency_codes{"LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"};

std::string link_id(std::string_view instrument, std::size_t number) {
  return instrument == "phq9" && number == 9 ? std::string{phq9_item9}
                                             : fmt::format("{}-{}", form_id(instrument), number);
}

Value frequency_item(std::string_view id, Value const& one, json::Array const& responses) {
  auto made = item(id, one.text("text"), "choice");
  control(made, "radio-button");
  for (std::size_t i = 0; i < responses.size() && i < frequency_codes.size(); ++i) {
    auto answer = coding(systems::loinc, frequency_codes.at(i), responses[i].string());
    extend(answer, "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal",
           Value::integer(static_cast<std::int64_t>(i)));
    made.push("answerOption", json::object({{"valueCoding", std::move(answer)}}));
  }
  return made;
}

/// "0 = no pain" → "no pain": the number stands on the bar.
std::string_view end_text(std::string_view text) {
  auto const mark = text.find(" = ");
  return mark == std::string_view::npos ? text : text.substr(mark + 3);
}

Value item_of(Shape const& shape, Value const& data, Value const& one, std::size_t number) {
  auto const id = link_id(shape.id, number);
  switch (shape.kind) {
  case Kind::Frequency:
    return frequency_item(id, one, data.items("responses"));
  case Kind::Ticks: {
    auto tick = item(id, one.text("text"), "boolean");
    control(tick, "check-box");
    return tick;
  }
  case Kind::Activities: {
    auto activity = item("activity", one.text("text"), "group");
    activity.set("repeats", Value{true});
    auto name = item("activity-name", "Activity", "string");
    name.set("required", Value{true}).set("maxLength", Value::integer(120));
    activity.push("item", std::move(name));
    activity.push("item", slider("activity-score", "How well can you do it today?", shape.low, shape.high,
                                 end_text(one.text("low")), end_text(one.text("high"))));
    return activity;
  }
  case Kind::Scale:
    break;
  }
  return slider(id, one.text("text"), shape.low, shape.high, end_text(one.text("low")),
                end_text(one.text("high")));
}

Value form_of(Knowledge const& knowledge, Shape const& shape, Value const& data) {
  auto form = start_instrument_form(knowledge, data, "patient", shape.minutes);
  for (std::string_view const intro : {"stem", "instructions"})
    if (auto const text = data.text(intro); !text.empty())
      form.push("item", item("stem", text, "display"));
  auto const& items = data.items("items");
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto made = item_of(shape, data, items[i], i + 1);
    if (made.text("linkId") == phq9_item9)
      extend(made, std::string{canonical::base} + "StructureDefinition/crisis-text", "valueString",
             knowledge.forms.text("crisis_text"));
    form.push("item", std::move(made));
  }
  if (!shape.score.empty())
    form.push("item", score_item(shape.score));
  return form;
}

} // namespace

std::vector<Value> question_forms(Knowledge const& knowledge) {
  std::vector<Value> all;
  for (auto const& shape : shapes)
    if (auto const* data = find_data(knowledge, shape.id))
      all.push_back(form_of(knowledge, shape, *data));
  return all;
}

std::vector<std::string> scored_items(std::string_view instrument) {
  if (instrument == "psfs")
    return {"activity-score"};
  auto const scale = outcome::find_scale(instrument);
  std::vector<std::string> ids;
  for (std::size_t number = 1; scale && number <= outcome::item_count(*scale); ++number)
    ids.push_back(link_id(instrument, number));
  return ids;
}

} // namespace tripsis::clinic::forms
