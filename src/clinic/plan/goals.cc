// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// When the plan is looked at again, and what is to be reached by then: from the
// newest score of each measure a clear change, which is the larger one of what
// patients notice (MCID) and of the measure's noise (MDC).
#include "clinic/outcome/change.hh"
#include "clinic/plan/plan.hh"
#include "clinic/screening/number.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::plan {
namespace {

using screening::Millionths;
using screening::one;

/// The instruments that are scored here, so that a goal can be told reached.
constexpr std::array<std::string_view, 6> scored{"nprs", "peg", "psfs", "rmdq", "gad7", "phq9"};

Score const* baseline(Input const& input, std::string const& instrument) {
  auto const found = input.scores.find(instrument);
  if (found == input.scores.end() || found->second.day > input.today ||
      input.today - found->second.day > std::chrono::days{recent_score_days})
    return nullptr;
  return &found->second;
}

void add_goal(Plan& plan, Instrument const& instrument, Score const& score) {
  constexpr Millionths tenth = one / 10;
  auto const* threshold = outcome::clear_threshold(instrument);
  auto const change = threshold != nullptr ? outcome::tenths_of(*threshold) * tenth : Millionths{0};
  auto const lower = instrument.direction != "higher_better";
  auto const target = lower ? score.millionths - change : score.millionths + change;
  if (change == 0 || target < instrument.low * one || target > instrument.high * one)
    return; // so good already that no clear change is left
  plan.goals.push_back({&instrument, score.millionths, target, lower});
}

/// Half way and at the end, at most six visits apart (a convention).
std::vector<int> usual_reviews(int visits) {
  constexpr int longest_gap = 6;
  auto const gap = std::clamp((visits + 1) / 2, 1, longest_gap);
  std::vector<int> points;
  for (int visit = gap; visit <= visits; visit += gap)
    points.push_back(visit);
  return points;
}

} // namespace

void set_reviews(Plan& plan) {
  auto& points = plan.review_visits;
  if (plan.protocol != nullptr)
    for (auto const visit : plan.protocol->review_visits)
      if (visit <= plan.visits)
        points.push_back(visit);
  if (points.empty())
    points = usual_reviews(plan.visits);
  auto const gap = points.size() > 1 ? points.back() - points[points.size() - 2] : points.back();
  while (points.back() + gap <= plan.visits)
    points.push_back(points.back() + gap);
  if (plan.visits - points.back() > 1)
    points.push_back(plan.visits);
  constexpr int worth_halving = 3;
  if (plan.severity == Severity::Severe && points.front() >= worth_halving)
    points.insert(points.begin(), (points.front() + 1) / 2);
}

void set_goals(Plan& plan, Input const& input, Knowledge const& knowledge) {
  auto const& measures =
      plan.protocol != nullptr ? plan.protocol->review_measures : plan.condition->outcomes;
  for (auto const& id : measures) {
    auto const instrument = std::ranges::find(knowledge.instruments, id, &Instrument::id);
    if (instrument == knowledge.instruments.end() || std::ranges::find(scored, id) == scored.end())
      continue;
    if (auto const* score = baseline(input, id))
      add_goal(plan, *instrument, *score);
    else
      plan.without_baseline.push_back(&*instrument);
  }
}

Severity severity_of(std::map<std::string, Score> const& scores, Day today) {
  struct Range {
    std::string_view instrument;
    int high;
  };
  constexpr std::array ranges{Range{"nprs", 10}, Range{"peg", 10}, Range{"rmdq", 24}};
  Score const* newest = nullptr;
  int high = 0;
  for (auto const& range : ranges) {
    auto const found = scores.find(std::string{range.instrument});
    if (found == scores.end() || found->second.day > today ||
        today - found->second.day > std::chrono::days{recent_score_days})
      continue;
    if (newest == nullptr || found->second.day > newest->day) {
      newest = &found->second;
      high = range.high;
    }
  }
  if (newest == nullptr)
    return Severity::Unknown;
  auto const tenths = newest->millionths * 10 / (high * one); // of the range, rounded down
  return tenths < 4 ? Severity::Mild : tenths < 7 ? Severity::Moderate : Severity::Severe;
}

} // namespace tripsis::clinic::plan
