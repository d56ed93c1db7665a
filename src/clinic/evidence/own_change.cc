// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/evidence/own_change.hh"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/students_t.hpp>

namespace tripsis::clinic::evidence {
namespace {

/// By how much of the first score it got better; nullopt where the first is 0.
std::optional<double> improvement(Pair const& pair, Better better) {
  if (pair.first == 0)
    return std::nullopt;
  auto const gain = better == Better::Lower ? pair.first - pair.last : pair.last - pair.first;
  return gain / std::abs(pair.first);
}

std::size_t improved_by(std::span<Pair const> pairs, Better better, double share) {
  constexpr double rounding = 1e-9; // 0.3 of 10 is 3, whatever a double makes of it
  return static_cast<std::size_t>(std::ranges::count_if(pairs, [&](Pair const& pair) {
    auto const by = improvement(pair, better);
    return by && *by >= share - rounding;
  }));
}

} // namespace

std::optional<Pair> pair_of(std::span<Point const> points) {
  if (points.empty())
    return std::nullopt;
  auto const [first, last] = std::ranges::minmax_element(points, {}, &Point::on);
  if (last->on - first->on < std::chrono::days{least_days})
    return std::nullopt;
  return Pair{first->value, last->value};
}

std::optional<OwnChange> own_change(std::span<Pair const> pairs, Better better) {
  auto const n = static_cast<double>(pairs.size());
  if (pairs.size() < least_patients)
    return std::nullopt;
  double sum = 0, squares = 0;
  for (auto const& pair : pairs)
    sum += pair.last - pair.first;
  auto const mean = sum / n;
  for (auto const& pair : pairs)
    squares += std::pow(pair.last - pair.first - mean, 2);
  constexpr double upper_tail = 0.975;
  auto const t = boost::math::quantile(boost::math::students_t{n - 1}, upper_tail);
  auto const half = t * std::sqrt(squares / (n - 1) / n);
  return OwnChange{.mean = mean,
                   .low = mean - half,
                   .high = mean + half,
                   .improved30 = improved_by(pairs, better, 0.30),
                   .improved70 = improved_by(pairs, better, 0.70)};
}

} // namespace tripsis::clinic::evidence
