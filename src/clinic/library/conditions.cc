// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The conditions of the catalogue: CodeSystem/condition, and for each a PlanDefinition with what is known
// of its care and a ValueSet with the diagnoses that it stands for; CodeSystem/certainty.
#include "clinic/library/library.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::library {
namespace {

using json::Value;

constexpr std::array certainties{NamedCode{"high", "High certainty"},
                                 NamedCode{"moderate", "Moderate certainty"},
                                 NamedCode{"low", "Low certainty"},
                                 NamedCode{"very_low", "Very low certainty"},
                                 NamedCode{"contradicted", "Contradicted by research"},
                                 NamedCode{"no_source", "No source was found"}};

Value certainty_of(std::string_view code) {
  auto const found = std::ranges::find(certainties, code, &NamedCode::code);
  return coding(canonical::certainty, code, found == certainties.end() ? code : found->display);
}

Value system_of_certainty() {
  auto system = code_system("certainty", "Certainty", "How certain it is that something helps");
  system.set("description",
             "In the manner of GRADE. Of a condition: that massage helps its main symptom. Of a "
             "claim: that it is true as it is made. Graded by the project from the sources that "
             "are named; no clinician has signed it yet.");
  for (auto const& one : certainties)
    system.push("concept", concept_with(one.code, one.display));
  return system;
}

/// "50 to 60 minutes, 1 a week for 10 weeks: 10 sessions in 10 weeks (…)"
std::string dose_in_words(Dose const& dose) {
  auto const minutes = dose.minutes_from == dose.minutes_to
                           ? fmt::format("{}", dose.minutes_to)
                           : fmt::format("{} to {}", dose.minutes_from, dose.minutes_to);
  return fmt::format("{} minutes, {} a week for {} weeks: {}", minutes, written(dose.per_week), dose.weeks,
                     dose.basis);
}

Value concept_of_condition(CareCondition const& condition, Knowledge const& knowledge) {
  auto one = concept_with(condition.id, condition.name);
  add_property(one, "certainty", "valueCode", condition.certainty);
  add_property(one, "dose", "valueString", dose_in_words(condition.dose));
  add_properties(one, "region", "valueCode", condition.regions);
  add_properties(one, "muscle", "valueCode", condition.muscles);
  add_properties(one, "technique", "valueCode", condition.techniques);
  add_properties(one, "avoid-technique", "valueCode", condition.avoid_techniques);
  add_properties(one, "outcome", "valueCode", condition.outcomes);
  add_properties(one, "red-flag", "valueString", condition.red_flags);
  for (auto const& source : condition.sources)
    add_property(one, "source", "valueString", knowledge.citation(source));
  return one;
}

Value system_of_conditions(Knowledge const& knowledge) {
  auto system = code_system("condition", "CatalogueCondition", "Conditions that a practice meets");
  system.set("description",
             "A therapist does not diagnose: a condition stands for a referrer's diagnosis.");
  define_property(system, "certainty", "That massage helps the main symptom, of CodeSystem/certainty",
                  "code");
  define_property(system, "dose", "What trials used, or a default, in words", "string");
  define_property(system, "region", "Of CodeSystem/region", "code");
  define_property(system, "muscle", "Of CodeSystem/muscle", "code");
  define_property(system, "technique", "Of CodeSystem/technique", "code");
  define_property(system, "avoid-technique", "A technique to leave out", "code");
  define_property(system, "outcome", "An instrument to measure with, of CodeSystem/instrument", "code");
  define_property(system, "red-flag", "A screen to go through", "string");
  define_property(system, "source", "Where this is from; says so where it was not re-read", "string");
  for (auto const& condition : knowledge.care.conditions)
    system.push("concept", concept_of_condition(condition, knowledge));
  return system;
}

Value value_set(CareCondition const& condition) {
  auto set = definition_of("ValueSet", "condition-", condition.id, condition.name + ": ICD-10-CM codes");
  set.set(
      "description",
      "The diagnoses that the condition stands for. Of an injury's code the seventh character (initial, "
      "subsequent, sequela) does not matter. Codes of the January 2021 file: check them against the "
      "current "
      "year's before billing.");
  auto include = json::object({{"system", systems::icd10_cm}});
  for (auto const& code : condition.icd10)
    include.push("concept", json::object({{"code", code}}));
  set.set("compose", json::object({{"include", json::array({std::move(include)})}}));
  return set;
}

Value care_extension(CareCondition const& condition) {
  auto const& dose = condition.dose;
  auto nested = json::object({{"url", "dose"}});
  Parts inner{"dose"};
  inner.range("minutes", dose.minutes_from, dose.minutes_to, "min")
      .add("per-week", "valueDecimal", Value{json::Number{written(dose.per_week)}})
      .whole("weeks", dose.weeks)
      .text("basis", dose.basis)
      .texts("source", dose.sources);
  nested.set("extension", std::move(inner).take()["extension"]);
  Parts parts{"care-condition"};
  parts.add("certainty", "valueCoding", certainty_of(condition.certainty))
      .texts("region", condition.regions, "valueCode")
      .texts("muscle", condition.muscles, "valueCode")
      .texts("avoid-technique", condition.avoid_techniques, "valueCode")
      .texts("outcome", condition.outcomes, "valueCode")
      .texts("red-flag", condition.red_flags)
      .texts("co-therapy", condition.co_therapies)
      .text("evidence", condition.evidence)
      .text("guideline", condition.guideline)
      .text("dose-effects", condition.dose_effects)
      .text("avoid-note", condition.avoid_note);
  auto extension = std::move(parts).take();
  extension.push("extension", std::move(nested));
  return extension;
}

Value techniques_action(CareCondition const& condition, Knowledge const& knowledge) {
  auto action = json::object({{"title", "Techniques"}});
  for (auto const& technique : condition.techniques)
    action.push("action", json::object({{"title", name_in(knowledge.techniques, technique)},
                                        {"definitionCanonical",
                                         url_of("ActivityDefinition", "technique-", technique)}}));
  return action;
}

Value to_order_set(CareCondition const& condition, Knowledge const& knowledge) {
  auto resource = definition_of("PlanDefinition", "condition-", condition.id, condition.name);
  resource.push("extension", care_extension(condition));
  resource.set("type", plan_type("order-set")).set("description", condition.evidence);
  auto concept_ = concept_of(coding(canonical::condition, condition.id, condition.name));
  for (auto const& code : condition.icd10)
    concept_.push("coding", json::object({{"system", systems::icd10_cm}, {"code", code}}));
  resource.push("useContext", focus(std::move(concept_)));
  auto marks = condition.sources;
  marks.insert(marks.end(), condition.dose.sources.begin(), condition.dose.sources.end());
  cite(resource, knowledge, marks);
  resource.push(
      "relatedArtifact",
      json::object({{"type", "depends-on"}, {"resource", url_of("ValueSet", "condition-", condition.id)}}));
  if (auto const* protocol = knowledge.care.find_protocol(condition.id))
    resource.push(
        "relatedArtifact",
        json::object({{"type", "composed-of"}, {"resource", url_of("PlanDefinition", "", protocol->id)}}));
  resource.push("action", techniques_action(condition, knowledge));
  return resource;
}

} // namespace

std::vector<Value> conditions(Knowledge const& knowledge) {
  std::vector<Value> all{system_of_conditions(knowledge), system_of_certainty()};
  for (auto const& condition : knowledge.care.conditions) {
    all.push_back(to_order_set(condition, knowledge));
    all.push_back(value_set(condition));
  }
  return all;
}

} // namespace tripsis::clinic::library
