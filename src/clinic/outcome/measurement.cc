// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/outcome/measurement.hh"

#include "clinic/screening/number.hh"

#include <algorithm>
#include <array>
#include <numbers>

namespace tripsis::clinic::outcome {

std::optional<double> pressure_pain_threshold(Readings kilopascals) {
  if (kilopascals.size() != 3 || !kilopascals[1] || !kilopascals[2])
    return std::nullopt;
  return (*kilopascals[1] + *kilopascals[2]) / 2;
}

std::optional<double> mean_reading(Readings readings) {
  double sum = 0;
  int count = 0;
  for (auto const& one : readings)
    if (one) {
      sum += *one;
      ++count;
    }
  return count == 0 ? std::nullopt : std::optional{sum / count};
}

std::optional<double> limb_volume(std::span<double const> girths, double spacing) {
  if (girths.size() < 2)
    return std::nullopt;
  double sum = 0;
  for (std::size_t i = 1; i < girths.size(); ++i) {
    auto const one = girths[i - 1], two = girths[i];
    sum += one * one + one * two + two * two;
  }
  return sum * spacing / (12 * std::numbers::pi);
}

std::optional<Score> ashworth(std::string_view grade) {
  constexpr std::array<std::pair<std::string_view, int>, 6> grades{
      {{"0", 0}, {"1", 10}, {"1+", 15}, {"2", 20}, {"3", 30}, {"4", 40}}};
  auto const* found = std::ranges::find(grades, grade, [](auto const& one) { return one.first; });
  return found == grades.end() ? std::nullopt : std::optional{Score{found->second}};
}

std::optional<std::int64_t> morphine_equivalents(json::Value const& meds, std::string_view drug,
                                                 json::Value const* dose) {
  auto const factor = screening::parse_scaled(meds.at({"mme_factors", drug}));
  auto const amount = screening::parse_scaled(dose);
  if (!factor || !amount)
    return std::nullopt;
  auto const equivalents = screening::convert(*amount, {.times = *factor});
  return equivalents && *equivalents >= 0 ? equivalents : std::nullopt;
}

} // namespace tripsis::clinic::outcome
