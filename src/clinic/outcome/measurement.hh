// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is measured on the body rather than answered: pressure pain threshold, movement, limb volume, muscle
// tone, and the amounts of opioids. Pure functions after knowledge/instruments.yaml, `scoring`.
#pragma once

#include "clinic/outcome/score.hh"

#include <optional>
#include <span>
#include <string_view>

namespace tripsis::clinic::outcome {

/// Readings as they were taken; nullopt where one was not.
using Readings = std::span<std::optional<double> const>;

/// Algometry, kPa: the mean of the second and third reading (the first is for practice). nullopt without
/// both.
std::optional<double> pressure_pain_threshold(Readings kilopascals);
constexpr double kilopascals_of_kgf_per_cm2 = 98.07;

/// A movement: the mean of the two or three readings, or the one that there is.
std::optional<double> mean_reading(Readings readings);

/// mL of a limb from its girths in cm, `spacing` cm apart, as truncated cones: the sum over segments of
/// h·(C1² + C1·C2 + C2²) / 12π. nullopt for less than two girths.
std::optional<double> limb_volume(std::span<double const> girths, double spacing);

/// Modified Ashworth: "0", "1", "1+", "2", "3", "4"; 1+ is stored as 1.5. nullopt for another grade.
std::optional<Score> ashworth(std::string_view grade);

/// Oral morphine milligram equivalents of a day in millionths: dose × the drug's factor (of the instrument
/// meds, mme_factors). nullopt for a drug without a factor and for a dose below 0. To be shown, not to
/// convert between opioids.
std::optional<std::int64_t> morphine_equivalents(json::Value const& meds, std::string_view drug,
                                                 json::Value const* dose);

} // namespace tripsis::clinic::outcome
