// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Which measure is due when, along a course of chronic low back pain (protocol p_clbp: baseline rmdq, nprs,
// psfs, rom; re-assessed at visits 4, 7, 10 and 26 weeks later by rmdq, nprs, psfs, groc).
#include "clinic/outcome/schedule.hh"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::clinic::outcome {
namespace {

constexpr Day start{std::chrono::year{2026} / 9 / 1};

Day day(int number) {
  return start + std::chrono::days{number};
}

class Schedule : public testing::Test {
protected:
  Schedule() { course_.conditions = {knowledge_.care.find_condition("clbp")}; }

  /// "review at visit 4, day 21"; "" where it is not due.
  std::string due(std::string_view instrument) const {
    for (auto const& one : due_measures(knowledge_, course_))
      if (one.instrument->id == instrument)
        return one.on ? fmt::format("{}, day {}", one.reason, (*one.on - start).count()) : one.reason;
    return "";
  }

  void give_visits(int count) {
    course_.visits.clear();
    for (int visit = 0; visit < count; ++visit)
      course_.visits.push_back(day(7 * visit));
  }

  Knowledge knowledge_ = load_knowledge();
  Course course_{.today = start};
};

TEST_F(Schedule, lists_the_protocols_measures_before_the_conditions) {
  std::vector<std::string> ids;
  for (auto const* instrument : instruments_of(knowledge_, course_.conditions))
    ids.push_back(instrument->id);
  EXPECT_EQ(ids, (std::vector<std::string>{"rmdq", "nprs", "psfs", "rom", "groc", "odi", "peg", "meds"}));
  EXPECT_TRUE(instruments_of(knowledge_, {}).empty());
}

TEST_F(Schedule, everything_is_measured_at_the_start_but_a_rating_of_change) {
  EXPECT_EQ(due("rmdq"), "at the start, day 0");
  EXPECT_EQ(due("odi"), "at the start, day 0");
  EXPECT_EQ(due("rom"), "at the start, day 0");
  EXPECT_EQ(due("groc"), "");
  course_.measured["rmdq"] = day(-30);
  EXPECT_EQ(due("rmdq"), "");
  course_.start = start;
  course_.measured["rmdq"] = day(-91); // too old to be a baseline
  EXPECT_EQ(due("rmdq"), "at the start, day 0");
}

TEST_F(Schedule, pain_is_asked_at_every_visit) {
  course_.measured["nprs"] = day(0);
  EXPECT_EQ(due("nprs"), "");
  course_.coming = {day(7), day(14)};
  EXPECT_EQ(due("nprs"), "every visit, day 7");
  course_.measured["nprs"] = day(7);
  EXPECT_EQ(due("nprs"), "");
}

TEST_F(Schedule, reviews_come_with_their_visit_and_stay_until_they_are_done) {
  course_.start = start;
  course_.review_visits = {4, 7, 10};
  course_.measured["rmdq"] = day(0);
  give_visits(1);
  EXPECT_EQ(due("rmdq"), "review at visit 4"); // not booked yet
  course_.coming = {day(7), day(14), day(21)};
  EXPECT_EQ(due("rmdq"), "review at visit 4, day 21");
  EXPECT_EQ(due("groc"), "review at visit 4, day 21");
  EXPECT_EQ(due("odi"), "at the start, day 0"); // the protocol does not re-assess with it
  course_.measured["odi"] = day(0);
  EXPECT_EQ(due("odi"), "");
  give_visits(3);
  course_.coming = {day(21)};
  EXPECT_EQ(due("rmdq"), "review at visit 4, day 21");
  give_visits(5); // overdue: visit 4 was on day 21
  course_.coming = {};
  EXPECT_EQ(due("rmdq"), "review at visit 4, day 21");
  course_.measured["rmdq"] = day(14); // at visit 3: not for this review
  EXPECT_EQ(due("rmdq"), "review at visit 4, day 21");
  course_.measured["rmdq"] = day(21);
  EXPECT_EQ(due("rmdq"), "review at visit 7");
}

TEST_F(Schedule, after_the_course_the_protocol_asks_once_more) {
  course_.start = start;
  course_.end = day(70);
  course_.review_visits = {4};
  give_visits(10);
  course_.measured["rmdq"] = day(63);
  EXPECT_EQ(due("rmdq"), fmt::format("26 weeks after the course, day {}", 70 + 26 * 7));
  course_.measured["rmdq"] = day(70 + 26 * 7 - 5);
  EXPECT_EQ(due("rmdq"), "");
}

TEST_F(Schedule, diaries_are_kept_every_day_while_in_care) {
  course_.conditions = {knowledge_.care.find_condition("tth")};
  EXPECT_EQ(due("headache_diary"), ""); // nobody cares for them yet
  course_.start = start;
  EXPECT_EQ(due("headache_diary"), "every day, day 0");
  course_.measured["headache_diary"] = start;
  EXPECT_EQ(due("headache_diary"), "");
  course_.today = day(1);
  EXPECT_EQ(due("headache_diary"), "every day, day 1");
  course_.end = day(0); // it ends, and is asked for once more
  EXPECT_EQ(due("headache_diary"), "10 weeks after the course, day 70");
}

} // namespace
} // namespace tripsis::clinic::outcome
