// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/numbers.hh"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tripsis::fhirpath {
namespace {

using Int = Scaled::Int;

constexpr int max_parsed_digits = 34;
constexpr int max_exponent = 150;
constexpr int max_plain_zeros = 40; ///< Beyond it, format() writes an exponent

Int magnitude(Int n) {
  return n < 0 ? -n : n;
}

/// What has more than 38 digits, or lies beyond the exponents, has no result.
std::optional<Scaled> bounded(Scaled value) {
  constexpr Int limit = Int{10'000'000'000'000'000'000ULL} * 10'000'000'000'000'000'000ULL;
  if (magnitude(value.digits) >= limit || std::abs(value.exponent) > max_exponent)
    return std::nullopt;
  return value;
}

/// Both with the smaller of their exponents, or nullopt when that does not fit.
std::optional<std::pair<Int, Int>> line_up(Scaled a, Scaled b) {
  for (; a.exponent > b.exponent; --a.exponent)
    if (a.digits == 0)
      break;
    else if (__builtin_mul_overflow(a.digits, Int{10}, &a.digits))
      return std::nullopt;
  for (; b.exponent > a.exponent; --b.exponent)
    if (b.digits == 0)
      break;
    else if (__builtin_mul_overflow(b.digits, Int{10}, &b.digits))
      return std::nullopt;
  return std::pair{a.digits, b.digits};
}

std::string text(Int n) {
  std::string out;
  do
    out += static_cast<char>('0' + static_cast<int>(n % 10));
  while ((n /= 10) != 0);
  std::ranges::reverse(out);
  return out;
}

} // namespace

std::optional<Scaled> parse_number(std::string_view lexeme) {
  Scaled value;
  std::size_t i = lexeme.starts_with('-') ? 1 : 0;
  int count = 0;
  bool point = false;
  for (; i < lexeme.size(); ++i) {
    char const c = lexeme[i];
    if (c == '.' && !point) {
      point = true;
    } else if ('0' <= c && c <= '9') {
      if (value.digits != 0 && ++count > max_parsed_digits)
        return std::nullopt;
      value.digits = value.digits * 10 + (c - '0');
      value.exponent -= point ? 1 : 0;
    } else {
      break;
    }
  }
  if (i < lexeme.size()) {
    if ((lexeme[i] | 32) != 'e')
      return std::nullopt;
    auto const power_from = i + 1 + (lexeme.substr(i + 1).starts_with('+') ? 1 : 0);
    int power = 0;
    auto const [end, error] =
        std::from_chars(lexeme.data() + power_from, lexeme.data() + lexeme.size(), power);
    if (error != std::errc{} || end != lexeme.data() + lexeme.size() || std::abs(power) > max_exponent)
      return std::nullopt;
    value.exponent += power;
  }
  if (lexeme.starts_with('-'))
    value.digits = -value.digits;
  return bounded(value);
}

std::string format(Scaled value) {
  auto digits = text(magnitude(value.digits));
  std::string const sign = value.digits < 0 ? "-" : "";
  auto const places = static_cast<std::size_t>(std::abs(value.exponent));
  if (value.exponent > max_plain_zeros || value.exponent < -max_plain_zeros - 40)
    return sign + digits + "e" + std::to_string(value.exponent);
  if (value.exponent >= 0)
    return sign + digits + std::string(value.digits == 0 ? 0 : places, '0');
  if (digits.size() <= places)
    digits.insert(0, places + 1 - digits.size(), '0');
  digits.insert(digits.size() - places, ".");
  return sign + digits;
}

std::optional<Scaled> add(Scaled a, Scaled b) {
  auto const lined = line_up(a, b);
  Scaled sum{.exponent = std::min(a.exponent, b.exponent)};
  if (!lined || __builtin_add_overflow(lined->first, lined->second, &sum.digits))
    return std::nullopt;
  return bounded(sum);
}

std::optional<Scaled> subtract(Scaled a, Scaled b) {
  b.digits = -b.digits;
  return add(a, b);
}

