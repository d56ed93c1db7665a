// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// FHIR's dates and times, which are as precise as they were written.
//
// "2012" is a whole year and must come back as "2012", so the written form is kept. What a date stands for
// on the line of time is a span, and the span of one without an offset depends on where the clinic is
// (https://hl7.org/fhir/R4/datatypes.html#dateTime, https://hl7.org/fhir/R4/search.html#date).
#pragma once

#include "base/time_zone.hh"

#include <optional>
#include <string>
#include <string_view>

namespace tripsis::fhir {

enum class Precision : unsigned char { Year, Month, Day, Minute, Second, Fraction };

/// What a date, dateTime or instant says, without its spelling.
struct DateTimeParts {
  std::chrono::year_month_day date{}; ///< The first of the month or year where the day is not given
  std::chrono::milliseconds time{0};  ///< Since midnight; what is finer is cut off
  std::chrono::milliseconds width{0}; ///< How long the written precision is, where it is Minute or finer
  std::optional<std::chrono::minutes> offset{}; ///< From UTC
  Precision precision = Precision::Year;
};

/// A date, dateTime or instant. Immutable.
class DateTime {
public:
  /// Each is strict: Fault::Value for what the type's grammar or the calendar refuses (29 February, 24:00).
  /// Second 60 is allowed.
  static Result<DateTime> parse_date(std::string_view text); ///< 2012, 2012-03, 2012-03-04
  static Result<DateTime>
  parse(std::string_view text); ///< dateTime: a date, or with time, seconds and offset
  static Result<DateTime> parse_instant(std::string_view text); ///< To the second at least, with offset
  /// What a search may ask for: as a dateTime, but the seconds and the offset may be left out.
  static Result<DateTime> parse_search(std::string_view text);

  /// As it was written.
  std::string_view text() const noexcept { return text_; }
  DateTimeParts const& parts() const noexcept { return parts_; }
  Precision precision() const noexcept { return parts_.precision; }

  /// The instants [low, high) that the written precision stands for: a whole day, minute, second,
  /// millisecond … What is finer than a millisecond is widened to one. `zone` is used only where no offset
  /// is written.
  InstantRange range(TimeZone const& zone) const;

private:
  DateTime(std::string_view text, DateTimeParts parts) : text_{text}, parts_{parts} {}

  std::string text_;
  DateTimeParts parts_;
};

/// Whether parse_date, parse and parse_instant would accept the text; nothing is allocated.
bool is_date(std::string_view text) noexcept;
bool is_date_time(std::string_view text) noexcept;
bool is_instant(std::string_view text) noexcept;
/// Whether the text is a FHIR time: 10:20:30 or 10:20:30.5, without an offset.
bool is_time(std::string_view text) noexcept;

/// "2026-11-22T10:20:30.123Z": an instant as the server writes it. Years 0001 to 9999.
std::string format_instant(Instant at);
/// "2026-11-22T05:20:30.123-05:00": the same instant on the zone's clock.
std::string format_instant(Instant at, TimeZone const& zone);

} // namespace tripsis::fhir
