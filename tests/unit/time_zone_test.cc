// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/time_zone.hh"

#include <gtest/gtest.h>

namespace tripsis {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

TimeZone zone(std::string_view name) {
  return TimeZone::find(name).value();
}

TEST(TimeZone, is_found_by_its_name) {
  EXPECT_EQ(zone("America/New_York").name(), "America/New_York");
  EXPECT_EQ(zone("UTC").name(), "UTC");
  EXPECT_EQ(TimeZone::find("Mars/Olympus_Mons").error().fault, Fault::NotFound);
  EXPECT_EQ(TimeZone::find("").error().fault, Fault::NotFound);
}

TEST(TimeZone, a_day_is_the_clinics_day) {
  auto const day = zone("America/New_York").day(2026y / 11 / 23);
  EXPECT_EQ(day.low, sys_days{2026y / 11 / 23} + 5h);
  EXPECT_EQ(day.high, sys_days{2026y / 11 / 24} + 5h);
  EXPECT_TRUE(day.contains(day.low));
  EXPECT_FALSE(day.contains(day.high));
  EXPECT_EQ(TimeZone::utc().day(2026y / 11 / 23).low, Instant{sys_days{2026y / 11 / 23}});
}

TEST(TimeZone, days_on_which_the_clock_changes_are_shorter_or_longer) {
  auto const berlin = zone("Europe/Berlin");
  auto const spring = berlin.day(2026y / 3 / 29);
  auto const autumn = berlin.day(2026y / 10 / 25);
  EXPECT_EQ(spring.high - spring.low, 23h);
  EXPECT_EQ(autumn.high - autumn.low, 25h);
}

TEST(TimeZone, a_day_whose_midnight_is_skipped_begins_with_the_jump) {
  // Havana goes from 0:00 to 1:00 on 8 March 2026, and from 1:00 back to 0:00 on 1 November.
  auto const havana = zone("America/Havana");
  EXPECT_EQ(havana.day(2026y / 3 / 8).low, sys_days{2026y / 3 / 8} + 5h);
  EXPECT_EQ(havana.day(2026y / 3 / 7).high, havana.day(2026y / 3 / 8).low);
  EXPECT_EQ(havana.day(2026y / 11 / 1).low, sys_days{2026y / 11 / 1} + 4h);
  EXPECT_EQ(havana.day(2026y / 11 / 1).high - havana.day(2026y / 11 / 1).low, 25h);
}

TEST(TimeZone, tells_the_local_date_and_offset_of_an_instant) {
  auto const kathmandu = zone("Asia/Kathmandu");
  Instant const evening = sys_days{2026y / 11 / 22} + 20h;
  EXPECT_EQ(kathmandu.offset(evening), 5h + 45min);
  EXPECT_EQ(kathmandu.date(evening), 2026y / 11 / 23);
  EXPECT_EQ(kathmandu.local(evening), LocalTime{local_days{2026y / 11 / 23} + 1h + 45min});
  EXPECT_EQ(kathmandu.first_instant(kathmandu.local(evening)), evening);
}

TEST(TimeZone, writes_old_offsets_in_whole_minutes) {
  EXPECT_EQ(zone("America/New_York").offset(sys_days{1850y / 1 / 1}), -(4h + 56min)); // -4:56:02
}

} // namespace
} // namespace tripsis
