// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Exact decimal arithmetic on fhir::Scaled, which also carries trailing zeros: 1.50 is 150 × 10⁻². What
// does not fit 38 digits has no result, as FHIRPath asks of an overflow (http://hl7.org/fhirpath/N1/#math).
#pragma once

#include "fhir/decimal.hh"

#include <optional>
#include <string>
#include <string_view>

namespace tripsis::fhirpath {

using fhir::Scaled;

/// JSON's grammar for numbers; at most 35 digits and exponents within ±150.
std::optional<Scaled> parse_number(std::string_view lexeme);
/// In JSON's grammar, without an exponent where the number is of a usual size; trailing zeros are kept.
std::string format(Scaled value);

std::optional<Scaled> add(Scaled a, Scaled b);
std::optional<Scaled> subtract(Scaled a, Scaled b);
std::optional<Scaled> multiply(Scaled a, Scaled b);
/// To 18 significant digits, without trailing zeros; nullopt for b = 0.
std::optional<Scaled> divide(Scaled a, Scaled b);
/// The whole part of a / b; nullopt for b = 0.
std::optional<Scaled> divide_whole(Scaled a, Scaled b);

enum class Rounding : unsigned char { TowardZero, HalfAwayFromZero, Ceiling, Floor };
/// With exactly `decimals` digits after the point.
std::optional<Scaled> round_to(Scaled value, int decimals, Rounding rounding);

Scaled without_trailing_zeros(Scaled value);
int decimals(Scaled value); ///< Digits after the point, trailing zeros counted
double to_double(Scaled value);
std::optional<Scaled>
from_double(double value); ///< nullopt for NaN, infinities and what is beyond all measure
/// nullopt when it is no whole number of 64 bits.
std::optional<std::int64_t> to_integer(Scaled value);
inline Scaled whole(std::int64_t n) {
  return {.digits = n, .exponent = 0};
}

} // namespace tripsis::fhirpath
