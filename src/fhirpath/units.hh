// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// As much of UCUM (https://ucum.org/ucum) as comparing, multiplying and dividing measured quantities needs:
// metric prefixes, base units, the derived and customary units of clinical use, products, quotients and
// powers. Other units are only equal to themselves.
#pragma once

#include "fhirpath/numbers.hh"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tripsis::fhirpath {

enum class UnitKind : unsigned char {
  Ucum,
  Calendar, ///< `4 days`: a word of FHIRPath
  Other,    ///< A unit for people, of no system
};

struct Quantity {
  Scaled value;
  std::string unit; ///< A UCUM code, a calendar word, or what is written for people; "1" for none
  UnitKind kind = UnitKind::Ucum;
};

/// Whether the word may stand as a unit after a number: year, years … millisecond, milliseconds.
bool is_calendar_unit(std::string_view word);

/// value × numerator / denominator, in base units raised to powers.
struct BaseUnits {
  Scaled numerator{.digits = 1}, denominator{.digits = 1};
  std::array<signed char, 8> powers{}; ///< m s g rad K C cd mol
};

/// nullopt for what is not known here, and for special units (Cel, pH), which no factor describes.
std::optional<BaseUnits> parse_unit(std::string_view ucum);

/// `from` in terms of the unit of `to`: the number that compares with to.value; nullopt where their units
/// do not compare. Calendar years and months compare with each other, and with a and mo only when
/// `estimate` allows (~, not =).
enum class Estimate : unsigned char { Refused, Allowed };
std::optional<Scaled> in_unit_of(Quantity const& from, Quantity const& to, Estimate estimate);

std::optional<Quantity> multiply(Quantity const& a, Quantity const& b);
std::optional<Quantity> divide(Quantity const& a, Quantity const& b);

} // namespace tripsis::fhirpath
