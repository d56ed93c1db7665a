// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/forms/item.hh"

namespace tripsis::clinic::forms {

using json::Value;

namespace {

void bound(Value& element, int low, int high) {
  extend(element, "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger", Value::integer(low));
  extend(element, "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger", Value::integer(high));
  extend(element, "http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue", "valueInteger",
         Value::integer(1));
}

Value end_of(std::string_view link_id, std::string_view which, std::string_view text) {
  auto end = item(std::string{link_id} + "-" + std::string{which}, text, "display");
  control(end, which);
  return end;
}

} // namespace

Value item(std::string_view link_id, std::string_view text, std::string_view type) {
  return json::object({{"linkId", link_id}, {"text", text}, {"type", type}});
}

void extend(Value& element, std::string_view url, std::string_view name, Value value) {
  element.push("extension", json::object({{"url", url}, {name, std::move(value)}}));
}

void control(Value& item, std::string_view code) {
  extend(item, "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl", "valueCodeableConcept",
         json::object({{"coding", json::array({json::object(
                                      {{"system", "http://hl7.org/fhir/questionnaire-item-control"},
                                       {"code", code}})})}}));
}

Value slider(std::string_view link_id, std::string_view text, int low, int high, std::string_view low_text,
             std::string_view high_text) {
  auto bar = item(link_id, text, "integer");
  bound(bar, low, high);
  control(bar, "slider");
  bar.push("item", end_of(link_id, "lower", low_text));
  bar.push("item", end_of(link_id, "upper", high_text));
  return bar;
}

Value number(std::string_view link_id, std::string_view text, std::string_view type, std::string_view low,
             std::string_view high) {
  auto made = item(link_id, text, type);
  auto const element = type == "integer" ? "valueInteger" : "valueDecimal";
  for (auto const& [url, end] : {std::pair{"minValue", low}, std::pair{"maxValue", high}})
    extend(made, std::string{"http://hl7.org/fhir/StructureDefinition/"} + url, element,
           Value{json::Number{std::string{end}}});
  return made;
}

Value number(std::string_view link_id, std::string_view text, int low, int high) {
  return number(link_id, text, "integer", std::to_string(low), std::to_string(high));
}

std::string computable_name(std::string_view id) {
  std::string name;
  for (auto upper = true; auto const c : id) {
    if (c != '-')
      name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = c == '-';
  }
  return name;
}

Value score_item(std::string_view expression) {
  auto score = item("score", "Score", "decimal");
  score.set("readOnly", Value{true});
  extend(score, "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
         "valueExpression", json::object({{"language", "text/fhirpath"}, {"expression", expression}}));
  return score;
}

Value coding(std::string_view system, std::string_view code, std::string_view display) {
  return json::object({{"system", system}, {"code", code}, {"display", display}});
}

} // namespace tripsis::clinic::forms
