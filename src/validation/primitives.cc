// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Hand-written scans instead of FHIR's regular expressions: they say the same and cost nanoseconds.
#include "validation/primitives.hh"

#include "fhir/date_time.hh"
#include "fhir/decimal.hh"
#include "fhir/reference.hh"
#include "validation/xhtml.hh"

#include <algorithm>
#include <charconv>
#include <limits>

namespace tripsis::validation {
namespace {

using fhir::Primitive;

constexpr std::size_t longest_string = 1'048'576; // 1 MB, https://hl7.org/fhir/R4/datatypes.html#string

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Below the space, and neither tab nor line end: what FHIR's strings may not hold.
bool is_control(char c) {
  return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r';
}

std::optional<Problem> unless(bool fine, std::string_view what) {
  return fine ? std::nullopt : std::optional{Problem{.fault = Fault::Value, .what = what}};
}

std::optional<Problem> check_string(std::string_view text) {
  if (text.size() > longest_string)
    return Problem{.fault = Fault::TooLong, .what = "A string may be no longer than 1 MB."};
  return unless(std::ranges::none_of(text, is_control),
                "A string may hold no control characters except tabs and line ends.");
}

bool is_uri(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return is_space(c) || is_control(c); });
}

/// [^\s]+(\s[^\s]+)*: single spaces inside only.
bool is_code(std::string_view text) {
  if (is_space(text.front()) || is_space(text.back()))
    return false;
  return std::ranges::adjacent_find(text, [](char a, char b) { return is_space(a) && is_space(b); }) ==
             text.end() &&
         std::ranges::none_of(text, is_control);
}

bool is_base64_digit(char c) {
  return ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '+' || c == '/';
}

/// Groups of four, = only at the end; white space anywhere.
bool is_base64(std::string_view text) {
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (char const c : text) {
    if (is_space(c))
      continue;
    if (c == '=')
      ++padding;
    else if (padding > 0 || !is_base64_digit(c))
      return false;
    else
      ++digits;
  }
  return padding <= 2 && (digits + padding) % 4 == 0;
}

std::optional<Problem> check_integer(std::string_view lexeme, int least, std::string_view what) {
  int value = 0;
  auto const [end, error] = std::from_chars(lexeme.data(), lexeme.data() + lexeme.size(), value);
  return unless(error == std::errc{} && end == lexeme.data() + lexeme.size() && value >= least &&
                    lexeme != "-0",
                what);
}

std::optional<Problem> check_decimal(std::string_view lexeme) {
  auto const decimal = fhir::Decimal::parse(lexeme);
  if (decimal)
    return std::nullopt;
  return decimal.error().fault == Fault::TooLong
             ? Problem{.fault = Fault::TooLong,
                       .what = "A decimal may have 36 digits and an exponent of 999 at most."}
             : Problem{.fault = Fault::Value, .what = "A decimal such as 12.50 is expected here."};
}

std::optional<Problem> check_number(Primitive type, std::string_view lexeme) {
  switch (type) {
  case Primitive::Integer:
    return check_integer(lexeme, std::numeric_limits<int>::min(),
                         "A whole number of 32 bits is expected here.");
  case Primitive::UnsignedInt:
    return check_integer(lexeme, 0, "A whole number from 0 to 2147483647 is expected here.");
  case Primitive::PositiveInt:
    return check_integer(lexeme, 1, "A whole number from 1 to 2147483647 is expected here.");
  default:
    return check_decimal(lexeme);
  }
}

std::optional<Problem> check_text(Primitive type, std::string_view text) {
  if (text.empty())
    return Problem{Fault::Value,
                   "A string that stands here may not be empty; what is not known is left out."};
  switch (type) {
  case Primitive::Base64Binary:
    return unless(is_base64(text), "Base64 is expected here.");
  case Primitive::Code:
    return unless(is_code(text), "A code has no white space except single spaces inside.");
  case Primitive::Date:
    return unless(fhir::is_date(text), "A date such as 2026, 2026-03 or 2026-03-04 is expected here.");
  case Primitive::DateTime:
    return unless(
        fhir::is_date_time(text),
        "A date such as 2026-03-04, or with the time 2026-03-04T10:20:30+01:00, is expected here.");
  case Primitive::Id:
    return unless(fhir::is_id(text), "An id is 1 to 64 of A-Z a-z 0-9 - and the point.");
  case Primitive::Instant:
    return unless(fhir::is_instant(text),
                  "An instant such as 2026-03-04T10:20:30.5+01:00 is expected here.");
  case Primitive::Oid:
    return unless(fhir::is_oid_urn(text), "An OID such as urn:oid:1.2.3 is expected here.");
  case Primitive::Time:
    return unless(fhir::is_time(text), "A time such as 10:20:30 is expected here.");
  case Primitive::Uri:
  case Primitive::Url:
  case Primitive::Canonical:
    return unless(is_uri(text), "A URI has no white space.");
  case Primitive::Uuid:
    return unless(fhir::is_uuid_urn(text),
                  "A UUID such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520 is expected here.");
  case Primitive::Xhtml:
    return check_xhtml(text);
  default:
    return check_string(text);
  }
}

} // namespace

std::optional<Problem> check_primitive(Primitive type, json::Value const& value) {
  switch (type) {
  case Primitive::Boolean:
    return value.is_bool() ? std::nullopt
                           : std::optional{Problem{.fault = Fault::Structure,
                                                   .what = "A JSON true or false is expected here."}};
  case Primitive::Decimal:
  case Primitive::Integer:
  case Primitive::PositiveInt:
  case Primitive::UnsignedInt:
    return value.is_number() ? check_number(type, value.lexeme())
                             : Problem{.fault = Fault::Structure,
                                       .what = "A JSON number is expected here, without quotes."};
  default:
    return value.is_string()
               ? check_text(type, value.string())
               : Problem{.fault = Fault::Structure, .what = "A JSON string is expected here."};
  }
}

} // namespace tripsis::validation
