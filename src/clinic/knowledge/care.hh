// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is known about care: the conditions that a practice meets, with the dose that trials used and how
// sure that is, and the protocols that are made of it. From knowledge/conditions.yaml and protocols.yaml.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic {

/// A frequency or an amount to two places, as whole hundredths: 0.25 a week is 25.
using Hundredths = int;

struct Dose {
  int minutes_from = 0, minutes_to = 0; ///< Of a visit
  Hundredths per_week = 0;
  int weeks = 0;
  std::string basis; ///< In words; "default" where it is nobody's finding
  std::vector<std::string> sources;
};

/// A condition of the catalogue. A therapist does not diagnose: it is what a referrer's diagnosis stands
/// for.
struct CareCondition {
  std::string id, name;
  std::vector<std::string> icd10;
  std::vector<std::string> regions, muscles, techniques, avoid_techniques;
  Dose dose;
  std::vector<std::string> outcomes; ///< Ids of instruments
  std::vector<std::string> red_flags, co_therapies;
  std::string certainty; ///< moderate, low, very_low: that massage helps the main symptom
  std::string evidence, guideline, dose_effects, avoid_note;
  std::vector<std::string> sources;
};

/// One technique on some regions for some minutes.
struct Block {
  std::string technique;
  std::vector<std::string> regions;
  int minutes = 0;
};

struct Phase {
  std::string name;
  int from_week = 0, to_week = 0; ///< Counted from 1; 0 and less: before the course
  Hundredths per_week = 0;
  std::vector<std::string> goals;
  std::vector<Block> blocks;

  int minutes() const noexcept;
  int weeks() const noexcept { return to_week - from_week + 1; }
};

struct Protocol {
  enum class Basis : unsigned char { Trial, Convention }; ///< Of its minutes, frequency and weeks
  std::string id, condition, name;
  Basis basis = Basis::Convention;
  std::vector<std::string> sources;
  std::vector<Phase> phases;
  std::vector<int> review_visits;
  std::vector<std::string> review_measures; ///< Ids of instruments
  std::string progress, regress, stop, refer;
  std::vector<std::string> home_care, requirements;
  std::string note;
  std::vector<std::string> baseline; ///< Ids of instruments, before the first visit
  std::vector<int> follow_up_weeks;  ///< After the course
};

struct Care {
  std::vector<CareCondition> conditions;
  std::vector<Protocol> protocols;
  std::string pressure_rule, adverse_rule, discharge_rule; ///< Of every course

  CareCondition const* find_condition(std::string_view id) const noexcept;
  Protocol const* find_protocol(std::string_view condition) const noexcept;
};

/// From the packed knowledge. Fault::Structure names what cannot be used.
Result<Care> read_care(json::Value const& knowledge);

/// "0.25" → 25; nullopt for what has more than two places or is no number of that kind.
std::optional<Hundredths> parse_hundredths(std::string_view text) noexcept;
/// 25 → "0.25", 200 → "2".
std::string written(Hundredths amount);

} // namespace tripsis::clinic
