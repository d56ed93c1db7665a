// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhir/date_time.hh"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace tripsis::fhir {
namespace {

using namespace std::chrono;

/// Any millisecond of the years 1900 to 2100.
rc::Gen<Instant> instants() {
  return rc::gen::map(rc::gen::inRange(-2'208'988'800'000LL, 4'133'980'800'000LL),
                      [](long long ms) { return Instant{milliseconds{ms}}; });
}

rc::Gen<TimeZone> zones() {
  return rc::gen::map(rc::gen::element("UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu",
                                       "America/Havana", "Pacific/Apia", "Australia/Lord_Howe",
                                       "Africa/Monrovia"),
                      [](char const* name) { return TimeZone::find(name).value(); });
}

/// An instant's text cut to one of the precisions, and the precision.
std::string cut(std::string text, Precision precision) {
  switch (precision) {
  case Precision::Year:
    return text.substr(0, 4);
  case Precision::Month:
    return text.substr(0, 7);
  case Precision::Day:
    return text.substr(0, 10);
  case Precision::Minute:
    return text.substr(0, 16) + 'Z';
  case Precision::Second:
    return text.substr(0, 19) + 'Z';
  case Precision::Fraction:
    break;
  }
  return text;
}

rc::Gen<Precision> precisions() {
  return rc::gen::element(Precision::Year, Precision::Month, Precision::Day, Precision::Minute,
                          Precision::Second, Precision::Fraction);
}

RC_GTEST_PROP(DateTimeProperty, an_instant_is_the_start_of_the_range_that_it_is_written_as, ()) {
  auto const at = *instants();
  auto const zone = *zones();
  auto const text = format_instant(at, zone);
  auto const parsed = DateTime::parse_instant(text).value();
  RC_ASSERT(parsed.text() == text);
  RC_ASSERT(parsed.range(TimeZone::utc()) == (InstantRange{at, at + milliseconds{1}}));
  RC_ASSERT(DateTime::parse_instant(format_instant(at)).value().range(zone) ==
            (InstantRange{at, at + milliseconds{1}}));
}

RC_GTEST_PROP(DateTimeProperty, a_coarser_date_contains_the_finer_one, ()) {
  auto const text = format_instant(*instants());
  auto const precision = *precisions();
  auto const coarse = DateTime::parse_search(cut(text, precision)).value();
  RC_ASSERT(coarse.precision() == precision);
  auto const fine = DateTime::parse(text).value().range(TimeZone::utc());
  auto const range = coarse.range(TimeZone::utc());
  RC_ASSERT(range.low <= fine.low);
  RC_ASSERT(fine.high <= range.high);
}

RC_GTEST_PROP(DateTimeProperty, ranges_of_one_precision_are_ordered_as_the_texts_are, ()) {
  auto const precision = *precisions();
  auto const zone = *zones();
  auto const a = cut(format_instant(*instants()), precision);
  auto const b = cut(format_instant(*instants()), precision);
  auto const x = DateTime::parse_search(a).value().range(zone);
  auto const y = DateTime::parse_search(b).value().range(zone);
  RC_ASSERT(a != b || x == y);
  RC_ASSERT(a >= b || x.high <= y.low);
  RC_ASSERT(b >= a || y.high <= x.low);
}

RC_GTEST_PROP(DateTimeProperty, every_instant_lies_in_the_day_that_its_zone_shows, ()) {
  auto const at = *instants();
  auto const zone = *zones();
  auto const day = zone.day(zone.date(at));
  RC_ASSERT(day.contains(at));
}

RC_GTEST_PROP(DateTimeProperty, never_fails_on_any_text, (std::string const& text)) {
  RC_ASSERT(DateTime::parse(text).has_value() == is_date_time(text));
  RC_ASSERT(DateTime::parse_date(text).has_value() == is_date(text));
  RC_ASSERT(DateTime::parse_instant(text).has_value() == is_instant(text));
}

} // namespace
} // namespace tripsis::fhir
