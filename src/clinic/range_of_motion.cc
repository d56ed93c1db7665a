// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/range_of_motion.hh"

#include "clinic/canonical.hh"
#include "clinic/note_code_systems.hh"

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using json::Value;

std::string_view unit_name(Movement const& movement) {
  return movement.unit == "deg" ? "degrees" : std::string_view{movement.unit};
}

Value quantity(Movement const& movement, std::string_view value) {
  return json::object({{"value", Value{json::Number{std::string{value}}}},
                       {"unit", unit_name(movement)},
                       {"system", "http://unitsofmeasure.org"},
                       {"code", movement.unit}});
}

} // namespace

Value reference_range(Movement const& movement) {
  auto range = json::object({});
  if (!movement.low.empty())
    range.set("low", quantity(movement, movement.low)).set("high", quantity(movement, movement.high));
  range.set("type",
            json::object(
                {{"coding", json::array({json::object({{"system", "http://terminology.hl7.org/CodeSystem/"
                                                                  "referencerange-meaning"},
                                                       {"code", "normal"}})})}}));
  range.set("text", fmt::format("{} {}, adults; not re-read in a source, and less with age", movement.norm,
                                unit_name(movement)));
  return range;
}

Value range_of_motion(Value observation, Movement const& movement, std::string_view value) {
  observation.set(
      "category",
      json::array({json::object(
          {{"coding", json::array({json::object(
                          {{"system", "http://terminology.hl7.org/CodeSystem/observation-category"},
                           {"code", "exam"}})})}})}));
  auto const name = movement_name(movement.id);
  observation.set(
      "code",
      json::object(
          {{"coding", json::array({json::object(
                          {{"system", canonical::movement}, {"code", movement.id}, {"display", name}})})},
           {"text", name}}));
  observation.set("valueQuantity", quantity(movement, value));
  observation.push("referenceRange", reference_range(movement));
  return observation;
}

} // namespace tripsis::clinic
