// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Judging changes of scores at their thresholds, by hand.
#include "clinic/outcome/change.hh"

#include <gtest/gtest.h>

namespace tripsis::clinic::outcome {
namespace {

using Direction = Change::Direction;

std::string text_of(Change const& result) {
  return std::string{code_of(result.judgement)} + (result.direction == Direction::Better  ? " better"
                                                   : result.direction == Direction::Worse ? " worse"
                                                                                          : " same");
}

Instrument made(std::vector<ChangeThreshold> changes) {
  return {.id = "made-up", .changes = std::move(changes)};
}

std::string judged(Instrument const& instrument, Tenths baseline, Tenths now) {
  return text_of(judge(thresholds(instrument), Better::Lower, {baseline}, {now}));
}

TEST(Change, is_meaningful_from_the_mcid_and_possible_from_the_mdc) {
  auto const instrument = made({{"MCID", "5", "points", "all", ""}, {"MDC", "3", "points", "all", ""}});
  EXPECT_EQ(judged(instrument, 200, 150), "meaningful better");
  EXPECT_EQ(judged(instrument, 200, 151), "possible better");
  EXPECT_EQ(judged(instrument, 200, 170), "possible better");
  EXPECT_EQ(judged(instrument, 200, 171), "no-clear-change better");
  EXPECT_EQ(judged(instrument, 200, 200), "no-clear-change same");
  EXPECT_EQ(judged(instrument, 150, 200), "meaningful worse");
}

TEST(Change, below_the_noise_is_never_meaningful) {
  // As the NDI's: patients notice 7.5, and the noise is 10.2.
  auto const instrument =
      made({{"MCID", "7.5", "points", "all", ""}, {"MDC", "10.2", "points", "all", ""}});
  EXPECT_EQ(thresholds(instrument).clear(), 102);
  EXPECT_EQ(judged(instrument, 300, 220), "no-clear-change better");
  EXPECT_EQ(judged(instrument, 300, 198), "meaningful better");
}

TEST(Change, with_no_mcid_is_possible_at_best_and_with_no_threshold_never_clear) {
  EXPECT_EQ(judged(made({{"MDC90", "3", "points", "all", ""}}), 100, 0), "possible better");
  EXPECT_EQ(judged(made({{"MCID", "unknown", "points", "all", ""}}), 100, 0), "no-clear-change better");
  EXPECT_EQ(judged(made({{"MIC", "30", "percent", "all", ""}}), 100, 0), "no-clear-change better");
  EXPECT_EQ(judged(made({{"group_difference", "2", "points", "all", ""}}), 100, 0),
            "no-clear-change better");
}

TEST(Change, counts_in_percent_only_where_nobody_says_it_in_points) {
  auto const percent = made({{"MCID", "14", "percent", "all", ""}}); // as the FIQR's
  EXPECT_EQ(judged(percent, 500, 430), "meaningful better");         // 70 of 500: 14 %
  EXPECT_EQ(judged(percent, 500, 431), "no-clear-change better");
  EXPECT_EQ(judged(percent, 0, 100), "no-clear-change worse"); // nothing to take a part of
  auto const both = made({{"MCID", "4", "points", "all", ""}, {"MCID", "20", "percent", "all", ""}});
  EXPECT_EQ(judged(both, 100, 70), "no-clear-change better"); // 30 %, and 3 points
}

TEST(Change, of_several_sources_the_strictest_counts) {
  auto const instrument = made({{"MIC", "2", "points", "back", ""}, {"MCID", "4", "points", "neck", ""}});
  EXPECT_EQ(judged(instrument, 80, 50), "no-clear-change better");
  EXPECT_EQ(judged(instrument, 80, 40), "meaningful better");
}

TEST(Change, knows_which_way_is_better_and_gives_points_and_percent) {
  auto const knowledge = load_knowledge();
  auto const judged_of = [&](std::string_view id, Tenths baseline, Tenths now) {
    return text_of(change(knowledge, id, {baseline}, {now}).value());
  };
  EXPECT_EQ(judged_of("psfs", 30, 50), "meaningful better"); // 2 on average; 3 is for one activity
  EXPECT_EQ(judged_of("psfs", 30, 49), "no-clear-change better");
  EXPECT_EQ(judged_of("peg", 67, 57), "meaningful better");
  EXPECT_EQ(judged_of("peg", 57, 67), "meaningful worse");
  EXPECT_EQ(judged_of("nprs", 70, 50), "meaningful better");
  EXPECT_EQ(judged_of("nprs", 70, 60), "no-clear-change better");
  EXPECT_EQ(judged_of("gad7", 120, 80), "meaningful better");
  EXPECT_EQ(judged_of("gad7", 120, 90), "no-clear-change better");
  EXPECT_EQ(judged_of("phq9", 120, 70), "meaningful better");
  EXPECT_EQ(judged_of("phq9", 120, 80), "no-clear-change better");
  EXPECT_EQ(judged_of("rmdq", 120, 70), "meaningful better");
  auto const fall = change(knowledge, "rmdq", {120}, {80}).value();
  EXPECT_EQ(fall.points, -40);
  EXPECT_EQ(fall.percent, -33);
  EXPECT_EQ(fall.judgement, Judgement::NoClearChange); // The 2 points between groups are no threshold
  EXPECT_FALSE(change(knowledge, "rmdq", {0}, {30})->percent);
  EXPECT_FALSE(change(knowledge, "none-such", {0}, {30}));
}

TEST(Change, a_rating_of_change_is_judged_by_itself) {
  auto const knowledge = load_knowledge();
  auto const rated = [&](Tenths before, Tenths now) {
    return text_of(change(knowledge, "groc", {before}, {now}).value());
  };
  EXPECT_EQ(rated(60, 50), "meaningful better"); // Whatever was rated before
  EXPECT_EQ(rated(0, 40), "no-clear-change better");
  EXPECT_EQ(rated(0, -50), "meaningful worse");
}

} // namespace
} // namespace tripsis::clinic::outcome
