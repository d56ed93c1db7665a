// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Nights, windows of four weeks and weekly means, computed by hand.
#include "clinic/outcome/diary.hh"

#include <gtest/gtest.h>

namespace tripsis::clinic::outcome {
namespace {

constexpr Day first{std::chrono::year{2026} / 10 / 1};

constexpr int at(int hours, int minutes) {
  return hours * 60 + minutes;
}

TEST(Diary, sleep_is_what_is_left_of_the_dark_hours) {
  // In bed 22:30 to 06:45: 495 min. Dark 23:00 to 06:30: 450, less 20 and 40 awake: 390. 390 / 495 = 78.79
  // %
  auto const night = sleep_of({.to_bed = at(22, 30),
                               .lights_out = at(23, 0),
                               .minutes_to_sleep = 20,
                               .minutes_awake = 40,
                               .final_wake = at(6, 30),
                               .out_of_bed = at(6, 45)});
  ASSERT_TRUE(night);
  EXPECT_EQ(night->asleep, 390);
  EXPECT_EQ(night->in_bed, 495);
  EXPECT_EQ(night->efficiency.text(), "78.8");
  // Without the two: 23:00 to 07:00 is 480, 10 awake: 470 / 480 = 97.92 %
  auto const plain = sleep_of({.to_bed = at(23, 0), .minutes_to_sleep = 10, .final_wake = at(7, 0)});
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->efficiency.text(), "97.9");
  // After midnight: 00:30 to 06:30 is 360
  EXPECT_EQ(sleep_of({.to_bed = at(0, 30), .final_wake = at(6, 30)})->efficiency.text(), "100");
}

TEST(Diary, times_that_do_not_go_together_give_nothing) {
  EXPECT_FALSE(sleep_of({.to_bed = at(23, 0), .minutes_awake = 500, .final_wake = at(7, 0)}));
  EXPECT_FALSE(sleep_of({.to_bed = at(23, 0), .final_wake = at(23, 0)}));
  EXPECT_FALSE(sleep_of({.to_bed = at(24, 0), .final_wake = at(7, 0)}));
  EXPECT_FALSE(sleep_of({.to_bed = at(23, 0), .minutes_to_sleep = -1, .final_wake = at(7, 0)}));
  // Up an hour before they woke: 23 hours later
  EXPECT_FALSE(sleep_of({.to_bed = at(23, 0), .final_wake = at(7, 0), .out_of_bed = at(6, 0)}));
}

TEST(Diary, a_window_has_28_days_and_holds_with_23_of_them) {
  std::map<Day, bool> entries;
  for (int day = 0; day < 28; ++day)
    entries[first + std::chrono::days{day}] = day % 4 == 0; // 7 of 28
  auto windows = windows_of(entries);
  ASSERT_EQ(windows.size(), 1U);
  EXPECT_EQ(windows[0].last, first + std::chrono::days{27});
  EXPECT_EQ(windows[0].days, 7);
  EXPECT_EQ(windows[0].filled, 28);
  for (int day = 1; day <= 5; ++day)
    entries.erase(first + std::chrono::days{day}); // one of the seven among them: day 4
  windows = windows_of(entries);
  EXPECT_EQ(windows[0].filled, 23);
  EXPECT_EQ(windows[0].days, 6);
  EXPECT_TRUE(windows[0].is_valid());
  entries.erase(first + std::chrono::days{6});
  EXPECT_FALSE(windows_of(entries)[0].is_valid()); // 22: a missing day is not one without
}

TEST(Diary, windows_count_back_from_the_newest_entry) {
  std::map<Day, bool> entries;
  for (int day = 0; day < 60; ++day)
    entries[first + std::chrono::days{day}] = true;
  auto const windows = windows_of(entries);
  ASSERT_EQ(windows.size(), 3U); // 28 + 28 + 4
  EXPECT_EQ(windows[0].filled, 4);
  EXPECT_EQ(windows[1].filled, 28);
  EXPECT_EQ(windows[2].last, first + std::chrono::days{59});
  EXPECT_TRUE(windows_of({}).empty());
}

TEST(Diary, a_week_has_the_mean_of_its_nights) {
  std::map<Day, double> nights{{first, 80}, {first + std::chrono::days{6}, 85.5}};
  auto weeks = weekly_means(nights);
  ASSERT_EQ(weeks.size(), 1U);
  EXPECT_EQ(weeks[0].mean.text(), "82.8");    // 165.5 / 2 = 82.75
  nights[first + std::chrono::days{20}] = 90; // three weeks, the middle one without a night
  weeks = weekly_means(nights);
  ASSERT_EQ(weeks.size(), 2U);
  EXPECT_EQ(weeks[1].mean.text(), "90");
  EXPECT_TRUE(weekly_means({}).empty());
}

} // namespace
} // namespace tripsis::clinic::outcome
