// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Measured values as the rules compare them: decimals rounded to six places, held as whole millionths.
// 100.4 [degF] is exactly 38.0 Cel then, which it is not in binary floating point.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"
#include "fhir/decimal.hh"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tripsis::clinic::screening {

using Millionths = std::int64_t;
constexpr Millionths one = 1'000'000;

/// A linear conversion into a measure's own unit.
struct Conversion {
  fhir::Scaled times{1, 0};
  fhir::Scaled plus{0, 0};
};

/// value × times + plus, computed exactly and rounded half away from zero; nullopt beyond ±10¹².
std::optional<Millionths> convert(fhir::Scaled value, Conversion const& by);
/// A JSON number (or a string that spells one) as it is; nullopt where it is neither.
std::optional<Millionths> parse_millionths(json::Value const* number);
std::optional<fhir::Scaled> parse_scaled(json::Value const* number);

enum class Comparison : unsigned char { GreaterOrEqual, Greater, Less, LessOrEqual };
std::optional<Comparison> parse_comparison(std::string_view text);
bool compare(Millionths value, Comparison comparison, Millionths limit) noexcept;

} // namespace tripsis::clinic::screening
