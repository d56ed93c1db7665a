// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Readings of the composed screens (Wells, low back, headache, neck, pre-visit). A screen never clears
// anybody: its readings only let rules fire.
#include "clinic/screening/clause.hh"
#include "clinic/screening/facts.hh"
#include "clinic/screening/rules.hh"

#include <algorithm>

namespace tripsis::clinic::screening {
namespace {

/// Whether the finding is true; adds the answers that say so to `causes`.
bool is_true(std::size_t finding, Facts const& facts, std::vector<Cause>& causes) {
  auto is_yes = false;
  for (auto const* answer : facts.newest_answers(finding))
    if (answer->kind == Answer::Kind::Yes) {
      is_yes = true;
      causes.push_back({answer->origin.ref, answer->origin.label, {}});
    }
  return is_yes;
}

int count_true(std::vector<std::size_t> const& findings, Facts const& facts, std::vector<Cause>& causes) {
  return static_cast<int>(std::ranges::count_if(
      findings, [&](std::size_t finding) { return is_true(finding, facts, causes); }));
}

bool reaches_score(Screen const& screen, Millionths wanted, Facts const& facts,
                   std::vector<Cause>& causes) {
  Millionths score = 0;
  for (auto const& item : screen.items)
    if (item.counts_in_readings && is_true(item.finding, facts, causes))
      score += item.points;
  return score >= wanted;
}

/// A gateway answered yes, none of whose follow-up questions has a valid answer.
bool has_open_gateway(Screen const& screen, std::vector<std::size_t> const& gateways, Facts const& facts,
                      std::vector<Cause>& causes) {
  auto is_open = false;
  for (auto const& item : screen.items) {
    auto const is_gateway = std::ranges::find(gateways, item.finding) != gateways.end();
    auto const is_followed_up = std::ranges::any_of(
        item.follow_up, [&](std::size_t finding) { return facts.is_answered(finding); });
    if (is_gateway && !is_followed_up)
      is_open = is_true(item.finding, facts, causes) || is_open;
  }
  return is_open;
}

} // namespace

Truth holds(ScreenClause const& clause, Question const& question, std::vector<Cause>& causes) {
  auto const& screen = *question.rules.find_screen(clause.screen);
  auto const& reading = *std::ranges::find(screen.readings, clause.reading, &Screen::ReadingRule::id);
  auto truth = Truth::No;
  auto const accept = [&](bool is_met, std::vector<Cause> const& found) {
    if (is_met) {
      truth = Truth::Yes;
      causes.insert(causes.end(), found.begin(), found.end());
    }
  };
  if (reading.needs_entry && screen.entry) {
    std::vector<Cause> entry;
    if (auto const entered = holds(*screen.entry, {question.rules, question.facts, {}}, entry);
        entered != Truth::Yes)
      return entered;
  }
  std::vector<Cause> any_of, counted, scored, gateways;
  accept(count_true(reading.any_of, question.facts, any_of) > 0, any_of);
  accept(count_true(reading.or_count_of, question.facts, counted) >= reading.min && reading.min > 0,
         counted);
  accept(reading.score_min && reaches_score(screen, *reading.score_min, question.facts, scored), scored);
  accept(has_open_gateway(screen, reading.gateways, question.facts, gateways), gateways);
  return truth;
}

} // namespace tripsis::clinic::screening
