// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "fhir/date_time.hh"

#include <gtest/gtest.h>

namespace tripsis::fhir {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

DateTime date_time(std::string_view text) {
  return DateTime::parse(text).value();
}

InstantRange utc_range(std::string_view text) {
  return DateTime::parse_search(text).value().range(TimeZone::utc());
}

TEST(DateTime, keeps_its_written_form_and_precision) {
  for (auto const& [text, precision] : std::initializer_list<std::pair<std::string_view, Precision>>{
           {"2012", Precision::Year},
           {"2012-03", Precision::Month},
           {"2012-02-29", Precision::Day},
           {"2012-02-29T10:20:30Z", Precision::Second},
           {"2012-02-29T23:59:60Z", Precision::Second},
           {"2012-02-29T10:20:30.0-05:30", Precision::Fraction},
           {"2012-02-29T10:20:30.123456789012+14:00", Precision::Fraction}}) {
    EXPECT_EQ(date_time(text).text(), text);
    EXPECT_EQ(date_time(text).precision(), precision) << text;
    EXPECT_TRUE(is_date_time(text)) << text;
  }
}

TEST(DateTime, refuses_what_the_grammar_or_the_calendar_refuses) {
  for (auto text : {"",
                    "12",
                    "0000",
                    "20122",
                    "2012-",
                    "2012-3",
                    "2012-00",
                    "2012-13",
                    "2012-02-30",
                    "2011-02-29",
                    "1900-02-29",
                    "2012-04-31",
                    "2012-04-00",
                    "2012/04/01",
                    "2012-04-01T",
                    "2012-04-01T10",
                    "2012-04-01T10:20",
                    "2012-04-01T10:20:30",
                    "2012-04-01T24:00:00Z",
                    "2012-04-01T10:60:00Z",
                    "2012-04-01T10:20:61Z",
                    "2012-04-01T10:20:30.Z",
                    "2012-04-01T10:20:30z",
                    "2012-04-01 10:20:30Z",
                    "2012-04-01T10:20:30+15:00",
                    "2012-04-01T10:20:30+14:01",
                    "2012-04-01T10:20:30+1:00",
                    "2012-04-01T10:20:30+0100",
                    "2012-04-01T10:20:30Z ",
                    " 2012",
                    "-2012",
                    "2012-04T10:20:30Z",
                    "2012T10:20:30Z"}) {
    EXPECT_EQ(DateTime::parse(text).error().fault, Fault::Value) << text;
    EXPECT_FALSE(is_date_time(text)) << text;
  }
}

TEST(DateTime, dates_have_no_time_and_instants_have_it_in_full) {
  EXPECT_TRUE(DateTime::parse_date("2012-03"));
  EXPECT_FALSE(DateTime::parse_date("2012-03-04T10:20:30Z"));
  EXPECT_TRUE(DateTime::parse_instant("2012-03-04T10:20:30Z"));
  EXPECT_FALSE(DateTime::parse_instant("2012-03-04"));
  EXPECT_TRUE(is_date("2012"));
  EXPECT_FALSE(is_instant("2012-03-04T10:20:30"));
}

TEST(DateTime, a_search_may_leave_out_seconds_and_offset) {
  EXPECT_EQ(DateTime::parse_search("2012-03-04T10:20").value().precision(), Precision::Minute);
  EXPECT_TRUE(DateTime::parse_search("2012-03-04T10:20Z"));
  EXPECT_TRUE(DateTime::parse_search("2012-03-04T10:20:30"));
  EXPECT_FALSE(DateTime::parse_search("2012-03-04T10"));
}

TEST(DateTime, times_stand_alone) {
  for (auto text : {"00:00:00", "23:59:59", "23:59:60", "10:20:30.5", "10:20:30.123456"})
    EXPECT_TRUE(is_time(text)) << text;
  for (auto text : {"", "24:00:00", "10:20", "10:20:30.", "10:20:30Z", "1:20:30", "10:20:30+01:00"})
    EXPECT_FALSE(is_time(text)) << text;
}

TEST(DateTime, stands_for_the_span_of_its_precision) {
  EXPECT_EQ(utc_range("2012"), (InstantRange{sys_days{2012y / 1 / 1}, sys_days{2013y / 1 / 1}}));
  EXPECT_EQ(utc_range("2012-12"), (InstantRange{sys_days{2012y / 12 / 1}, sys_days{2013y / 1 / 1}}));
  EXPECT_EQ(utc_range("2012-02-29"), (InstantRange{sys_days{2012y / 2 / 29}, sys_days{2012y / 3 / 1}}));
  Instant const second = sys_days{2012y / 2 / 29} + 10h + 20min + 30s;
  EXPECT_EQ(utc_range("2012-02-29T10:20"), (InstantRange{second - 30s, second + 30s}));
  EXPECT_EQ(utc_range("2012-02-29T10:20:30Z"), (InstantRange{second, second + 1s}));
  EXPECT_EQ(utc_range("2012-02-29T10:20:30.1Z"), (InstantRange{second + 100ms, second + 200ms}));
  EXPECT_EQ(utc_range("2012-02-29T10:20:30.123Z"), (InstantRange{second + 123ms, second + 124ms}));
  EXPECT_EQ(utc_range("2012-02-29T10:20:30.123999Z"), (InstantRange{second + 123ms, second + 124ms}));
  EXPECT_EQ(utc_range("2012-02-29T15:50:30+05:30"), (InstantRange{second, second + 1s}));
  EXPECT_EQ(utc_range("9999").high, Instant{sys_days{year{10000} / 1 / 1}});
}

TEST(DateTime, without_an_offset_it_is_the_clinics_time) {
  auto const zone = TimeZone::find("America/New_York").value();
  EXPECT_EQ(DateTime::parse("2026-11-22").value().range(zone).low, Instant{sys_days{2026y / 11 / 22} + 5h});
  EXPECT_EQ(DateTime::parse("2026").value().range(zone).high, Instant{sys_days{2027y / 1 / 1} + 5h});
  EXPECT_EQ(DateTime::parse_search("2026-07-01T10:00").value().range(zone).low,
            Instant{sys_days{2026y / 7 / 1} + 14h});
  EXPECT_EQ(DateTime::parse("2026-11-22T10:00:00Z").value().range(zone).low,
            Instant{sys_days{2026y / 11 / 22} + 10h});
}

TEST(DateTime, writes_instants) {
  Instant const at = sys_days{2026y / 11 / 22} + 3h + 20min + 30s + 7ms;
  EXPECT_EQ(format_instant(at), "2026-11-22T03:20:30.007Z");
  EXPECT_EQ(format_instant(at, TimeZone::find("America/New_York").value()),
            "2026-11-21T22:20:30.007-05:00");
  EXPECT_EQ(format_instant(at, TimeZone::find("Asia/Kathmandu").value()), "2026-11-22T09:05:30.007+05:45");
  EXPECT_EQ(format_instant(at, TimeZone::utc()), "2026-11-22T03:20:30.007+00:00");
  EXPECT_EQ(format_instant(Instant{-1ms}), "1969-12-31T23:59:59.999Z");
}

} // namespace
} // namespace tripsis::fhir
