// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/screening/number.hh"

namespace tripsis::clinic::screening {
namespace {

using Int = fhir::Scaled::Int;
constexpr int places = 6;
constexpr int working_places =
    18; ///< What a value is cut to first, so that the product below fits 128 bits.
constexpr Int largest = Int{1'000'000'000'000} * one;

/// digits × 10^exponent as a count of 10^-`unit_places`, rounded half away from zero; nullopt where it does
/// not fit.
std::optional<Int> rescale(Int digits, int exponent, int unit_places) {
  auto shift = exponent + unit_places;
  constexpr Int room = Int{1} << 120;
  for (; shift > 0 && digits != 0; --shift) {
    if (digits > room / 10 || digits < -room / 10)
      return std::nullopt;
    digits *= 10;
  }
  Int dropped = 0;
  for (; shift < 0; ++shift) {
    dropped = digits % 10;
    digits /= 10;
  }
  if (dropped >= 5)
    return digits + 1;
  if (dropped <= -5)
    return digits - 1;
  return digits;
}

} // namespace

std::optional<Millionths> convert(fhir::Scaled value, Conversion const& by) {
  constexpr Int most = Int{1'000'000'000'000'000'000};
  auto exponent = value.exponent;
  auto digits = value.digits;
  if (exponent < -working_places) {
    auto const cut = rescale(digits, exponent, working_places);
    digits = cut.value_or(0);
    exponent = -working_places;
  }
  if (digits > most || digits < -most || by.times.digits > most)
    return std::nullopt;
  // Both terms at one scale below millionths, so that the sum is rounded once.
  constexpr int shared_places = 17;
  auto const product = rescale(digits * by.times.digits, exponent + by.times.exponent, shared_places);
  auto const plus = rescale(by.plus.digits, by.plus.exponent, shared_places);
  auto const sum = product && plus ? rescale(*product + *plus, -shared_places, places) : std::nullopt;
  if (!sum || *sum > largest || *sum < -largest)
    return std::nullopt;
  return static_cast<Millionths>(*sum);
}

std::optional<fhir::Scaled> parse_scaled(json::Value const* number) {
  if (number == nullptr || !(number->is_number() || number->is_string()))
    return std::nullopt;
  auto const parsed = fhir::Decimal::parse(number->is_number() ? number->lexeme() : number->string());
  return parsed ? std::optional{parsed->value()} : std::nullopt;
}

std::optional<Millionths> parse_millionths(json::Value const* number) {
  auto const value = parse_scaled(number);
  return value ? convert(*value, {}) : std::nullopt;
}

std::optional<Comparison> parse_comparison(std::string_view text) {
  if (text == ">=")
    return Comparison::GreaterOrEqual;
  if (text == ">")
    return Comparison::Greater;
  if (text == "<")
    return Comparison::Less;
  if (text == "<=")
    return Comparison::LessOrEqual;
  return std::nullopt;
}

bool compare(Millionths value, Comparison comparison, Millionths limit) noexcept {
  switch (comparison) {
  case Comparison::GreaterOrEqual:
    return value >= limit;
  case Comparison::Greater:
    return value > limit;
  case Comparison::Less:
    return value < limit;
  case Comparison::LessOrEqual:
    return value <= limit;
  }
  return false;
}

} // namespace tripsis::clinic::screening
