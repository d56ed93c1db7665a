// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One scanner for all of FHIR's date types: they are one grammar, of which each type allows a part.
#include "fhir/date_time.hh"

#include <fmt/format.h>

namespace tripsis::fhir {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

enum class Grammar : unsigned char { Date, DateTime, Instant, Search };

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}

bool take(std::string_view& rest, char c) {
  if (!rest.starts_with(c))
    return false;
  rest.remove_prefix(1);
  return true;
}

/// Exactly `count` digits with a value of at most `most`.
std::optional<unsigned> take_number(std::string_view& rest, std::size_t count, unsigned most) {
  if (rest.size() < count)
    return std::nullopt;
  unsigned value = 0;
  for (char const c : rest.substr(0, count)) {
    if (!is_digit(c))
      return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  rest.remove_prefix(count);
  return value <= most ? std::optional{value} : std::nullopt;
}

/// YYYY, YYYY-MM or YYYY-MM-DD.
bool take_date(std::string_view& rest, DateTimeParts& parts) {
  auto const year = take_number(rest, 4, 9999);
  if (!year || *year == 0)
    return false;
  unsigned month = 1;
  unsigned day = 1;
  parts.precision = Precision::Year;
  if (take(rest, '-')) {
    month = take_number(rest, 2, 12).value_or(0);
    parts.precision = Precision::Month;
    if (take(rest, '-')) {
      day = take_number(rest, 2, 31).value_or(0);
      parts.precision = Precision::Day;
    }
  }
  parts.date = {std::chrono::year{static_cast<int>(*year)}, std::chrono::month{month},
                std::chrono::day{day}};
  return parts.date.ok();
}

/// A fraction of a second, after its point: at least one digit, of any length.
bool take_fraction(std::string_view& rest, DateTimeParts& parts) {
  int digits = 0;
  for (int unit = 100; !rest.empty() && is_digit(rest.front()); unit /= 10, ++digits) {
    parts.time += milliseconds{unit * (rest.front() - '0')};
    parts.width = milliseconds{std::max(unit, 1)};
    rest.remove_prefix(1);
  }
  parts.precision = Precision::Fraction;
  return digits > 0;
}

/// hh:mm:ss with or without a fraction; only a search may leave the seconds out.
bool take_time(std::string_view& rest, DateTimeParts& parts, Grammar grammar) {
  auto const hour = take_number(rest, 2, 23);
  if (!hour || !take(rest, ':'))
    return false;
  auto const minute = take_number(rest, 2, 59);
  if (!minute)
    return false;
  parts.time = std::chrono::hours{*hour} + minutes{*minute};
  parts.width = minutes{1};
  parts.precision = Precision::Minute;
  if (!take(rest, ':'))
    return grammar == Grammar::Search;
  auto const second = take_number(rest, 2, 60);
  if (!second)
    return false;
  parts.time += seconds{*second};
  parts.width = seconds{1};
  parts.precision = Precision::Second;
  return !take(rest, '.') || take_fraction(rest, parts);
}

/// Z, or a sign and hh:mm up to 14:00.
bool take_offset(std::string_view& rest, DateTimeParts& parts) {
  parts.offset = minutes{0};
  if (take(rest, 'Z'))
    return true;
  bool const west = rest.starts_with('-');
  if (!west && !rest.starts_with('+'))
    return false;
  rest.remove_prefix(1);
  auto const hour = take_number(rest, 2, 14);
  if (!hour || !take(rest, ':'))
    return false;
  auto const minute = take_number(rest, 2, *hour == 14 ? 0 : 59);
  if (!minute)
    return false;
  parts.offset = (west ? -1 : 1) * minutes{*hour * 60 + *minute};
  return true;
}

std::optional<DateTimeParts> scan(std::string_view rest, Grammar grammar) {
  DateTimeParts parts;
  if (!take_date(rest, parts))
    return std::nullopt;
  if (rest.empty())
    return grammar != Grammar::Instant ? std::optional{parts} : std::nullopt;
  if (grammar == Grammar::Date || parts.precision != Precision::Day || !take(rest, 'T') ||
      !take_time(rest, parts, grammar))
    return std::nullopt;
  if (rest.empty() && grammar == Grammar::Search)
    return parts;
  return take_offset(rest, parts) && rest.empty() ? std::optional{parts} : std::nullopt;
}

} // namespace

Result<DateTime> DateTime::parse_date(std::string_view text) {
  if (auto const parts = scan(text, Grammar::Date))
    return DateTime{text, *parts};
  return fail(Fault::Value, "A date such as 2026, 2026-03 or 2026-03-04 is expected here.");
}

Result<DateTime> DateTime::parse(std::string_view text) {
  if (auto const parts = scan(text, Grammar::DateTime))
    return DateTime{text, *parts};
  return fail(Fault::Value,
              "A date such as 2026-03-04, or with the time 2026-03-04T10:20:30+01:00, is expected here.");
}

Result<DateTime> DateTime::parse_instant(std::string_view text) {
  if (auto const parts = scan(text, Grammar::Instant))
    return DateTime{text, *parts};
  return fail(Fault::Value, "An instant such as 2026-03-04T10:20:30.5+01:00 is expected here.");
}

Result<DateTime> DateTime::parse_search(std::string_view text) {
  if (auto const parts = scan(text, Grammar::Search))
    return DateTime{text, *parts};
  return fail(Fault::Value,
              "A date such as 2026-03-04, or with the time 2026-03-04T10:20, is expected here.");
}

// https://hl7.org/fhir/R4/search.html#date
InstantRange DateTime::range(TimeZone const& zone) const {
  using namespace std::chrono;
  auto const midnight = [&](year_month_day day) { return zone.first_instant(local_days{day}); };
  auto const date = parts_.date;
  switch (parts_.precision) {
  case Precision::Year:
    return {.low = midnight(date), .high = midnight(date + years{1})};
  case Precision::Month:
    return {.low = midnight(date), .high = midnight(date + months{1})};
  case Precision::Day:
    return zone.day(date);
  case Precision::Minute:
  case Precision::Second:
  case Precision::Fraction:
    break;
  }
  auto const low = parts_.offset ? Instant{sys_days{date} + parts_.time - *parts_.offset}
                                 : zone.first_instant(local_days{date} + parts_.time);
  return {.low = low, .high = low + parts_.width};
}

bool is_date(std::string_view text) noexcept {
  return scan(text, Grammar::Date).has_value();
}

bool is_date_time(std::string_view text) noexcept {
  return scan(text, Grammar::DateTime).has_value();
}

bool is_instant(std::string_view text) noexcept {
  return scan(text, Grammar::Instant).has_value();
}

bool is_time(std::string_view text) noexcept {
  DateTimeParts parts;
  return take_time(text, parts, Grammar::DateTime) && text.empty();
}

namespace {

/// "2026-11-22T10:20:30.123": what the clock shows, as if `clock` were its instant in UTC.
std::string format_clock(Instant clock) {
  auto const day = std::chrono::floor<std::chrono::days>(clock);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{clock - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

} // namespace

std::string format_instant(Instant at) {
  return format_clock(at) + 'Z';
}

std::string format_instant(Instant at, TimeZone const& zone) {
  auto const offset = zone.offset(at);
  auto const size = std::chrono::abs(offset).count();
  return fmt::format("{}{}{:02}:{:02}", format_clock(at + offset), offset < minutes{0} ? '-' : '+',
                     size / 60, size % 60);
}

} // namespace tripsis::fhir