std::optional<Scaled> multiply(Scaled a, Scaled b) {
  Scaled product{.exponent = a.exponent + b.exponent};
  if (__builtin_mul_overflow(a.digits, b.digits, &product.digits)) {
    a = without_trailing_zeros(a);
    b = without_trailing_zeros(b);
    product.exponent = a.exponent + b.exponent;
    if (__builtin_mul_overflow(a.digits, b.digits, &product.digits))
      return std::nullopt;
  }
  return bounded(product);
}

std::optional<Scaled> divide(Scaled a, Scaled b) {
  if (b.digits == 0)
    return std::nullopt;
  constexpr int significant = 18;
  auto const count = [](Int n) { return static_cast<int>(text(magnitude(n)).size()); };
  a = without_trailing_zeros(a);
  b = without_trailing_zeros(b);
  // Enough digits that the quotient has one more than is kept; numerators of 38 digits still fit.
  int const shift =
      std::clamp(significant + 1 + count(b.digits) - count(a.digits), 0, 38 - count(a.digits));
  for (int i = 0; i < shift; ++i)
    a.digits *= 10;
  a.exponent -= shift;
  Scaled quotient{.digits = a.digits / b.digits, .exponent = a.exponent - b.exponent};
  if (int const extra = count(quotient.digits) - significant; extra > 0)
    quotient = *round_to(quotient, -(quotient.exponent + extra), Rounding::HalfAwayFromZero);
  return bounded(without_trailing_zeros(quotient));
}

std::optional<Scaled> divide_whole(Scaled a, Scaled b) {
  auto const lined = line_up(a, b);
  if (!lined || lined->second == 0)
    return std::nullopt;
  return Scaled{.digits = lined->first / lined->second, .exponent = 0};
}

std::optional<Scaled> round_to(Scaled value, int decimals, Rounding rounding) {
  int const exponent = -decimals;
  for (; value.exponent > exponent; --value.exponent)
    if (__builtin_mul_overflow(value.digits, Int{10}, &value.digits))
      return std::nullopt;
  Int scale = 1;
  for (; value.exponent < exponent; ++value.exponent) {
    // Once ten times the number lies below the scale, no further power changes how it rounds.
    if (scale / 10 <= magnitude(value.digits) && __builtin_mul_overflow(scale, Int{10}, &scale))
      return std::nullopt;
  }
  if (scale == 1)
    return bounded({.digits = value.digits, .exponent = exponent});
  Int kept = value.digits / scale;
  Int const rest = magnitude(value.digits % scale);
  bool const away = rounding == Rounding::HalfAwayFromZero ? rest >= scale - rest
                    : rounding == Rounding::Ceiling        ? rest != 0 && value.digits > 0
                    : rounding == Rounding::Floor          ? rest != 0 && value.digits < 0
                                                           : false;
  if (away)
    kept += value.digits < 0 ? -1 : 1;
  return Scaled{.digits = kept, .exponent = exponent};
}

Scaled without_trailing_zeros(Scaled value) {
  if (value.digits == 0)
    return {};
  for (; value.digits % 10 == 0; ++value.exponent)
    value.digits /= 10;
  return value;
}

int decimals(Scaled value) {
  return std::max(0, -value.exponent);
}

double to_double(Scaled value) {
  auto const written = format(value);
  double out = 0;
  std::from_chars(written.data(), written.data() + written.size(), out);
  return out;
}

std::optional<Scaled> from_double(double value) {
  if (!std::isfinite(value))
    return std::nullopt;
  char buffer[32];
  auto const end = std::to_chars(std::begin(buffer), std::end(buffer), value).ptr;
  return parse_number({buffer, static_cast<std::size_t>(end - buffer)});
}

std::optional<std::int64_t> to_integer(Scaled value) {
  value = without_trailing_zeros(value);
  if (value.exponent < 0 || value.exponent > 18)
    return std::nullopt;
  for (; value.exponent > 0; --value.exponent)
    if (__builtin_mul_overflow(value.digits, Int{10}, &value.digits))
      return std::nullopt;
  if (value.digits > INT64_MAX || value.digits < INT64_MIN)
    return std::nullopt;
  return static_cast<std::int64_t>(value.digits);
}

} // namespace tripsis::fhirpath
