// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whether two scores of an instrument differ by more than its noise and by as much as patients notice
// (knowledge/instruments.yaml, change_policy). It says nothing of what caused the change.
#pragma once

#include "clinic/knowledge/knowledge.hh"
#include "clinic/outcome/score.hh"

#include <optional>
#include <string_view>

namespace tripsis::clinic::outcome {

/// Scores and differences in tenths of a point: means have one decimal.
using Tenths = int;

/// The threshold in the score's own unit, of the whole score, from which on a change is called clear: the
/// larger of what patients notice (MCID, MIC, MID) and of measurement error (MDC). nullptr: nobody says.
/// The plan, the reports and CodeSystem/instrument all ask here.
ChangeThreshold const* clear_threshold(Instrument const& instrument);
ChangeThreshold const* noticed_threshold(Instrument const& instrument); ///< MCID, MIC or MID alone
ChangeThreshold const* noise_threshold(Instrument const& instrument);   ///< MDC alone
Tenths tenths_of(ChangeThreshold const& threshold);                     ///< Of one that these have found

/// What an instrument's sources say in the score's own unit; the largest where they differ. nullopt: nobody
/// says.
struct Thresholds {
  std::optional<Tenths> mcid; ///< The smallest change that patients notice (MCID, MIC, MID, threshold)
  std::optional<Tenths> mdc;  ///< What is more than noise (MDC)
  /// The smallest one that they notice in percent of the baseline, where nobody says it in points (FIQR).
  std::optional<int> mcid_percent = {};
  /// The larger of both: from there on a change is clear.
  std::optional<Tenths> clear() const;
};
Thresholds thresholds(Instrument const& instrument);

enum class Judgement : unsigned char { Meaningful, Possible, NoClearChange };
std::string_view code_of(Judgement judgement) noexcept; ///< "meaningful", "possible", "no-clear-change"

struct Change {
  Judgement judgement = Judgement::NoClearChange;
  enum class Direction : unsigned char { Same, Better, Worse } direction = Direction::Same;
  Tenths points = 0;          ///< now - baseline
  std::optional<int> percent; ///< Of the baseline, rounded; none where the baseline is 0
};

/// Which way a score gets better.
enum class Better : unsigned char { Lower, Higher };

/// Meaningful from both thresholds on; possible beyond the noise, but short of what patients notice;
/// otherwise, and where the noise is not known, no clear change.
Change judge(Thresholds const& limits, Better better, Score baseline, Score now);

/// Of a rating of change (groc, pgic) the answer that stands for no change: 0, 4. It is judged against
/// that, whatever was answered first. nullopt for every other instrument.
std::optional<Score> no_change(std::string_view instrument) noexcept;

/// The same for an instrument of the knowledge; nullopt for one that it does not hold.
std::optional<Change> change(Knowledge const& knowledge, std::string_view instrument, Score baseline,
                             Score now);

} // namespace tripsis::clinic::outcome
