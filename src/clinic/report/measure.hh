// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Measures as a report and $measures show them: the first reading and the latest, how far they lie apart,
// and whether that is more than noise (outcome/change.hh judges).
#pragma once

#include "base/time_zone.hh"
#include "clinic/knowledge/knowledge.hh"
#include "clinic/outcome/change.hh"
#include "clinic/report/wording.hh"

#include <optional>
#include <string>
#include <vector>

namespace tripsis::clinic::report {

struct Period {
  Date from, to; ///< Both included
  bool contains(Date date) const noexcept { return from <= date && date <= to; }
};

struct Reading {
  Date on{};
  double value = 0;
  std::string written; ///< As the record has it
  std::string at;      ///< The moment as the record has it
  std::string ref;     ///< "Observation/x"
  int missing = 0;     ///< Of a window of days: those without an entry
};

enum class Direction : unsigned char { LowerIsBetter, HigherIsBetter, NotKnown };
enum class Verdict : unsigned char {
  OneReading,
  NoThreshold,
  NotClear,
  PossiblyBetter, ///< More than noise, and less than patients notice; or nobody says what they notice
  PossiblyWorse,
  Better,
  Worse
};

struct Measure {
  std::string key;  ///< "nprs", "peg", "tenderness Levator scapulae, left"
  std::string name; ///< "Pain before the visit (0 to 10)"
  Direction direction = Direction::NotKnown;
  std::vector<Reading> readings;      ///< Oldest first, at least one
  std::string instrument;             ///< Its id in the knowledge; "rom" for a movement; or empty
  std::string code;                   ///< Of CodeSystem/measure or movement, or the instrument
  outcome::Thresholds limits = {};    ///< What the instrument's sources say
  std::optional<double> clear_change; ///< In the measure's own points
  std::string source;                 ///< Who says so, of whom
  std::string authors;                ///< The same in short

  Reading const& baseline() const { return readings.front(); }
  Reading const& now() const { return readings.back(); }
  double difference() const;
  /// nullopt where there is nothing to compare, or nobody says from where on a change counts.
  std::optional<outcome::Change> change() const;
  Verdict verdict() const;
};

/// "Clear change, better" …
std::string_view words_of(Verdict verdict) noexcept;
/// "−3 (43 %)": the difference, and its share of the baseline where that says something.
std::string change_words(Measure const& measure);

/// The measures of a patient in a period, pain first, then scores, ranges of movement, the rest.
/// `observations`: all that are known, in any order.
std::vector<Measure> measures_of(std::vector<json::Value> const& observations, Period const& period,
                                 Knowledge const& knowledge, TimeZone const& zone);
/// Whether an Observation is one that a report may cite: final, and not withdrawn.
bool is_final(json::Value const& observation);
/// When it was observed; nullopt where that is not told.
std::optional<Date> date_of(json::Value const& observation, TimeZone const& zone);

} // namespace tripsis::clinic::report
