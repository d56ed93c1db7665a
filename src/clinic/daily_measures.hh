// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What patients note from day to day or say before a session, in the project's own words: codes of
// …/CodeSystem/measure that no instrument stands behind. Nothing says from where on a change of them is
// clear.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace tripsis::clinic {

struct DailyMeasure {
  enum class Better : unsigned char { Lower, Higher, NotSaid };
  std::string_view code, display;
  std::string_view unit, ucum; ///< Empty: points of a scale from 0 to 10, or yes and no
  Better better = Better::Lower;
  int high = 10; ///< The scale or the count begins at 0
};

inline constexpr std::array daily_measures{
    DailyMeasure{"pain-worst", "Worst pain of the day, 0 to 10", "", ""},
    DailyMeasure{"sleep-quality", "Quality of sleep, 0 to 10", "", "", DailyMeasure::Better::Higher},
    DailyMeasure{"stress", "Tension, 0 to 10", "", ""},
    DailyMeasure{"analgesic-taken", "Took something for the pain", "", ""},
    DailyMeasure{"opioid-taken", "Took an opioid", "", ""},
    DailyMeasure{"stiffness", "Stiffness, 0 to 10", "", ""},
    DailyMeasure{"fatigue", "Fatigue, 0 to 10", "", ""},
    DailyMeasure{"energy", "Energy, 0 to 10", "", "", DailyMeasure::Better::Higher},
    DailyMeasure{"mood", "Mood and well-being, 0 to 10", "", "", DailyMeasure::Better::Higher},
    DailyMeasure{"soreness", "Soreness after exercise, 0 to 10", "", ""},
    DailyMeasure{"tension-before", "Tension before the session, 0 to 10", "", ""},
    DailyMeasure{"mood-before", "Mood before the session, 0 to 10", "", "", DailyMeasure::Better::Higher},
    DailyMeasure{"headache-day", "A day with headache", "", ""},
    DailyMeasure{"headache-intensity", "Worst headache of the day, 0 to 10", "", ""},
    DailyMeasure{"headache-hours", "Hours of headache", "hours", "h", DailyMeasure::Better::Lower, 24},
    DailyMeasure{"migraine-day", "A headache with features of migraine", "", ""},
    DailyMeasure{"sleep-latency", "Time to fall asleep", "min", "min", DailyMeasure::Better::Lower, 1440},
    DailyMeasure{"sleep-duration", "Time asleep", "min", "min", DailyMeasure::Better::Higher, 1440},
    DailyMeasure{"sleep-efficiency", "Time asleep of the time in bed", "%", "%",
                 DailyMeasure::Better::Higher, 100},
    DailyMeasure{"awakenings", "Times awake in the night", "times", "1", DailyMeasure::Better::Lower, 50},
    DailyMeasure{"flare-up", "How bad a flare-up was, 0 to 10", "", ""},
    DailyMeasure{"flare-up-hours", "How long a flare-up lasted", "hours", "h", DailyMeasure::Better::Lower,
                 10000},
};

constexpr DailyMeasure const* find_daily_measure(std::string_view code) noexcept {
  auto const* found = std::ranges::find(daily_measures, code, &DailyMeasure::code);
  return found == daily_measures.end() ? nullptr : found;
}

} // namespace tripsis::clinic
