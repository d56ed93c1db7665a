// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/note_code_systems.hh"

#include "clinic/definition.hh"

#include <initializer_list>

namespace tripsis::clinic {
namespace {

using json::Value;

struct Code {
  std::string_view id, name;
};

Value code_system(std::string_view id, std::string_view name, std::string_view title,
                  std::initializer_list<Code> codes) {
  auto system = definition("CodeSystem", id, name, title);
  system.set("content", "complete");
  for (auto const& code : codes)
    system.push("concept", json::object({{"code", code.id}, {"display", code.name}}));
  return system;
}

Value movements(Knowledge const& knowledge) {
  auto system =
      code_system("movement", "Movement", "Movements of joints, with reference values of adults", {});
  auto const property = [&](std::string_view code, std::string_view type, std::string_view description) {
    system.push("property", json::object({{"code", code}, {"description", description}, {"type", type}}));
  };
  property("norm", "decimal", "The reference value of adults; ranges fall with age");
  property("low", "decimal", "The lower end of the values that references give");
  property("high", "decimal", "The upper end of the values that references give");
  property("unit", "code", "deg or mm (UCUM)");
  for (auto const& movement : knowledge.movements) {
    auto concept_ = json::object({{"code", movement.id}, {"display", movement_name(movement.id)}});
    for (auto const& [code, value] :
         {std::pair{"norm", &movement.norm}, {"low", &movement.low}, {"high", &movement.high}})
      if (!value->empty())
        concept_.push("property",
                      json::object({{"code", code}, {"valueDecimal", Value{json::Number{*value}}}}));
    concept_.push("property", json::object({{"code", "unit"}, {"valueCode", movement.unit}}));
    system.push("concept", std::move(concept_));
  }
  return system;
}

/// What a day's dose is multiplied with.
Value opioids(Knowledge const& knowledge) {
  auto system = code_system("opioid", "Opioid", "Opioids, with their factors to oral morphine", {});
  system.push("property",
              json::object({{"code", "mme-factor"},
                            {"description", "Oral morphine milligram equivalents of one unit of the day's "
                                            "dose; to be shown, not to convert between opioids"},
                            {"type", "decimal"}}));
  for (auto const& data : knowledge.instrument_data)
    if (auto const* factors = data.find("mme_factors"))
      for (auto const& factor : factors->object())
        system.push(
            "concept",
            json::object({{"code", factor.name},
                          {"display", opioid_name(factor.name)},
                          {"property", json::array({json::object(
                                           {{"code", "mme-factor"}, {"valueDecimal", factor.value}})})}}));
  return system;
}

} // namespace

std::string movement_name(std::string_view movement) {
  std::string text{movement};
  for (auto& letter : text)
    if (letter == '_')
      letter = ' ';
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string opioid_name(std::string_view code) {
  return std::string{code == fentanyl_patch ? "fentanyl patch (mcg per hour)" : code};
}

std::vector<Value> note_code_systems(Knowledge const& knowledge) {
  std::vector<Value> all;
  all.push_back(movements(knowledge));
  all.push_back(opioids(knowledge));
  all.push_back(code_system("ashworth", "ModifiedAshworth", "Grades of the Modified Ashworth Scale",
                            {{"0", "0"}, {"1", "1"}, {"1+", "1+"}, {"2", "2"}, {"3", "3"}, {"4", "4"}}));
  all.push_back(
      code_system("movement-method", "MovementMethod", "Who moved the joint",
                  {{"active", "Active: the patient moved"}, {"passive", "Passive: the therapist moved"}}));
  all.push_back(code_system("palpation", "Palpation", "What the hands found",
                            {{"tone", "Tone"},
                             {"tenderness", "Tenderness"},
                             {"trigger-point", "Trigger point"},
                             {"adhesion", "Adhesion"},
                             {"temperature", "Temperature"}}));
  all.push_back(code_system("palpation-grade", "PalpationGrade", "How a finding of the hands is graded",
                            {{"present", "Present"},
                             {"low", "Low"},
                             {"raised", "Raised"},
                             {"guarded", "Guarded"},
                             {"slight", "Slight"},
                             {"moderate", "Moderate"},
                             {"marked", "Marked"},
                             {"warm", "Warm"},
                             {"cool", "Cool"}}));
  all.push_back(code_system(
      "pain-quality", "PainQuality", "How pain feels in a drawing",
      {{"ache", "Ache"}, {"burning", "Burning"}, {"stabbing", "Stabbing"}, {"numb", "Numb or tingling"}}));
  all.push_back(code_system("list", "ListKind", "Kinds of list",
                            {{"note-template", "A therapist's own template of a session note"}}));
  return all;
}

} // namespace tripsis::clinic
