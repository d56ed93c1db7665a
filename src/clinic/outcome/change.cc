// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/outcome/change.hh"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace tripsis::clinic::outcome {
namespace {

/// "2" → 20, "2.5" → 25; nullopt for what is no such number ("unknown").
std::optional<Tenths> parse_tenths(std::string_view written) {
  int points = 0, tenth = 0;
  auto const* const end = written.data() + written.size();
  auto [at, error] = std::from_chars(written.data(), end, points);
  if (error != std::errc{} || points < 0)
    return std::nullopt;
  if (at != end) {
    if (*at != '.' || end - at != 2 || at[1] < '0' || at[1] > '9')
      return std::nullopt;
    tenth = at[1] - '0';
  }
  return points * 10 + tenth;
}

void raise_to(std::optional<Tenths>& threshold, Tenths value) {
  threshold = std::max(threshold.value_or(value), value);
}

} // namespace

std::optional<Tenths> Thresholds::clear() const {
  if (!mcid || !mdc)
    return mcid ? mcid : mdc;
  return std::max(*mcid, *mdc);
}

Thresholds thresholds(Instrument const& instrument) {
  constexpr std::array<std::string_view, 4> noticed{"MCID", "MIC", "MID", "threshold"};
  Thresholds found;
  for (auto const& one : instrument.changes) {
    auto const value = parse_tenths(one.value);
    // A threshold of one item (PSFS: a single activity) is none of the score.
    if (!value || !one.unit.starts_with("points") || one.population.starts_with("single "))
      continue;
    if (std::ranges::find(noticed, one.type) != noticed.end())
      raise_to(found.mcid, *value);
    else if (one.type.starts_with("MDC"))
      raise_to(found.mdc, *value);
  }
  return found;
}

std::string_view code_of(Judgement judgement) noexcept {
  switch (judgement) {
  case Judgement::Meaningful:
    return "meaningful";
  case Judgement::Possible:
    return "possible";
  case Judgement::NoClearChange:
    break;
  }
  return "no-clear-change";
}

Change judge(Thresholds const& limits, Better better, Score baseline, Score now) {
  Change result{.points = now.tenths - baseline.tenths};
  auto const size = std::abs(result.points);
  if (baseline.tenths != 0)
    result.percent = static_cast<int>(std::lround(100.0 * result.points / std::abs(baseline.tenths)));
  if (size != 0)
    result.direction = (result.points > 0) == (better == Better::Higher) ? Change::Direction::Better
                                                                         : Change::Direction::Worse;
  if (limits.mcid && size >= *limits.clear())
    result.judgement = Judgement::Meaningful;
  else if (limits.mdc && size >= *limits.mdc)
    result.judgement = Judgement::Possible;
  return result;
}

std::optional<Change> change(Knowledge const& knowledge, std::string_view instrument, Score baseline,
                             Score now) {
  auto const known = std::ranges::find(knowledge.instruments, instrument, &Instrument::id);
  auto const data = std::ranges::find(knowledge.instrument_data, instrument,
                                      [](json::Value const& one) { return one.text("id"); });
  if (known == knowledge.instruments.end() || data == knowledge.instrument_data.end())
    return std::nullopt;
  auto const better = data->text("direction") == "higher_better" ? Better::Higher : Better::Lower;
  return judge(thresholds(*known), better, instrument == "groc" ? Score{} : baseline, now);
}

} // namespace tripsis::clinic::outcome
