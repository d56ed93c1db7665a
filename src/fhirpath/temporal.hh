// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Dates, dateTimes and times that know how precisely they were given
// (http://hl7.org/fhirpath/N1/#datetime-comparison): whether 2026-11 lies before 2026-11-22 has no answer.
#pragma once

#include "fhirpath/numbers.hh"

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tripsis::fhirpath {

enum class System : unsigned char { Boolean, String, Integer, Decimal, Date, DateTime, Time, Quantity };

struct Temporal {
  /// Seconds and what is below them are one precision.
  enum class Precision : unsigned char { Year, Month, Day, Hour, Minute, Second };

  System kind = System::DateTime; ///< Date, DateTime or Time
  Precision precision = Precision::Second;
  std::chrono::year_month_day day{std::chrono::year{1}, std::chrono::month{1},
                                  std::chrono::day{1}}; ///< Not of a Time
  int hour = 0, minute = 0, second = 0;
  int nanoseconds = 0;
  int fraction_digits = 0;           ///< As written, 0 to 9
  std::optional<int> offset_minutes; ///< Of a DateTime with a zone
  bool zulu = false;                 ///< Whether the zone was written Z

  /// As FHIR and FHIRPath write them, without @ and T before; nullopt for what is no day or time.
  static std::optional<Temporal> parse(std::string_view text, System kind);
  std::string format() const;

  friend bool operator==(Temporal const&, Temporal const&) = default;
};

/// The order, as far as both are precise enough; nullopt where they agree up to the precision of the less
/// precise one, and where one is a Time and the other is not. `zone_minutes` is the offset of those that
/// name none.
std::optional<std::strong_ordering> compare(Temporal const& a, Temporal const& b, int zone_minutes);

/// Later by that many of a calendar unit ("day", "months") or of a UCUM unit of definite length ("s",
/// "min", "h", "d", "wk"). nullopt for another unit, and beyond the years 1 to 9999.
std::optional<Temporal> later(Temporal const& from, Scaled amount, std::string_view unit);

enum class Bound : unsigned char { Low, High };
/// The earliest or latest that it can stand for, with so many digits (4 year, 6 month, 8 day, 10 hour … 17
/// millisecond; of a Time 2 hour … 9 millisecond); nullopt for another number of digits.
std::optional<Temporal> boundary(Temporal from, Bound bound, int digits);
/// The number of digits as written, in the same counting.
int digits_of(Temporal const& value);

} // namespace tripsis::fhirpath
