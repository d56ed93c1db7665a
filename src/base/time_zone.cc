// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Over Howard Hinnant's date-tz, reading the machine's compiled zone files. Its throwing look-ups are not
// used: a name comes from a person's configuration, and a gap in local time is nobody's fault.
#include "base/time_zone.hh"

#include <algorithm>

#include <date/tz.h>

namespace tripsis {
namespace {

using Seconds = std::chrono::seconds;

date::sys_time<Seconds> whole_seconds(Instant at) {
  return std::chrono::floor<Seconds>(at);
}

} // namespace

Result<TimeZone> TimeZone::find(std::string_view iana_name) {
  if (iana_name == "UTC")
    return utc();
  auto const& zones = date::get_tzdb().zones;
  auto const zone = std::ranges::find(zones, iana_name, &date::time_zone::name);
  if (zone == zones.end())
    return fail(Fault::NotFound, "There is no time zone of this name; it should be like America/New_York.");
  return TimeZone{&*zone};
}

std::string_view TimeZone::name() const noexcept {
  return zone_ != nullptr ? std::string_view{zone_->name()} : "UTC";
}

std::chrono::minutes TimeZone::offset(Instant at) const {
  if (zone_ == nullptr)
    return std::chrono::minutes{0};
  return std::chrono::round<std::chrono::minutes>(zone_->get_info(whole_seconds(at)).offset);
}

LocalTime TimeZone::local(Instant at) const {
  auto const exact = zone_ != nullptr ? zone_->get_info(whole_seconds(at)).offset : Seconds{0};
  return LocalTime{(at + exact).time_since_epoch()};
}

Instant TimeZone::first_instant(LocalTime local) const {
  Instant const as_utc{local.time_since_epoch()};
  if (zone_ == nullptr)
    return as_utc;
  auto const info = zone_->get_info(date::local_time<Seconds>{whole_seconds(as_utc).time_since_epoch()});
  if (info.result == date::local_info::nonexistent)
    return info.first.end;
  return as_utc - info.first.offset;
}

InstantRange TimeZone::day(std::chrono::year_month_day day) const {
  std::chrono::local_days const midnight{day};
  return {.low = first_instant(midnight), .high = first_instant(midnight + std::chrono::days{1})};
}

} // namespace tripsis
