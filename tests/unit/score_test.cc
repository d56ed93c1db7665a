// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Every instrument's score at its ends, with missing items, and with answers that there are not; all
// expected values are computed by hand from the rules in knowledge/instruments.yaml.
#include "clinic/outcome/score.hh"

#include <vector>

#include <gtest/gtest.h>

namespace tripsis::clinic::outcome {
namespace {

using Form = std::vector<std::optional<int>>;
constexpr std::nullopt_t none = std::nullopt;

/// The score's text; "none" where there is none; the Error's text where the answers are refused.
std::string text_of(Scale scale, Form const& answers) {
  auto const result = score(scale, answers);
  if (!result)
    return result.error().what;
  return *result ? (*result)->text(scale) : "none";
}

Form repeated(std::size_t count, std::optional<int> answer) {
  return Form(count, answer);
}

TEST(Score, knows_the_seven_instruments_by_their_ids) {
  for (auto const* id : {"nprs", "peg", "psfs", "rmdq", "gad7", "phq9", "groc"})
    EXPECT_TRUE(find_scale(id)) << id;
  EXPECT_FALSE(find_scale("odi"));
  EXPECT_FALSE(find_scale(""));
}

TEST(Score, nprs_is_the_one_number) {
  EXPECT_EQ(text_of(Scale::Nprs, {0}), "0");
  EXPECT_EQ(text_of(Scale::Nprs, {10}), "10");
  EXPECT_EQ(text_of(Scale::Nprs, {none}), "none");
  EXPECT_EQ(text_of(Scale::Nprs, {11}), "Answer 1 of NPRS must be from 0 to 10.");
  EXPECT_EQ(text_of(Scale::Nprs, {}), "NPRS has 1 answers, and 0 were given.");
}

TEST(Score, peg_is_the_mean_of_all_three_with_one_decimal) {
  EXPECT_EQ(text_of(Scale::Peg, {0, 0, 0}), "0.0");
  EXPECT_EQ(text_of(Scale::Peg, {10, 10, 10}), "10.0");
  EXPECT_EQ(text_of(Scale::Peg, {5, 6, 6}), "5.7"); // 17 / 3 = 5.67
  EXPECT_EQ(text_of(Scale::Peg, {5, 5, 6}), "5.3"); // 16 / 3 = 5.33
  EXPECT_EQ(text_of(Scale::Peg, {5, none, 6}), "none");
  EXPECT_EQ(text_of(Scale::Peg, {5, -1, 6}), "Answer 2 of PEG must be from 0 to 10.");
}

TEST(Score, psfs_is_the_mean_of_the_activities_that_were_rated) {
  EXPECT_EQ(text_of(Scale::Psfs, {3}), "3.0");
  EXPECT_EQ(text_of(Scale::Psfs, {3, 4}), "3.5");
  EXPECT_EQ(text_of(Scale::Psfs, {2, 3, 3}), "2.7"); // 8 / 3 = 2.67
  EXPECT_EQ(text_of(Scale::Psfs, {10, 10, 10, 10, 10}), "10.0");
  EXPECT_EQ(text_of(Scale::Psfs, {2, none}), "none"); // an activity was named and not rated
  EXPECT_EQ(text_of(Scale::Psfs, {}), "PSFS has 1 to 5 answers, and 0 were given.");
  EXPECT_EQ(text_of(Scale::Psfs, repeated(6, 1)), "PSFS has 1 to 5 answers, and 6 were given.");
}

TEST(Score, rmdq_counts_what_is_ticked_and_takes_the_rest_as_not_so) {
  EXPECT_EQ(text_of(Scale::Rmdq, repeated(24, none)), "0");
  EXPECT_EQ(text_of(Scale::Rmdq, repeated(24, 1)), "24");
  auto some = repeated(24, none);
  some[0] = some[5] = some[23] = 1;
  some[7] = 0;
  EXPECT_EQ(text_of(Scale::Rmdq, some), "3");
  EXPECT_EQ(text_of(Scale::Rmdq, repeated(23, 1)), "RMDQ has 24 answers, and 23 were given.");
  some[2] = 2;
  EXPECT_EQ(text_of(Scale::Rmdq, some), "Answer 3 of RMDQ must be from 0 to 1.");
}

TEST(Score, gad7_is_the_sum_and_needs_every_item) {
  EXPECT_EQ(text_of(Scale::Gad7, repeated(7, 0)), "0");
  EXPECT_EQ(text_of(Scale::Gad7, repeated(7, 3)), "21");
  EXPECT_EQ(text_of(Scale::Gad7, {1, 2, 3, 0, 1, 2, 3}), "12");
  EXPECT_EQ(text_of(Scale::Gad7, {1, 2, 3, none, 1, 2, 3}), "none");
  EXPECT_EQ(text_of(Scale::Gad7, {1, 2, 3, 4, 1, 2, 3}), "Answer 4 of GAD-7 must be from 0 to 3.");
}

TEST(Score, phq9_is_scaled_up_where_one_or_two_items_are_missing) {
  EXPECT_EQ(text_of(Scale::Phq9, repeated(9, 0)), "0");
  EXPECT_EQ(text_of(Scale::Phq9, repeated(9, 3)), "27");
  EXPECT_EQ(text_of(Scale::Phq9, {1, 1, 1, 1, 1, 1, 1, 1, none}), "9");     // 8 · 9 / 8
  EXPECT_EQ(text_of(Scale::Phq9, {3, 1, 1, 1, 1, 1, 1, 1, none}), "11");    // 10 · 9 / 8 = 11.25
  EXPECT_EQ(text_of(Scale::Phq9, {2, 2, 1, 1, 1, 1, 1, none, none}), "12"); // 9 · 9 / 7 = 11.57
  EXPECT_EQ(text_of(Scale::Phq9, {3, 3, 3, 3, 3, 3, 3, none, none}), "27");
  EXPECT_EQ(text_of(Scale::Phq9, {1, 1, 1, 1, 1, 1, none, none, none}), "none");
  EXPECT_EQ(text_of(Scale::Phq9, repeated(9, none)), "none");
  EXPECT_EQ(text_of(Scale::Phq9, {0, 0, 0, 0, 0, 0, 0, 0, 4}), "Answer 9 of PHQ-9 must be from 0 to 3.");
}

TEST(Score, groc_runs_from_minus_seven_to_seven) {
  EXPECT_EQ(text_of(Scale::Groc, {-7}), "-7");
  EXPECT_EQ(text_of(Scale::Groc, {0}), "0");
  EXPECT_EQ(text_of(Scale::Groc, {7}), "7");
  EXPECT_EQ(text_of(Scale::Groc, {-8}), "Answer 1 of GROC must be from -7 to 7.");
  EXPECT_EQ(text_of(Scale::Groc, {none}), "none");
}

} // namespace
} // namespace tripsis::clinic::outcome
