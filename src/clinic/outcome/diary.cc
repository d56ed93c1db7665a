// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/outcome/diary.hh"

#include <cmath>

namespace tripsis::clinic::outcome {
namespace {

constexpr int whole_day = 24 * 60;

/// From one time to the next, which may be after midnight.
int minutes_between(int from, int to) {
  return to >= from ? to - from : to + whole_day - from;
}

} // namespace

Result<Sleep> sleep_of(Night const& night) {
  for (auto const minute :
       {night.to_bed, night.lights_out.value_or(0), night.final_wake, night.out_of_bed.value_or(0)})
    if (minute < 0 || minute >= whole_day)
      return fail(Fault::Value, "A time must be from 00:00 to 23:59.");
  auto const lights_out = night.lights_out.value_or(night.to_bed);
  auto const waiting = minutes_between(night.to_bed, lights_out);
  auto const dark = minutes_between(lights_out, night.final_wake);
  auto const after = minutes_between(night.final_wake, night.out_of_bed.value_or(night.final_wake));
  Sleep const sleep{.asleep = dark - night.minutes_to_sleep - night.minutes_awake,
                    .in_bed = waiting + dark + after,
                    .efficiency = {}};
  if (night.minutes_to_sleep < 0 || night.minutes_awake < 0 || sleep.asleep < 0 || sleep.in_bed == 0 ||
      sleep.in_bed > whole_day)
    return fail(Fault::Value, "These times do not go together: check them once more.");
  return Sleep{.asleep = sleep.asleep,
               .in_bed = sleep.in_bed,
               .efficiency = {(sleep.asleep * 1000 + sleep.in_bed / 2) / sleep.in_bed}};
}

std::vector<Window> windows_of(std::map<Day, bool> const& entries) {
  std::vector<Window> windows;
  if (entries.empty())
    return windows;
  auto const newest = entries.rbegin()->first;
  for (auto last = newest; last >= entries.begin()->first; last -= std::chrono::days{window_days}) {
    Window window{.last = last};
    for (auto day = entries.upper_bound(last - std::chrono::days{window_days});
         day != entries.end() && day->first <= last; ++day) {
      ++window.filled;
      window.days += day->second ? 1 : 0;
    }
    windows.insert(windows.begin(), window);
  }
  return windows;
}

std::vector<WeekMean> weekly_means(std::map<Day, double> const& entries) {
  constexpr int week = 7;
  std::vector<WeekMean> means;
  if (entries.empty())
    return means;
  for (auto last = entries.rbegin()->first; last >= entries.begin()->first;
       last -= std::chrono::days{week}) {
    double sum = 0;
    int count = 0;
    for (auto day = entries.upper_bound(last - std::chrono::days{week});
         day != entries.end() && day->first <= last; ++day) {
      sum += day->second;
      ++count;
    }
    if (count > 0)
      means.insert(means.begin(), {last, Score{static_cast<int>(std::lround(sum / count * 10))}});
  }
  return means;
}

} // namespace tripsis::clinic::outcome
