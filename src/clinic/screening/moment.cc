// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/screening/moment.hh"

#include "fhir/date_time.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::screening {
namespace {

using namespace std::chrono;

Day last_day(year_month_day first, fhir::Precision precision) {
  if (precision == fhir::Precision::Year)
    return sys_days{first.year() / December / 31};
  if (precision == fhir::Precision::Month)
    return sys_days{first.year() / first.month() / last};
  return sys_days{first};
}

} // namespace

std::optional<Moment> parse_moment(std::string_view text, TimeZone const* zone) {
  auto const parsed =
      fhir::DateTime::parse_search(text); // Records of elsewhere leave out seconds and offsets.
  if (!parsed)
    return std::nullopt;
  auto const& parts = parsed->parts();
  auto const first = sys_days{parts.date};
  if (parts.precision <= fhir::Precision::Day)
    return Moment{first, last_day(parts.date, parts.precision), {}};
  if (!parts.offset)
    return Moment{first, first, {}};
  auto const instant = Instant{first + parts.time - *parts.offset};
  auto const day = zone != nullptr ? sys_days{zone->date(instant)} : first;
  return Moment{day, day, instant};
}

std::string iso_of(Day day) {
  year_month_day const date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

bool is_newer(Moment const& a, Moment const& b, Day on) noexcept {
  if (a.instant && b.instant)
    return *a.instant > *b.instant;
  return a.day(on) > b.day(on);
}

bool known_on(Day on, std::span<std::optional<Moment> const> dates) noexcept {
  auto const given = [](auto const& date) { return date.has_value(); };
  return std::ranges::none_of(dates, given) ||
         std::ranges::any_of(dates, [on](auto const& date) { return date && date->first <= on; });
}

} // namespace tripsis::clinic::screening
