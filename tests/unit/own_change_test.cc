// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/evidence/own_change.hh"

#include <gtest/gtest.h>

namespace tripsis::clinic::evidence {
namespace {

using namespace std::chrono;

Day day(int number) {
  return sys_days{2026y / 3 / 1} + days{number};
}

TEST(OwnChange, takes_first_and_last_at_least_a_fortnight_apart) {
  std::vector<Point> const points{{day(20), 3}, {day(0), 7}, {day(5), 9}};
  auto const pair = pair_of(points);
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->first, 7);
  EXPECT_EQ(pair->last, 3);
  EXPECT_TRUE(pair_of(std::vector<Point>{{day(0), 7}, {day(14), 3}}));
  EXPECT_FALSE(pair_of(std::vector<Point>{{day(0), 7}, {day(13), 3}}));
  EXPECT_FALSE(pair_of(std::vector<Point>{{day(0), 7}}));
  EXPECT_FALSE(pair_of({}));
}

/// Changes -1, -2, -3, -4, -5: mean -3, s = sqrt(10 / 4) = 1.5811, standard error 0.7071; t(4) = 2.7764.
TEST(OwnChange, mean_and_interval_are_those_of_students_t) {
  std::vector<Pair> const pairs{{10, 9}, {10, 8}, {10, 7}, {10, 6}, {10, 5}};
  auto const change = own_change(pairs, Better::Lower);
  ASSERT_TRUE(change);
  EXPECT_DOUBLE_EQ(change->mean, -3);
  EXPECT_NEAR(change->low, -3 - 2.7764 * 0.70711, 1e-3);
  EXPECT_NEAR(change->high, -3 + 2.7764 * 0.70711, 1e-3);
  EXPECT_EQ(change->improved30, 3U); // by 30, 40 and 50 percent
  EXPECT_EQ(change->improved70, 0U);
}

TEST(OwnChange, getting_better_can_mean_more) {
  std::vector<Pair> const pairs{{2, 9}, {2, 3}, {2, 2}, {0, 5}, {4, 1}};
  auto const change = own_change(pairs, Better::Higher);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->improved30, 2U); // of 0 there is no share
  EXPECT_EQ(change->improved70, 1U);
  EXPECT_EQ(own_change(pairs, Better::Lower)->improved70, 1U);
}

TEST(OwnChange, of_few_patients_nothing_is_told) {
  EXPECT_FALSE(own_change(std::vector<Pair>(4, Pair{5, 4}), Better::Lower));
  auto const same = own_change(std::vector<Pair>(5, Pair{5, 4}), Better::Lower);
  ASSERT_TRUE(same);
  EXPECT_DOUBLE_EQ(same->low, same->high);
}

} // namespace
} // namespace tripsis::clinic::evidence
