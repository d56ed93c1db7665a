// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a measured value may truly be: lowBoundary(), highBoundary(), precision()
// (https://build.fhir.org/ig/HL7/FHIRPath/#lowboundary), and comparable() for quantities
// (https://hl7.org/fhir/fhirpath.html#functions).
#include "fhirpath/functions.hh"

#include <array>

namespace tripsis::fhirpath {
namespace {

constexpr std::int64_t usual_places = 8;
constexpr std::int64_t most_places = 28;

/// Half of the last written digit away; then to so many places, where the bound that is nearer to zero is
/// cut off and the other rounded, as the official suite has it.
std::optional<Scaled> decimal_boundary(Scaled value, Bound bound, std::int64_t places) {
  if (places < 0 || places > most_places)
    return std::nullopt;
  Scaled const half{.digits = 5, .exponent = -decimals(value) - 1};
  auto const moved = bound == Bound::High ? add(value, half) : subtract(value, half);
  if (!moved)
    return std::nullopt;
  bool const away = value.digits == 0 || (value.digits > 0) == (bound == Bound::High);
  return round_to(*moved, static_cast<int>(places),
                  away ? Rounding::HalfAwayFromZero : Rounding::TowardZero);
}

std::int64_t longest(Temporal const& value) {
  return value.kind == System::Time ? 9 : value.kind == System::Date ? 8 : 17;
}

template <Bound bound>
Result<> boundary_of(Call const& call) {
  auto const* single = TRY(call.single());
  if (single == nullptr)
    return call.give_nothing();
  Item const item = *single;
  auto const asked = call.argument_count() > 0 ? TRY(call.integer_argument(0)) : std::nullopt;
  if (asked && (*asked < 0 || *asked > most_places))
    return call.give_nothing();
  auto const value = system_value(item);
  std::optional<Item> out;
  if (auto const* number = std::get_if<Number>(&value)) {
    if (auto const found = decimal_boundary(number->value, bound, asked.value_or(usual_places)))
      out = decimal_item(*found);
  } else if (auto const* quantity = std::get_if<Quantity>(&value)) {
    if (auto const found = decimal_boundary(quantity->value, bound, asked.value_or(usual_places)))
      out = quantity_item({*found, quantity->unit, quantity->kind});
  } else if (auto const* temporal = std::get_if<Temporal>(&value)) {
    if (auto const found = boundary(*temporal, bound, static_cast<int>(asked.value_or(longest(*temporal)))))
      out = temporal_item(*found);
  } else {
    return call.wrong("takes a number, a quantity, a date or a time");
  }
  return out ? call.give(*std::move(out)) : call.give_nothing();
}

/// Digits after the point of a number; all digits of a date or time.
Result<> precision(Call const& call) {
  auto const* item = TRY(call.single());
  if (item == nullptr)
    return call.give_nothing();
  auto const value = system_value(*item);
  if (auto const* number = std::get_if<Number>(&value))
    return call.give(integer_item(decimals(number->value)));
  if (auto const* temporal = std::get_if<Temporal>(&value))
    return call.give(integer_item(digits_of(*temporal)));
  return call.wrong("takes a number, a date or a time");
}

Result<> comparable(Call const& call) {
  auto const* item = TRY(call.single());
  if (item == nullptr)
    return call.give_nothing();
  auto const left = quantity_of(*item);
  auto const other = TRY(call.collect(0));
  auto const right = other.size() == 1 ? quantity_of(other[0]) : std::nullopt;
  if (!left || !right)
    return call.wrong("takes two quantities");
  return call.give(in_unit_of(*left, *right, Estimate::Refused).has_value());
}

constexpr std::array functions{
    Function{"lowBoundary", 0, 1, boundary_of<Bound::Low>},
    Function{"highBoundary", 0, 1, boundary_of<Bound::High>},
    Function{"precision", 0, 0, precision},
    Function{"comparable", 1, 1, comparable},
};

} // namespace

std::span<Function const> boundary_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
