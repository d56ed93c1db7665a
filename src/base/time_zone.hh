// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A time zone of the IANA database, such as America/New_York: what a clinic's "Tuesday" means in instants.
//
// time_zone.cc is the only file that uses a time zone library. The zones are those of the machine
// (/usr/share/zoneinfo), whose tables reach to 2037; after that a zone keeps its last offset.
#pragma once

#include "base/clock.hh"
#include "base/result.hh"

#include <chrono>
#include <string>
#include <string_view>

namespace date {
class time_zone; // NOLINT(readability-identifier-naming): not ours
}

namespace tripsis {

/// The half-open span [low, high).
struct InstantRange {
  Instant low, high;
  bool contains(Instant at) const noexcept { return low <= at && at < high; }
  friend bool operator==(InstantRange const&, InstantRange const&) = default;
};

/// What a clock on the wall shows, in milliseconds; it stands for an instant only together with a zone.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

/// A value, cheap to copy. Thread-safe.
class TimeZone {
public:
  /// Fault::NotFound for a name that the machine's database does not hold. Throws where there is no
  /// database.
  static Result<TimeZone> find(std::string_view iana_name);
  static TimeZone utc() noexcept { return TimeZone{nullptr}; }

  /// "America/New_York"; "UTC" for utc().
  std::string_view name() const noexcept;

  /// The difference from UTC at that instant, rounded to minutes, as FHIR writes it. (Before 1972 some had
  /// seconds.)
  std::chrono::minutes offset(Instant at) const;
  LocalTime local(Instant at) const;
  std::chrono::year_month_day date(Instant at) const {
    return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(local(at))};
  }

  /// The first instant at which the clock shows `local`. Where the clock is put forward past it: the
  /// instant of the jump.
  Instant first_instant(LocalTime local) const;
  /// From the day's midnight to the next day's; 23 or 25 hours where the clock is changed. Days never
  /// overlap.
  InstantRange day(std::chrono::year_month_day day) const;

private:
  explicit TimeZone(date::time_zone const* zone) noexcept : zone_{zone} {}
  date::time_zone const* zone_; // null: UTC. Lives as long as the program.
};

} // namespace tripsis
