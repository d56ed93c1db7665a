// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What a practice itself measured: the mean change of a measure from a patient's first to their last score,
// with its interval. It is before and after, not proof (docs/clinical/evidence.md). Pure functions of
// scores.
#pragma once

#include "clinic/screening/moment.hh"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tripsis::clinic::evidence {

using screening::Day;

struct Point {
  Day on;
  double value;
};

/// A patient's first and last score, at least so many days apart.
struct Pair {
  double first, last;
};
constexpr int least_days = 14;
/// nullopt where the points, in whatever order, do not reach so far.
std::optional<Pair> pair_of(std::span<Point const> points);

/// Fewer patients than these tell nothing, and might tell who they are.
constexpr std::size_t least_patients = 5;

struct OwnChange {
  double mean = 0;          ///< Last minus first
  double low = 0, high = 0; ///< 95 % interval of the mean, by Student's t
  std::size_t improved30 = 0,
              improved70 = 0; ///< Patients who got better by as many percent of their first score
};
enum class Better : unsigned char { Lower, Higher };
/// nullopt for fewer than least_patients.
std::optional<OwnChange> own_change(std::span<Pair const> pairs, Better better);

} // namespace tripsis::clinic::evidence
