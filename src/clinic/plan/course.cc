// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier:
// Apache-2.0
//
// The course: its phases, their visits and minutes. With a protocol the course
// is its phases of at least one visit a week that are not called optional; the
// others follow, if the last review says so. Without one it is a single phase
// of the condition's dose.
#include "clinic/plan/plan.hh"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace tripsis::clinic::plan {
namespace {

constexpr std::string_view education = "self_care_education";

bool is_course(Phase const& phase) {
  auto name = phase.name;
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  return phase.to_week > 0 && phase.per_week >= 100 && !name.contains("optional");
}

int rounded(std::int64_t hundredths) {
  return static_cast<int>((hundredths + 50) / 100);
}

/// Shares out `minutes` in the blocks' proportions; the largest remainders get
/// the minutes that are left, so that the sum is exact. No block gets none
/// while there are minutes enough.
void scale_blocks(std::vector<Block>& blocks, int minutes) {
  auto const sum = std::accumulate(blocks.begin(), blocks.end(), 0,
                                   [](int total, Block const& block) { return total + block.minutes; });
  if (sum == 0 || sum == minutes)
    return;
  std::vector<std::pair<int, std::size_t>> remainders;
  int given = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    auto const share = blocks[i].minutes * minutes;
    blocks[i].minutes = share / sum;
    given += blocks[i].minutes;
    remainders.emplace_back(-(share % sum), i);
  }
  std::ranges::sort(remainders);
  for (std::size_t i = 0; given < minutes; ++i, ++given)
    ++blocks[remainders[i % remainders.size()].second].minutes;
  std::erase_if(blocks, [](Block const& block) { return block.minutes == 0; });
}

/// The place in the dose's range that the severity picks (a convention): its
/// lower end when mild, its upper end when severe, the middle otherwise, in
/// steps of five minutes.
int minutes_of(Dose const& dose, Severity severity) {
  switch (severity) {
  case Severity::Mild:
    return dose.minutes_from;
  case Severity::Severe:
    return dose.minutes_to;
  case Severity::Moderate:
  case Severity::Unknown:
    break;
  }
  auto const middle = (dose.minutes_from + dose.minutes_to) / 2;
  return std::max(dose.minutes_from, middle - middle % 5);
}

/// One phase, in which the techniques of the condition share the time equally
/// (a convention), and advice for home gets a tenth of it.
PlannedPhase single_phase(CareCondition const& condition, Severity severity) {
  PlannedPhase phase{.name = "Course",
                     .goals = {},
                     .blocks = {},
                     .per_week = condition.dose.per_week,
                     .visits = rounded(std::int64_t{condition.dose.per_week} * condition.dose.weeks)};
  for (auto const& technique : condition.techniques)
    if (std::ranges::find(condition.avoid_techniques, technique) == condition.avoid_techniques.end())
      phase.blocks.push_back(
          {.technique = technique,
           .regions = technique == education ? std::vector<std::string>{} : condition.regions,
           .minutes = technique == education ? 2 : 10});
  auto const minutes = minutes_of(condition.dose, severity);
  auto const hands_on =
      std::ranges::count_if(phase.blocks, [](Block const& block) { return block.technique != education; });
  for (auto& block : phase.blocks)
    block.minutes = block.technique == education ? static_cast<int>(hands_on) : 9;
  scale_blocks(phase.blocks, minutes);
  return phase;
}

PlannedPhase planned(Phase const& phase) {
  return {.name = phase.name,
          .goals = phase.goals,
          .blocks = phase.blocks,
          .per_week = phase.per_week,
          .visits = rounded(std::int64_t{phase.per_week} * phase.weeks())};
}

/// "Post-event within hours" of weeks 0 to 1 is one visit, not two: what begins
/// before week 1 counts from it.
PlannedPhase course_phase(Phase const& phase) {
  auto made = planned(phase);
  made.visits = rounded(std::int64_t{phase.per_week} * (phase.to_week - std::max(phase.from_week, 1) + 1));
  return made;
}

void add_phases(Plan& plan) {
  if (plan.protocol == nullptr) {
    plan.phases.push_back(single_phase(*plan.condition, plan.severity));
    return;
  }
  for (auto const& phase : plan.protocol->phases) {
    if (is_course(phase))
      plan.phases.push_back(course_phase(phase));
    else if (plan.phases.empty())
      plan.before.push_back(planned(phase));
    else
      plan.after.push_back(planned(phase));
  }
  if (plan.phases.empty()) // a protocol of optional phases only
    std::swap(plan.phases, plan.after);
}

/// So many weeks: the last phases are cut off or the last one is made longer.
void set_weeks(Plan& plan, int weeks) {
  std::int64_t left = std::int64_t{weeks} * 100; // hundredths of weeks
  for (auto& phase : plan.phases) {
    auto const is_last = &phase == &plan.phases.back();
    auto const length = std::int64_t{phase.visits} * 10'000 / phase.per_week;
    auto const used = is_last ? left : std::min(left, length);
    phase.visits = rounded(used * phase.per_week / 100);
    left -= used;
  }
  plan.phases.front().visits = std::max(plan.phases.front().visits, 1);
  std::erase_if(plan.phases, [](PlannedPhase const& phase) { return phase.visits == 0; });
}

void set_per_week(Plan& plan, Hundredths per_week) {
  for (auto& phase : plan.phases) {
    auto const weeks = std::int64_t{phase.visits} * 10'000 / phase.per_week;
    phase.visits = std::max(1, rounded(weeks * per_week / 100));
    phase.per_week = per_week;
  }
}

/// Numbers the visits, and counts up the whole course.
void count(Plan& plan) {
  plan.visits = plan.minutes = 0;
  std::int64_t weeks = 0; // in hundredths
  for (auto& phase : plan.phases) {
    phase.first_visit = plan.visits + 1;
    plan.visits += phase.visits;
    plan.minutes = std::max(plan.minutes, phase.minutes());
    weeks += std::int64_t{phase.visits} * 10'000 / phase.per_week;
  }
  plan.weeks = std::max(1, static_cast<int>((weeks + 99) / 100));
  plan.per_week = static_cast<Hundredths>((std::int64_t{plan.visits} * 100 + plan.weeks / 2) / plan.weeks);
}

} // namespace

int PlannedPhase::minutes() const noexcept {
  return Phase{.name = {}, .goals = {}, .blocks = blocks}.minutes();
}

void lay_out_course(Plan& plan, Edit const& edit) {
  add_phases(plan);
  if (edit.per_week)
    set_per_week(plan, *edit.per_week);
  if (edit.weeks)
    set_weeks(plan, *edit.weeks);
  if (edit.minutes)
    for (auto& phase : plan.phases)
      scale_blocks(phase.blocks, *edit.minutes);
  count(plan);
}

void cut_to(Plan& plan, int visits) {
  auto left = visits;
  for (auto& phase : plan.phases) {
    phase.visits = std::min(phase.visits, left);
    left -= phase.visits;
  }
  std::erase_if(plan.phases, [](PlannedPhase const& phase) { return phase.visits == 0; });
  plan.after.clear(); // what is not paid for or not allowed has nothing that follows
  count(plan);
}

Day day_of_visit(Plan const& plan, Day start, int visit) {
  std::int64_t days = 0; // in ten-thousandths
  for (auto const& phase : plan.phases) {
    auto const before = std::clamp(visit - phase.first_visit, 0, phase.visits);
    days += std::int64_t{before} * 7 * 1'000'000 / phase.per_week;
    if (visit < phase.first_visit + phase.visits)
      break;
  }
  return start + std::chrono::days{days / 10'000};
}

} // namespace tripsis::clinic::plan
