// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The scores of the seven instruments whose wording may be used freely (knowledge/instruments.yaml,
// `scoring`). Pure functions: answers in, a score out, or the reason why there is none. A score is never
// guessed from half a form.
#pragma once

#include "base/result.hh"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tripsis::clinic::outcome {

enum class Scale : unsigned char { Nprs, Peg, Psfs, Rmdq, Gad7, Phq9, Groc };

std::optional<Scale> find_scale(std::string_view instrument) noexcept; ///< By its id: "nprs", "phq9" …

/// The answers in the form's order; nullopt where an item was not answered. PSFS: one for each activity
/// that was named, 1 to 5. RMDQ: 1 for a ticked sentence; one that is not ticked may be 0 or nullopt, which
/// the form counts as 0.
using Answers = std::span<std::optional<int> const>;

/// In tenths of a point, because PEG and PSFS are means with one decimal.
struct Score {
  int tenths = 0;
  /// "4.3"; "12": with a decimal only where the instrument has one.
  std::string text(Scale scale) const;
  friend auto operator<=>(Score const&, Score const&) = default;
};

/// nullopt where too little was answered: PEG needs all three, PHQ-9 may lack two (then it is prorated),
/// GAD-7 none, PSFS needs one activity. Fault::Value for an answer outside of the item's range,
/// Fault::Structure for another number of answers than the instrument has.
Result<std::optional<Score>> score(Scale scale, Answers answers);

} // namespace tripsis::clinic::outcome
