// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/outcome/score.hh"

#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>

namespace tripsis::clinic::outcome {
namespace {

enum class Rule : unsigned char { Single, Mean, Count, Sum };

struct Specification {
  Scale scale;
  std::string_view id, name;
  Rule rule;
  std::size_t least_items, most_items;
  int low, high;            ///< Of one item
  std::size_t may_lack = 0; ///< Items that may be missing; the sum is then scaled up to all of them
};

constexpr std::array specifications{
    Specification{Scale::Nprs, "nprs", "NPRS", Rule::Single, 1, 1, 0, 10},
    Specification{Scale::Peg, "peg", "PEG", Rule::Mean, 3, 3, 0, 10},
    Specification{Scale::Psfs, "psfs", "PSFS", Rule::Mean, 1, 5, 0, 10},
    Specification{Scale::Rmdq, "rmdq", "RMDQ", Rule::Count, 24, 24, 0, 1},
    Specification{Scale::Gad7, "gad7", "GAD-7", Rule::Sum, 7, 7, 0, 3},
    Specification{Scale::Phq9, "phq9", "PHQ-9", Rule::Sum, 9, 9, 0, 3, 2},
    Specification{Scale::Groc, "groc", "GROC", Rule::Single, 1, 1, -7, 7},
};

Specification const& specification_of(Scale scale) {
  return *std::ranges::find(specifications, scale, &Specification::scale);
}

/// numerator / denominator, halves away from zero.
int rounded(int numerator, int denominator) {
  auto const half = denominator / 2;
  return (numerator < 0 ? numerator - half : numerator + half) / denominator;
}

Result<> check(Specification const& form, Answers answers) {
  if (answers.size() < form.least_items || answers.size() > form.most_items)
    return fail(Fault::Structure,
                fmt::format("{} has {} answers, and {} were given.", form.name,
                            form.least_items == form.most_items
                                ? fmt::format("{}", form.most_items)
                                : fmt::format("{} to {}", form.least_items, form.most_items),
                            answers.size()));
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (answers[i] && (*answers[i] < form.low || *answers[i] > form.high))
      return fail(Fault::Value, fmt::format("Answer {} of {} must be from {} to {}.", i + 1, form.name,
                                            form.low, form.high));
  return {};
}

} // namespace

std::optional<Scale> find_scale(std::string_view instrument) noexcept {
  auto const* found = std::ranges::find(specifications, instrument, &Specification::id);
  return found == specifications.end() ? std::nullopt : std::optional{found->scale};
}

std::string Score::text(Scale scale) const {
  if (specification_of(scale).rule == Rule::Mean)
    return fmt::format("{}.{}", tenths / 10, tenths % 10);
  return fmt::format("{}", tenths / 10);
}

Result<std::optional<Score>> score(Scale scale, Answers answers) {
  constexpr int tenth = 10;
  auto const& form = specification_of(scale);
  TRY(check(form, answers));
  auto const given =
      static_cast<int>(std::ranges::count_if(answers, [](auto const& one) { return one.has_value(); }));
  auto const all = static_cast<int>(answers.size());
  auto const sum = std::accumulate(answers.begin(), answers.end(), 0,
                                   [](int total, auto const& one) { return total + one.value_or(0); });
  if (form.rule == Rule::Count)
    return Score{sum * tenth};
  if (all - given > static_cast<int>(form.may_lack) || given == 0)
    return std::nullopt;
  switch (form.rule) {
  case Rule::Mean:
    return Score{rounded(sum * tenth, given)};
  case Rule::Sum:
    return Score{rounded(sum * all, given) * tenth};
  default:
    return Score{sum * tenth};
  }
}

} // namespace tripsis::clinic::outcome
