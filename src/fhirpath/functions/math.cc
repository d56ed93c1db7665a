// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// http://hl7.org/fhirpath/N1/#math-1. Exact where decimals can be; roots, powers with fractions and
// logarithms are a double's.
#include "fhirpath/functions.hh"

#include <array>
#include <cmath>

namespace tripsis::fhirpath {
namespace {

Result<> give_number(Call const& call, std::optional<Number> const& value) {
  return value ? call.give(number_item(*value)) : call.give_nothing();
}

Result<> give_decimal(Call const& call, std::optional<Scaled> const& value) {
  return value ? call.give(decimal_item(*value)) : call.give_nothing();
}

Result<> abs(Call const& call) {
  auto const* item = TRY(call.single());
  if (item == nullptr)
    return call.give_nothing();
  auto value = system_value(*item);
  auto const positive = [](Scaled& s) { s.digits = s.digits < 0 ? -s.digits : s.digits; };
  if (auto* quantity = std::get_if<Quantity>(&value)) {
    positive(quantity->value);
    return call.give(quantity_item(*quantity));
  }
  auto* number = std::get_if<Number>(&value);
  if (number == nullptr)
    return call.wrong("takes a number");
  positive(number->value);
  return call.give(number_item(*number));
}

template <Rounding rounding>
Result<> to_whole(Call const& call) {
  auto const number = TRY(call.number());
  auto const value = number ? round_to(number->value, 0, rounding) : std::nullopt;
  return give_number(call, value ? std::optional{Number{*value, true}} : std::nullopt);
}

template <double (*function)(double)>
Result<> real(Call const& call) {
  auto const number = TRY(call.number());
  return give_decimal(call, number ? from_double(function(to_double(number->value))) : std::nullopt);
}

Result<> log(Call const& call) {
  auto const number = TRY(call.number());
  auto const base = TRY(call.number_argument(0));
  if (!number || !base)
    return call.give_nothing();
  auto const x = to_double(number->value), b = to_double(base->value);
  return give_decimal(call, from_double(b == 2    ? std::log2(x)
                                        : b == 10 ? std::log10(x)
                                                  : std::log(x) / std::log(b)));
}

/// By repeated multiplication; nullopt where that does not fit.
std::optional<Scaled> whole_power(Scaled base, std::int64_t exponent) {
  Scaled out = whole(1);
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) {
      auto const next = multiply(out, base);
      if (!next)
        return std::nullopt;
      out = *next;
    }
    if (exponent > 1) {
      auto const square = multiply(base, base);
      if (!square)
        return std::nullopt;
      base = *square;
    }
  }
  return out;
}

Result<> power(Call const& call) {
  auto const base = TRY(call.number());
  auto const exponent = TRY(call.number_argument(0));
  if (!base || !exponent)
    return call.give_nothing();
  bool const integers = base->is_integer && exponent->is_integer;
  auto const n = to_integer(exponent->value);
  constexpr std::int64_t most = 1000;
  if (n && 0 <= *n && *n <= most)
    if (auto const exact = whole_power(base->value, *n)) {
      if (integers && (*exact > whole(INT32_MAX) || *exact < whole(INT32_MIN)))
        return call.give_nothing();
      return call.give(number_item({*exact, integers}));
    }
  auto const value = std::pow(to_double(base->value), to_double(exponent->value));
  return integers && n && *n >= 0 ? call.give_nothing() : give_decimal(call, from_double(value));
}

Result<> round(Call const& call) {
  auto const number = TRY(call.number());
  auto const places =
      call.argument_count() > 0 ? TRY(call.integer_argument(0)) : std::optional<std::int64_t>{0};
  constexpr std::int64_t most = 30;
  if (!number || !places)
    return call.give_nothing();
  if (*places < 0 || *places > most)
    return call.wrong("takes 0 to 30 decimal places");
  // More places than there are would only add zeros that were never measured.
  auto const kept = std::min(static_cast<int>(*places), decimals(number->value));
  auto const value = round_to(number->value, kept, Rounding::HalfAwayFromZero);
  return give_number(call, value ? std::optional{Number{*value, number->is_integer}} : std::nullopt);
}

double exponential(double x) {
  return std::exp(x);
}
double natural_logarithm(double x) {
  return std::log(x);
}
double square_root(double x) {
  return std::sqrt(x);
}

constexpr std::array functions{
    Function{"abs", 0, 0, abs},
    Function{"ceiling", 0, 0, to_whole<Rounding::Ceiling>},
    Function{"floor", 0, 0, to_whole<Rounding::Floor>},
    Function{"truncate", 0, 0, to_whole<Rounding::TowardZero>},
    Function{"exp", 0, 0, real<exponential>},
    Function{"ln", 0, 0, real<natural_logarithm>},
    Function{"log", 1, 1, log},
    Function{"power", 1, 1, power},
    Function{"round", 0, 1, round},
    Function{"sqrt", 0, 0, real<square_root>},
};

} // namespace

std::span<Function const> math_functions() noexcept {
  return functions;
}

} // namespace tripsis::fhirpath
