// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhirpath/temporal.hh"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

namespace tripsis::fhirpath {
namespace {

using Precision = Temporal::Precision;
using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t nanoseconds_a_second = 1'000'000'000;
constexpr int milliseconds_digits = 3;
constexpr int widest_zone = 14 * 60;
constexpr int western_zone = -12 * 60;

/// Reads a run of digits of a fixed length after a given sign.
class Reader {
public:
  explicit Reader(std::string_view text) : rest_{text} {}
  bool done() const { return rest_.empty(); }
  bool take(char sign) {
    bool const found = rest_.starts_with(sign);
    rest_.remove_prefix(found ? 1 : 0);
    return found;
  }
  /// -1 where they are not there.
  int number(std::size_t count) {
    if (rest_.size() < count)
      return -1;
    int value = 0;
    for (char const c : rest_.substr(0, count)) {
      if (c < '0' || c > '9')
        return -1;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  /// Digits up to the next sign; nanoseconds are kept.
  bool fraction(Temporal& out) {
    int count = 0, value = 0;
    for (; !rest_.empty() && '0' <= rest_.front() && rest_.front() <= '9'; rest_.remove_prefix(1))
      if (count < 9) {
        value = value * 10 + (rest_.front() - '0');
        ++count;
      }
    out.fraction_digits = count;
    for (int i = count; i < 9; ++i)
      value *= 10;
    out.nanoseconds = value;
    return count > 0;
  }

private:
  std::string_view rest_;
};

bool read_zone(Reader& in, Temporal& out) {
  if (in.take('Z')) {
    out.zulu = true;
    out.offset_minutes = 0;
    return true;
  }
  int const sign = in.take('+') ? 1 : in.take('-') ? -1 : 0;
  if (sign == 0)
    return true;
  int const hours = in.number(2);
  int const minutes = in.take(':') ? in.number(2) : -1;
  if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > widest_zone)
    return false;
  out.offset_minutes = sign * (hours * 60 + minutes);
  return true;
}

bool read_time(Reader& in, Temporal& out) {
  out.precision = Precision::Hour;
  out.hour = in.number(2);
  if (out.hour < 0 || out.hour > 23)
    return false;
  if (!in.take(':'))
    return true;
  out.precision = Precision::Minute;
  out.minute = in.number(2);
  if (out.minute < 0 || out.minute > 59)
    return false;
  if (!in.take(':'))
    return true;
  out.precision = Precision::Second;
  out.second = in.number(2);
  if (out.second < 0 || out.second > 60)
    return false;
  return !in.take('.') || in.fraction(out);
}

bool read_day(Reader& in, Temporal& out) {
  int const year = in.number(4);
  int month = 1, day = 1;
  out.precision = Precision::Year;
  if (year < 1)
    return false;
  if (in.take('-')) {
    out.precision = Precision::Month;
    month = in.number(2);
    if (month >= 0 && in.take('-')) {
      out.precision = Precision::Day;
      day = in.number(2);
    }
  }
  if (month < 1 || day < 1)
    return false;
  out.day = std::chrono::year{year} / month / day;
  return out.day.ok();
}

std::int64_t nanoseconds_of_day(Temporal const& t) {
  return ((t.hour * 60 + t.minute) * 60 + t.second) * nanoseconds_a_second + t.nanoseconds;
}

/// In the order of Precision; seconds are in nanoseconds.
std::array<std::int64_t, 6> fields(Temporal const& t) {
  return {int{t.day.year()},
          unsigned{t.day.month()},
          unsigned{t.day.day()},
          t.hour,
          t.minute,
          t.second * nanoseconds_a_second + t.nanoseconds};
}

/// The same instant in UTC; only for what is given to the hour or finer.
Temporal in_utc(Temporal t, int zone_minutes) {
  auto const offset = t.offset_minutes.value_or(zone_minutes);
  auto at = sys_days{t.day} + std::chrono::hours{t.hour} + std::chrono::minutes{t.minute - offset};
  auto const day = std::chrono::floor<days>(at);
  t.day = day;
  auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(at - day).count();
  t.hour = static_cast<int>(minutes / 60);
  t.minute = static_cast<int>(minutes % 60);
  return t;
}

enum class Unit : unsigned char { Year, Month, Day, Nanoseconds, None };
struct Step {
  Unit unit;
  std::int64_t length = 1; ///< Days, or nanoseconds
};

Step step_of(std::string_view unit) {
  auto const is = [&](std::string_view name) {
    return unit == name ||
           (unit.size() == name.size() + 1 && unit.starts_with(name) && unit.ends_with('s'));
  };
  if (is("year"))
    return {Unit::Year};
  if (is("month"))
    return {Unit::Month};
  if (is("week") || unit == "wk")
    return {Unit::Day, 7};
  if (is("day") || unit == "d")
    return {Unit::Day};
  if (is("hour") || unit == "h")
    return {Unit::Nanoseconds, 3600 * nanoseconds_a_second};
  if (is("minute") || unit == "min")
    return {Unit::Nanoseconds, 60 * nanoseconds_a_second};
  if (is("second") || unit == "s")
    return {Unit::Nanoseconds, nanoseconds_a_second};
  if (is("millisecond") || unit == "ms")
    return {Unit::Nanoseconds, nanoseconds_a_second / 1000};
  return {Unit::None};
}

void add_months(Temporal& t, std::int64_t count) {
  auto const day = t.day + months{count};
  t.day = day.ok() ? day : year_month_day{day.year() / day.month() / std::chrono::last};
}

void add_nanoseconds(Temporal& t, std::int64_t count) {
  constexpr auto a_day = 86'400 * nanoseconds_a_second;
  auto total = nanoseconds_of_day(t) + count % a_day;
  auto carried = count / a_day + total / a_day;
  total %= a_day;
  if (total < 0) {
    total += a_day;
    --carried;
  }
  if (t.kind != System::Time)
    t.day = sys_days{t.day} + days{carried};
  t.nanoseconds = static_cast<int>(total % nanoseconds_a_second);
  total /= nanoseconds_a_second;
  t.second = static_cast<int>(total % 60);
  t.minute = static_cast<int>(total / 60 % 60);
  t.hour = static_cast<int>(total / 3600);
}

/// A unit finer than what is known of `from` is turned into the finest that is.
void coarsen(Temporal const& from, Step& step, std::int64_t& count) {
  if (from.kind == System::Time)
    return;
  if (step.unit == Unit::Nanoseconds && from.precision <= Precision::Day) {
    count /= 86'400 * nanoseconds_a_second;
    step.unit = Unit::Day;
  }
  if (step.unit == Unit::Day && from.precision <= Precision::Month) {
    count /= from.precision == Precision::Year ? 365 : 30;
    step.unit = from.precision == Precision::Year ? Unit::Year : Unit::Month;
  }
  if (step.unit == Unit::Month && from.precision == Precision::Year) {
    count /= 12;
    step.unit = Unit::Year;
  }
}

Precision precision_of_digits(int digits, System kind) {
  int const n = kind == System::Time ? digits + 8 : digits;
  return n <= 4    ? Precision::Year
         : n <= 6  ? Precision::Month
         : n <= 8  ? Precision::Day
         : n <= 10 ? Precision::Hour
         : n <= 12 ? Precision::Minute
                   : Precision::Second;
}

} // namespace

std::optional<Temporal> Temporal::parse(std::string_view text, System kind) {
  Temporal out;
  out.kind = kind;
  Reader in{text};
  bool good = false;
  if (kind == System::Time) {
    good = read_time(in, out);
  } else {
    good = read_day(in, out);
    if (good && kind == System::DateTime && out.precision == Precision::Day && in.take('T'))
      good = read_time(in, out) && read_zone(in, out);
  }
  return good && in.done() ? std::optional{out} : std::nullopt;
}

std::string Temporal::format() const {
  std::string out;
  if (kind != System::Time) {
    out = fmt::format("{:04}", int{day.year()});
    if (precision >= Precision::Month)
      out += fmt::format("-{:02}", unsigned{day.month()});
    if (precision >= Precision::Day)
      out += fmt::format("-{:02}", unsigned{day.day()});
    if (precision < Precision::Hour)
      return out;
    out += 'T';
  }
  out += fmt::format("{:02}", hour);
  if (precision >= Precision::Minute)
    out += fmt::format(":{:02}", minute);
  if (precision >= Precision::Second)
    out += fmt::format(":{:02}", second);
  if (fraction_digits > 0)
    out += '.' + fmt::format("{:09}", nanoseconds).substr(0, static_cast<std::size_t>(fraction_digits));
  if (zulu)
    out += 'Z';
  else if (offset_minutes)
    out += fmt::format("{}{:02}:{:02}", *offset_minutes < 0 ? '-' : '+', std::abs(*offset_minutes) / 60,
                       std::abs(*offset_minutes) % 60);
  return out;
}

std::optional<std::strong_ordering> compare(Temporal const& a, Temporal const& b, int zone_minutes) {
  if ((a.kind == System::Time) != (b.kind == System::Time))
    return std::nullopt;
  bool const timed =
      a.kind != System::Time && a.precision >= Precision::Hour && b.precision >= Precision::Hour;
  bool const same_zone = a.offset_minutes == b.offset_minutes;
  auto const left = fields(timed && !same_zone ? in_utc(a, zone_minutes) : a);
  auto const right = fields(timed && !same_zone ? in_utc(b, zone_minutes) : b);
  auto const common = static_cast<std::size_t>(std::min(a.precision, b.precision));
  for (std::size_t i = 0; i <= common; ++i)
    if (left[i] != right[i])
      return left[i] <=> right[i];
  if (a.precision != b.precision)
    return std::nullopt;
  return std::strong_ordering::equal;
}

std::optional<Temporal> later(Temporal const& from, Scaled amount, std::string_view unit) {
  auto step = step_of(unit);
  if (step.unit == Unit::None || (from.kind == System::Time && step.unit != Unit::Nanoseconds))
    return std::nullopt;
  // Parts of a unit count only for seconds and below (http://hl7.org/fhirpath/N1/#datetime-arithmetic).
  bool const parts = step.unit == Unit::Nanoseconds && step.length <= nanoseconds_a_second;
  auto const scaled = parts ? multiply(amount, whole(step.length)) : std::optional{amount};
  auto const rounded = scaled ? round_to(*scaled, 0, Rounding::TowardZero) : std::nullopt;
  auto count = rounded ? to_integer(*rounded) : std::nullopt;
  if (!count || (!parts && __builtin_mul_overflow(*count, step.length, &*count)))
    return std::nullopt;
  coarsen(from, step, *count);
  if (step.unit == Unit::Year && __builtin_mul_overflow(*count, 12, &*count))
    return std::nullopt;
  constexpr std::int64_t most = 4'000'000; // days in ten thousand years, and more than the months in them
  if (step.unit != Unit::Nanoseconds && (*count > most || *count < -most))
    return std::nullopt;

  Temporal out = from;
  if (step.unit == Unit::Nanoseconds)
    add_nanoseconds(out, *count);
  else if (step.unit == Unit::Day)
    out.day = sys_days{out.day} + days{*count};
  else
    add_months(out, *count);
  int const year{out.day.year()};
  if (year < 1 || year > 9999)
    return std::nullopt;
  return out;
}

std::optional<Temporal> boundary(Temporal from, Bound bound, int digits) {
  bool const time = from.kind == System::Time;
  auto const longest = time ? 9 : from.kind == System::Date ? 8 : 17;
  auto const allowed = {4, 6, 8, 10, 12, 14, 17};
  if (digits > longest || std::ranges::find(allowed, time ? digits + 8 : digits) == allowed.end() ||
      (time && digits < 2))
    return std::nullopt;
  bool const high = bound == Bound::High;
  if (from.precision < Precision::Month)
    from.day = from.day.year() / (high ? 12 : 1) / 1;
  if (from.precision < Precision::Day)
    from.day = high ? year_month_day{from.day.year() / from.day.month() / std::chrono::last}
                    : from.day.year() / from.day.month() / 1;
  if (from.precision < Precision::Hour)
    from.hour = high ? 23 : 0;
  if (from.precision < Precision::Minute)
    from.minute = high ? 59 : 0;
  if (from.precision < Precision::Second)
    from.second = high ? 59 : 0;
  if (from.fraction_digits < milliseconds_digits && high) {
    int unit = 1'000'000;
    for (int i = from.fraction_digits; i < milliseconds_digits; ++i)
      unit *= 10;
    from.nanoseconds += unit - 1'000'000;
  }
  from.precision = precision_of_digits(digits, from.kind);
  from.fraction_digits = digits == longest && from.kind != System::Date ? milliseconds_digits : 0;
  if (from.precision < Precision::Hour) {
    from.offset_minutes.reset();
    from.zulu = false;
  } else if (!time && !from.offset_minutes) {
    from.offset_minutes = high ? western_zone : widest_zone;
  }
  return from;
}

int digits_of(Temporal const& value) {
  constexpr std::array<int, 6> counts{4, 6, 8, 10, 12, 14};
  int const n = counts[static_cast<std::size_t>(value.precision)] + value.fraction_digits;
  return value.kind == System::Time ? n - 8 : n;
}

} // namespace tripsis::fhirpath
