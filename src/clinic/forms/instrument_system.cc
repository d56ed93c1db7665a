// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The instruments as a code system: what a plot needs in order to say whether a change is clear, with
// sources.
#include "clinic/canonical.hh"
#include "clinic/definition.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/outcome/change.hh"

#include <fmt/format.h>

namespace tripsis::clinic::forms {
namespace {

using json::Value;

void add_property(Value& concept_, std::string_view code, std::string_view name, Value value) {
  concept_.push("property", json::object({{"code", code}, {name, std::move(value)}}));
}

void add_thresholds(Knowledge const& knowledge, Instrument const& instrument, Value& concept_) {
  auto const* larger = outcome::clear_threshold(instrument);
  std::string sources;
  for (auto const& [code, change] : {std::pair{"mcid", outcome::noticed_threshold(instrument)},
                                     {"mdc", outcome::noise_threshold(instrument)}}) {
    if (change == nullptr)
      continue;
    add_property(concept_, code, "valueDecimal", Value{json::Number{change->value}});
    sources += fmt::format("{}{} {} points, {} ({})", sources.empty() ? "" : "; ", change->type,
                           change->value, change->population, knowledge.citation(change->source));
  }
  if (larger == nullptr)
    return;
  add_property(concept_, "clear-change", "valueDecimal", Value{json::Number{larger->value}});
  add_property(concept_, "sources", "valueString", sources);
  add_property(concept_, "verified", "valueBoolean", Value{larger->source.starts_with("found:")});
}

Value concept_of(Knowledge const& knowledge, Instrument const& instrument, Value const& data) {
  auto concept_ = json::object({{"code", instrument.id}, {"display", instrument.name}});
  auto const& range = data.items("range");
  for (std::size_t i = 0; i < range.size() && i < 2; ++i)
    if (range[i].is_number())
      add_property(concept_, i == 0 ? "min" : "max", "valueDecimal", range[i]);
  if (auto const direction = data.text("direction"); !direction.empty())
    add_property(concept_, "direction", "valueCode",
                 direction == "lower_better" ? "lower-better" : "higher-better");
  if (auto const unit = data.text("unit"); !unit.empty())
    add_property(concept_, "unit", "valueString", unit);
  if (instrument.loinc != "unknown" && !instrument.loinc.empty())
    add_property(concept_, "loinc", "valueCode", instrument.loinc);
  if (auto const* licence = data.find("licence"))
    add_property(concept_, "licence", "valueCode", licence->text("status"));
  add_thresholds(knowledge, instrument, concept_);
  return concept_;
}

} // namespace

Value instrument_system(Knowledge const& knowledge) {
  auto system = definition("CodeSystem", "instrument", "Instrument", "Outcome measures");
  system.set("content", "complete");
  struct Property {
    std::string_view code, type, description;
  };
  for (auto const& [code, type, description] :
       {Property{"min", "decimal", "The lowest score"}, Property{"max", "decimal", "The highest score"},
        Property{"direction", "code", "lower-better or higher-better"},
        Property{"unit", "string", "The unit"}, Property{"loinc", "code", "The LOINC code of the score"},
        Property{"licence", "code", "Whether the wording may be shown"},
        Property{"mcid", "decimal", "The smallest change that matters to patients"},
        Property{"mdc", "decimal", "The smallest change that is not measurement error"},
        Property{"clear-change", "decimal", "The larger of the two: from here on a change is called clear"},
        Property{"sources", "string", "Where the thresholds come from"},
        Property{"verified", "boolean", "Whether the source of clear-change was re-read"}})
    system.push("property", json::object({{"code", code}, {"description", description}, {"type", type}}));
  for (auto const& instrument : knowledge.instruments)
    for (auto const& data : knowledge.instrument_data)
      if (data.text("id") == instrument.id)
        system.push("concept", concept_of(knowledge, instrument, data));
  return system;
}

} // namespace tripsis::clinic::forms
