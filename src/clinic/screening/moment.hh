// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// When something was, as far as the record says: a year, a month, a day or an instant. The safety rules
// count whole days of the clinic's calendar, and let a partial date stand for its latest day that is not
// after the day of evaluation.
#pragma once

#include "base/time_zone.hh"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tripsis::clinic::screening {

using Day = std::chrono::sys_days;

struct Moment {
  Day first, last;                ///< The days that it may stand for; equal for a full date
  std::optional<Instant> instant; ///< Where a time was written too

  /// The latest day that it may stand for and that is not after `on`.
  Day day(Day on) const noexcept { return last < on ? last : on; }
  /// Whole days from then until `on`; negative only when all of it lies after `on`.
  int age(Day on) const noexcept { return static_cast<int>((on - (first > on ? first : day(on))).count()); }
};

/// A FHIR date, dateTime or instant; nullopt for every other text. An instant falls on a day of the
/// clinic's calendar: the one of `zone`, or, where there is no clinic (nullptr), the one that was written.
std::optional<Moment> parse_moment(std::string_view text, TimeZone const* zone);

/// "2026-03-04"
std::string iso_of(Day day);

/// Whether `a` is surely later than `b`. Of two on one day, where one has no time, neither is.
bool is_newer(Moment const& a, Moment const& b, Day on) noexcept;

/// Whether something with these dates was known on the day: its first date is not after it, or it has none.
bool known_on(Day on, std::span<std::optional<Moment> const> dates) noexcept;

} // namespace tripsis::clinic::screening
