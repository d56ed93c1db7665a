// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Vital signs and laboratory values: Observations and their components, by LOINC code, in units that the
// rules file lists. A value in any other unit is never guessed at: it is unreadable, and the rule
// measurement_unreadable asks for a new one.
#include "clinic/canonical.hh"
#include "clinic/screening/clause.hh"
#include "clinic/screening/facts.hh"
#include "clinic/screening/rules.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::screening {
namespace {

using json::Value;

Conversion const* find_unit(Measure const& measure, Value const& quantity) {
  auto const find = [&](std::string_view unit) {
    auto const found = measure.units.find(unit);
    return found != measure.units.end() ? &found->second : nullptr;
  };
  if (auto const code = quantity.text("code"); !code.empty())
    return find(code);
  auto const written = quantity.text("unit");
  auto const meant = measure.units_text.find(written);
  return find(meant != measure.units_text.end() ? std::string_view{meant->second} : written);
}

/// The value of an Observation or of one component; nullopt where there is none. What is there and no
/// number in a unit of the measure cannot be read.
std::optional<Reading> read_value(Measure const& measure, Value const& holder) {
  if (auto const* quantity = holder.find("valueQuantity")) {
    auto const value = parse_scaled(quantity->find("value"));
    auto const* unit = find_unit(measure, *quantity);
    if (!value)
      return std::nullopt;
    return Reading{.value = unit != nullptr ? convert(*value, *unit) : std::nullopt,
                   .bound = parse_comparison(quantity->text("comparator"))};
  }
  if (auto const* integer = holder.find("valueInteger")) {
    auto const number = parse_scaled(integer);
    auto const* unit = find_unit(measure, Value{});
    return Reading{.value = number && unit != nullptr ? convert(*number, *unit) : std::nullopt};
  }
  for (auto const& [code, number] : measure.answers)
    if (has_code(holder.find("valueCodeableConcept"), code))
      return Reading{.value = number};
  auto const is_value = [](json::Member const& member) { return member.name.starts_with("value"); };
  return std::ranges::any_of(holder.object(), is_value) ? std::optional{Reading{}} : std::nullopt;
}

std::string label_of_value(Value const& holder) {
  auto label = label_of(holder.find("code"));
  if (auto const* quantity = holder.find("valueQuantity");
      quantity != nullptr && quantity->find("value") != nullptr) {
    auto const* value = quantity->find("value");
    auto const unit = quantity->text("unit").empty() ? quantity->text("code") : quantity->text("unit");
    label += ": " + std::string{quantity->text("comparator")} +
             (value->is_number() ? value->lexeme() : "") + (unit.empty() ? "" : " ") + std::string{unit};
  }
  return label;
}

void read_holder(Gathering const& from, Value const& holder, PatientRecord::Entry const& entry,
                 std::vector<std::vector<Reading>>& readings) {
  auto const codes = codes_of(holder.find("code"), systems::loinc);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    auto const& measure = from.rules.measures[i];
    if (std::ranges::find_first_of(codes, measure.loinc) == codes.end())
      continue;
    auto reading = read_value(measure, holder);
    if (!reading)
      continue;
    reading->origin = {entry.ref, label_of_value(holder)};
    reading->taken = observed(from, entry.resource);
    readings[i].push_back(*std::move(reading));
  }
}

bool is_within(Reading const& reading, Day on, int days) {
  return reading.taken && reading.taken->age(on) < days;
}

bool is_met(MeasurementClause const& clause, Reading const& reading) {
  if (!clause.comparison)
    return true;
  if (!reading.bound)
    return compare(*reading.value, *clause.comparison, clause.limit);
  using enum Comparison;
  auto const is_above = [](Comparison comparison) {
    return comparison == GreaterOrEqual || comparison == Greater;
  };
  if (is_above(*reading.bound) != is_above(*clause.comparison))
    return false;
  // What is known to be above 300 is above 300, though 300 is not.
  if (*reading.bound == Greater || *reading.bound == Less)
    return compare(*reading.value, is_above(*reading.bound) ? GreaterOrEqual : LessOrEqual, clause.limit);
  return compare(*reading.value, *clause.comparison, clause.limit);
}

/// The readings of the last days that can be read; with `Latest` only the newest of them.
std::vector<Reading const*> readable(std::vector<Reading> const& readings, Day on, int days,
                                     MeasurementClause::Pick pick) {
  std::vector<Reading const*> found;
  for (auto const& reading : readings)
    if (reading.value && is_within(reading, on, days))
      found.push_back(&reading);
  if (pick == MeasurementClause::Pick::Latest) {
    auto const all = found;
    std::erase_if(found, [&](Reading const* one_of_them) {
      return std::ranges::any_of(
          all, [&](Reading const* other) { return is_newer(*other->taken, *one_of_them->taken, on); });
    });
  }
  return found;
}

} // namespace

std::vector<std::vector<Reading>> gather_readings(Gathering const& from) {
  std::vector<std::vector<Reading>> readings(from.rules.measures.size());
  for (auto const& entry : from.record.of_type("Observation")) {
    if (!is_usable_observation(from, entry.resource))
      continue;
    read_holder(from, entry.resource, entry, readings);
    for (auto const& component : entry.resource.items("component"))
      read_holder(from, component, entry, readings);
  }
  return readings;
}

Truth holds(MeasurementClause const& clause, Question const& question, std::vector<Cause>& causes) {
  auto truth = Truth::No;
  for (auto const* reading : readable(question.facts.readings[clause.measure], question.facts.on,
                                      clause.within_days, clause.pick)) {
    if (!is_met(clause, *reading))
      continue;
    truth = Truth::Yes;
    causes.push_back({reading->origin.ref, reading->origin.label, {}});
  }
  return truth;
}

/// Section 4, unreadable: the newest value of a measure in the last 2 days has no known unit, or the only
/// value there has no date.
Truth holds_unreadable_measurement(Question const& question, std::vector<Cause>& causes) {
  constexpr int days = 2;
  auto const on = question.facts.on;
  auto truth = Truth::No;
  for (auto const& readings : question.facts.readings) {
    auto const has_recent =
        std::ranges::any_of(readings, [&](Reading const& reading) { return is_within(reading, on, days); });
    for (auto const& reading : readings) {
      auto const is_later = [&](Reading const& other) {
        return is_within(other, on, days) && is_newer(*other.taken, *reading.taken, on);
      };
      auto const is_unreadable =
          is_within(reading, on, days) && !reading.value && std::ranges::none_of(readings, is_later);
      if (!is_unreadable && (reading.taken || has_recent))
        continue;
      truth = Truth::Yes;
      causes.push_back({reading.origin.ref, reading.origin.label, {}});
    }
  }
  return truth;
}

} // namespace tripsis::clinic::screening
