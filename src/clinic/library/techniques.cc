// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Techniques: CodeSystem/technique, and an ActivityDefinition for each, from which the practice's own are
// read.
#include "clinic/find.hh"
#include "clinic/library/library.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::library {
namespace {

using json::Value;

constexpr std::string_view type = "ActivityDefinition";

std::string described(Technique const& technique) {
  std::string text;
  for (auto const& [name, values] : {std::pair{"Aims", &technique.aims},
                                     {"Tissues", &technique.tissues},
                                     {"Cautions", &technique.cautions}})
    if (!values->empty())
      text += fmt::format("{}{}: {}.", text.empty() ? "" : " ", name, fmt::join(*values, ", "));
  return text;
}

bool holds(std::vector<std::string> const& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

Value concept_of_technique(Technique const& technique, Knowledge const& knowledge) {
  auto one = concept_with(technique.id, technique.name);
  if (technique.requires_training)
    add_property(one, "requires-training", "valueBoolean", Value{true});
  for (auto const& region : knowledge.consent_regions)
    if (holds(region.techniques, technique.id))
      add_property(one, "consent-region", "valueCode", region.id);
  add_property(one, "family", "valueString", technique.family);
  for (auto const& [code, value] : {std::pair{"pressure-low", technique.pressure_from},
                                    {"pressure-high", technique.pressure_to},
                                    {"minutes-low", technique.minutes_from},
                                    {"minutes-high", technique.minutes_to}})
    add_property(one, code, "valueInteger", Value::integer(value));
  add_properties(one, "aim", "valueString", technique.aims);
  add_properties(one, "tissue", "valueString", technique.tissues);
  add_properties(one, "caution", "valueString", technique.cautions);
  for (auto const& source : technique.sources)
    add_property(one, "source", "valueString", knowledge.citation(source));
  return one;
}

Value system_of_techniques(Knowledge const& knowledge) {
  auto system = code_system("technique", "Technique", "Techniques of massage and manual therapy");
  define_property(system, "requires-training", "Given only by who has a qualification in it", "boolean");
  define_property(system, "consent-region", "The part of the body whose consent it needs", "code");
  define_property(system, "family", "The family that it belongs to", "string");
  define_property(system, "pressure-low", "The least pressure, 0 to 10", "integer");
  define_property(system, "pressure-high", "The most pressure, 0 to 10", "integer");
  define_property(system, "minutes-low", "The least minutes of one region", "integer");
  define_property(system, "minutes-high", "The most minutes of one region", "integer");
  define_property(system, "aim", "What it is given for", "string");
  define_property(system, "tissue", "What it works on", "string");
  define_property(system, "caution", "What to mind", "string");
  define_property(system, "source", "Where this is from; says so where it was not re-read", "string");
  for (auto const& technique : knowledge.techniques)
    system.push("concept", concept_of_technique(technique, knowledge));
  return system;
}

/// The ends of a range between `least` and `most`; nothing where there is none.
Result<std::optional<std::pair<int, int>>> read_range(Value const& extension, std::string_view name,
                                                      int least, int most) {
  auto const* range = part_of(extension, name).find("valueRange");
  if (range == nullptr)
    return std::nullopt;
  auto const low = whole(range->at({"low", "value"})), high = whole(range->at({"high", "value"}));
  if (!low || !high || *low < least || *high > most || *low > *high)
    return fail(Fault::BusinessRule,
                fmt::format("The {} of a technique goes from a whole number to one that is no lower, "
                            "between {} and {}.",
                            name, least, most),
                fmt::format("{}.extension", type));
  return std::pair{*low, *high};
}

} // namespace

Value to_activity(Technique const& technique, Knowledge const& knowledge) {
  auto resource = definition_of(type, "technique-", technique.id, technique.name);
  Parts parts{"technique"};
  parts.text("family", technique.family)
      .range("pressure", technique.pressure_from, technique.pressure_to)
      .range("minutes", technique.minutes_from, technique.minutes_to, "min")
      .texts("aim", technique.aims)
      .texts("tissue", technique.tissues)
      .texts("caution", technique.cautions)
      .add("requires-training", "valueBoolean", Value{technique.requires_training});
  resource.push("extension", std::move(parts).take());
  resource.set("description", described(technique));
  cite(resource, knowledge, technique.sources);
  resource.set("kind", "ServiceRequest");
  resource.set("code", concept_of(coding(canonical::technique, technique.id, technique.name)));
  return resource;
}

Result<Technique> read_technique(Value const& resource) {
  constexpr int most_pressure = 10, longest = 240;
  auto const& extension = find_extension(resource, "technique");
  Technique technique{.id = std::string{code_in(resource.find("code"), canonical::technique)},
                      .name = std::string{resource.text("title")},
                      .family = text_of(extension, "family"),
                      .aims = texts_of(extension, "aim"),
                      .tissues = texts_of(extension, "tissue"),
                      .cautions = texts_of(extension, "caution"),
                      .sources = cited(resource)};
  if (technique.name.empty())
    return fail(Fault::BusinessRule, "A technique needs a title: its name.", "ActivityDefinition.title");
  auto const* training = part_of(extension, "requires-training").find("valueBoolean");
  technique.requires_training = training != nullptr && training->is_bool() && training->boolean();
  if (auto const pressure = TRY(read_range(extension, "pressure", 0, most_pressure)))
    std::tie(technique.pressure_from, technique.pressure_to) = *pressure;
  if (auto const minutes = TRY(read_range(extension, "minutes", 1, longest)))
    std::tie(technique.minutes_from, technique.minutes_to) = *minutes;
  return technique;
}

std::vector<Value> techniques(Knowledge const& knowledge) {
  std::vector<Value> all{system_of_techniques(knowledge)};
  for (auto const& technique : knowledge.techniques)
    all.push_back(to_activity(technique, knowledge));
  return all;
}

} // namespace tripsis::clinic::library
