// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The scores of the instruments that are made of answers (knowledge/instruments.yaml, `scoring`). Pure
// functions: answers in, a score out, or the reason why there is none. A score is never guessed from half a
// form. What is measured and not answered stands in measurement.hh, what is kept daily in diary.hh.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::outcome {

enum class Scale : unsigned char {
  Nprs,
  Vas,
  Peg,
  Psfs,
  Rmdq,
  Odi,
  Ndi,
  QuickDash,
  Spadi,
  Lefs,
  Koos,
  Hit6,
  Midas,
  Fiqr,
  Psqi,
  Isi,
  Gad7,
  Phq9,
  Pss10,
  Groc,
  Pgic,
  Vss,
  ComfortAlliance,
  Goal
};

std::optional<Scale> find_scale(std::string_view instrument) noexcept; ///< By its id: "nprs", "phq9" …

/// The answers in the form's order; nullopt where an item was not answered. PSFS: one for each activity
/// that was named, 1 to 5. RMDQ: 1 for a ticked sentence; one that is not ticked may be 0 or nullopt, which
/// the form counts as 0. PSQI: its seven components. PSS-10: as they were given, not reversed.
using Answers = std::span<std::optional<int> const>;

/// In tenths of a point: means, percentages and T scores have one decimal.
struct Score {
  int tenths = 0;
  /// "4.3"; "12": with a decimal only where the instrument has one.
  std::string text(Scale scale) const;
  std::string text() const; ///< "4.3", "12": with a decimal where it is not zero
  friend auto operator<=>(Score const&, Score const&) = default;
};

/// nullopt where too little was answered: PHQ-9, NDI and ODI may lack two answers and QuickDASH one (then
/// the score is scaled up to all of them), KOOS half of a sub-score's, PSFS needs one activity, the others
/// need all. Fault::Value for an answer outside of the item's range, Fault::Structure for another number of
/// answers than the instrument has.
Result<std::optional<Score>> score(Scale scale, Answers answers);

/// A part of an instrument that is a score of its own.
struct SubScore {
  std::string_view id, name;
  int low = 0, high = 0;
  std::optional<Score> score = {};
};
/// SPADI, FIQR and KOOS have some; without a score where too little was answered. Faults as score().
Result<std::vector<SubScore>> sub_scores(Scale scale, Answers answers);
/// Those that the instrument has, without scores.
std::vector<SubScore> sub_scores_of(Scale scale);
/// The score from its sub-scores: SPADI their mean, FIQR their sum, KOOS the mean of all five (a convention
/// of the project: its authors give none). nullopt where one is missing, and for the other instruments.
std::optional<Score> total(Scale scale, std::span<SubScore const> sub_scores);

struct ItemRange {
  int low, high;
};
std::size_t item_count(Scale scale);                             ///< At most
ItemRange item_range(Scale scale, std::size_t index);            ///< Of an answer, counted from 0
Result<> check_item(Scale scale, std::size_t index, int answer); ///< Fault::Value
bool is_whole(Scale scale);                                      ///< Whether its score has no decimals
std::string_view short_name(Scale scale);                        ///< "QuickDASH"

/// A raw sum to its T score, by the instrument's own t_table. nullopt where it was not given or there is no
/// table; Fault::Value for a sum that the table does not have.
Result<std::optional<Score>> t_score(json::Value const& instrument, std::optional<int> raw);

/// What the instrument's bands call a score ("mild"); "" where it has none. A band begins at its lower
/// number: 20.5 is not yet in "21-40".
std::string band_of(json::Value const& instrument, Score score);

} // namespace tripsis::clinic::outcome
