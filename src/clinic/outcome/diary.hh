// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What diaries come to: a night's values, and the days of four weeks (knowledge/instruments.yaml,
// sleep_diary, headache_diary, meds). Pure functions.
#pragma once

#include "base/result.hh"
#include "clinic/outcome/score.hh"

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace tripsis::clinic::outcome {

using Day = std::chrono::sys_days;

/// Minutes after midnight; of the evening and of the morning.
struct Night {
  int to_bed = 0;
  std::optional<int> lights_out; ///< nullopt: when they went to bed
  int minutes_to_sleep = 0, minutes_awake = 0;
  int final_wake = 0;
  std::optional<int> out_of_bed; ///< nullopt: when they woke up
};
struct Sleep {
  int asleep = 0, in_bed = 0; ///< Minutes
  Score efficiency;           ///< asleep of in_bed, percent
};
/// Fault::Value where the times do not go together: more awake than in bed, up before awake.
Result<Sleep> sleep_of(Night const& night);

constexpr int window_days = 28, least_days = 23; ///< 80 % of the window
/// A window of 28 days and what was counted in it.
struct Window {
  Day last;
  int filled = 0; ///< Days with an entry
  int days = 0;   ///< Of these, days on which it was so
  bool is_valid() const noexcept { return filled >= least_days; }
};
/// From yes or no a day: windows that end with the newest entry and every 28 days before it, oldest first.
/// A day without an entry is missing, not a no.
std::vector<Window> windows_of(std::map<Day, bool> const& entries);

/// The mean of each week that ends with the newest entry and every 7 days before it, oldest first; weeks
/// without an entry are left out.
struct WeekMean {
  Day last;
  Score mean;
};
std::vector<WeekMean> weekly_means(std::map<Day, double> const& entries);

} // namespace tripsis::clinic::outcome
