// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/outcome/change.hh"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <initializer_list>

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

/// Whether it is said in the score's own unit: points, T points, mm, degrees, grade.
bool is_absolute(ChangeThreshold const& one) {
  return !one.unit.starts_with("percent") && one.unit != "category";
}

/// The largest of these types, in the score's own unit. A threshold of one item (PSFS: a single activity)
/// is none of the score.
ChangeThreshold const* largest_of(Instrument const& instrument,
                                  std::initializer_list<std::string_view> types) {
  ChangeThreshold const* largest = nullptr;
  for (auto const& one : instrument.changes)
    if (std::ranges::find(types, std::string_view{one.type}) != types.end() && is_absolute(one) &&
        !one.population.starts_with("single ") && parse_tenths(one.value) &&
        (largest == nullptr || tenths_of(one) > tenths_of(*largest)))
      largest = &one;
  return largest;
}

/// FIQR: 14 percent.
std::optional<int> noticed_percent(Instrument const& instrument) {
  for (auto const& one : instrument.changes)
    if (one.type == "MCID" && one.unit == "percent")
      if (auto const percent = parse_tenths(one.value))
        return *percent / 10;
  return std::nullopt;
}

bool is_noticed(Thresholds const& limits, Score baseline, int size) {
  if (limits.mcid)
    return size >= *limits.clear();
  return limits.mcid_percent && baseline.tenths != 0 && (!limits.mdc || size >= *limits.mdc) &&
         size * 100 >= *limits.mcid_percent * std::abs(baseline.tenths);
}

std::optional<Tenths> optional_tenths(ChangeThreshold const* threshold) {
  return threshold != nullptr ? std::optional{tenths_of(*threshold)} : std::nullopt;
}

} // namespace

std::optional<Tenths> Thresholds::clear() const {
  if (!mcid || !mdc)
    return mcid ? mcid : mdc;
  return std::max(*mcid, *mdc);
}

Tenths tenths_of(ChangeThreshold const& threshold) {
  return parse_tenths(threshold.value).value_or(0);
}

ChangeThreshold const* noticed_threshold(Instrument const& instrument) {
  return largest_of(instrument, {"MCID", "MIC", "MID"});
}

ChangeThreshold const* noise_threshold(Instrument const& instrument) {
  return largest_of(instrument, {"MDC", "MDC90", "MDC95"});
}

ChangeThreshold const* clear_threshold(Instrument const& instrument) {
  return largest_of(instrument, {"MCID", "MIC", "MID", "MDC", "MDC90", "MDC95"});
}

Thresholds thresholds(Instrument const& instrument) {
  // Of a rating of change (groc) the sources give a threshold of the rating itself.
  Thresholds limits{.mcid = optional_tenths(largest_of(instrument, {"MCID", "MIC", "MID", "threshold"})),
                    .mdc = optional_tenths(noise_threshold(instrument))};
  if (auto const neutral = no_change(instrument.id); neutral && !limits.mcid)
    for (auto const& one : instrument.changes) // pgic: category 2 lies two from "no change"
      if (auto const category = one.type == "threshold" ? parse_tenths(one.value) : std::nullopt)
        limits.mcid = std::abs(*category - neutral->tenths);
  if (!limits.mcid)
    limits.mcid_percent = noticed_percent(instrument);
  return limits;
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
  if (is_noticed(limits, baseline, size))
    result.judgement = Judgement::Meaningful;
  else if (limits.mdc && size >= *limits.mdc)
    result.judgement = Judgement::Possible;
  return result;
}

std::optional<Score> no_change(std::string_view instrument) noexcept {
  constexpr int pgic = 40;
  return instrument == "groc"   ? std::optional{Score{}}
         : instrument == "pgic" ? std::optional{Score{pgic}}
                                : std::nullopt;
}

std::optional<Change> change(Knowledge const& knowledge, std::string_view instrument, Score baseline,
                             Score now) {
  auto const known = std::ranges::find(knowledge.instruments, instrument, &Instrument::id);
  auto const data = std::ranges::find(knowledge.instrument_data, instrument,
                                      [](json::Value const& one) { return one.text("id"); });
  if (known == knowledge.instruments.end() || data == knowledge.instrument_data.end())
    return std::nullopt;
  auto const better = data->text("direction") == "higher_better" ? Better::Higher : Better::Lower;
  return judge(thresholds(*known), better, no_change(instrument).value_or(baseline), now);
}

} // namespace tripsis::clinic::outcome
