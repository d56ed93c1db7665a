// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/demo/cast.hh"
#include "app/demo/practice.hh"
#include "app/wiring.hh"
#include "base/json/parse.hh"
#include "support/temporary_folder.hh"
#include "validation/validation.hh"

#include <map>

#include <gtest/gtest.h>

namespace tripsis::app::demo {
namespace {

using namespace std::chrono_literals;

constexpr auto monday = 2026y / 11 / 23;

Practice practice(std::uint64_t seed, std::chrono::year_month_day today = monday) {
  return make_practice({seed, today}, TimeZone::find("America/New_York").value(), clinic::load_knowledge());
}

std::string text_of(Practice const& made) {
  std::string text;
  for (auto const& unit : made.units)
    for (auto const& change : unit.changes)
      json::write(change.resource, text);
  return text;
}

TEST(Demo, the_same_seed_and_day_give_the_same_practice) {
  auto const once = text_of(practice(1));
  EXPECT_EQ(once, text_of(practice(1)));
  EXPECT_NE(once, text_of(practice(2)));
  EXPECT_NE(once, text_of(practice(1, 2026y / 11 / 24)));
}

TEST(Demo, every_resource_is_valid) {
  for (auto const& unit : practice(1).units)
    for (auto const& change : unit.changes)
      for (auto const& issue : validation::validate(change.resource))
        EXPECT_NE(issue.severity, validation::Severity::Error)
            << change.key.reference() << ": " << issue.where << ": " << issue.what;
}

TEST(Demo, has_six_therapists_four_rooms_sixty_patients_and_a_full_day) {
  std::map<std::string, int> present;
  int today = 0;
  auto const made = practice(1);
  for (auto const& unit : made.units)
    for (auto const& change : unit.changes)
      if (change.method == store::Method::Create) {
        ++present[change.key.type];
        today +=
            change.key.type == "Appointment" && change.resource.text("start").starts_with("2026-11-23");
      }
  EXPECT_EQ(present["Practitioner"], 6);
  EXPECT_EQ(present["Location"], 4);
  EXPECT_EQ(present["Patient"], 60);
  EXPECT_EQ(present["ServiceRequest"], 60);
  EXPECT_GT(present["Composition"], 150);
  EXPECT_GT(present["Observation"], 2 * present["Composition"]);
  EXPECT_GE(today, 25);
  EXPECT_EQ(made.people.size(), 7);
}

TEST(Demo, has_plans_with_a_dose_and_work_that_waits) {
  auto const made = practice(1);
  int plans = 0, dosed = 0, ending = 0, signed_notes = 0, visits = 0;
  std::map<std::string, int> visits_of, reviews_of;
  for (auto const& unit : made.units)
    for (auto const& change : unit.changes) {
      auto const& one = change.resource;
      auto const* subject = one.at({"subject", "reference"});
      auto const whose = subject == nullptr ? std::string{} : subject->string();
      if (change.key.type == "CarePlan") {
        ++plans;
        dosed += one.items("extension").size() == 1;
      }
      if (change.key.type == "ServiceRequest")
        ending += one.at({"occurrencePeriod", "end"})->string() == "2026-12-03";
      signed_notes += change.key.type == "Composition";
      visits += change.key.type == "Encounter" && one.text("status") == "finished";
      visits_of[whose] += change.key.type == "Encounter" && one.text("status") == "finished";
      reviews_of[whose] += change.key.type == "ClinicalImpression";
    }
  EXPECT_EQ(plans, 60);
  EXPECT_EQ(dosed, plans);
  EXPECT_EQ(ending, 1);
  EXPECT_EQ(visits, signed_notes + 1); // one note waits to be signed
  int not_reviewed = 0;
  for (auto const& [whose, given] : visits_of)
    not_reviewed += given / 4 > reviews_of[whose];
  EXPECT_EQ(not_reviewed, 1);
}

TEST(Demo, patients_have_told_of_themselves_and_rated_themselves) {
  std::map<std::string, int> forms, scores;
  int crises = 0, wishes = 0, told = 0;
  for (auto const& unit : practice(1).units)
    for (auto const& change : unit.changes) {
      auto const& resource = change.resource;
      auto const form = std::string{resource.text("questionnaire")};
      ++forms[form.substr(form.rfind('/') + 1)];
      if (auto const* code = resource.at({"code", "coding", "code"}); code != nullptr)
        ++scores[code->string()];
      crises += change.key.type == "Task" && resource.text("priority") == "stat";
      wishes += change.key.type == "Patient" && resource.find("extension") != nullptr;
      auto const* doubt = resource.at({"verificationStatus", "coding", "code"});
      told += change.key.type == "Condition" && doubt != nullptr && doubt->string() == "unconfirmed";
    }
  EXPECT_GT(forms["health-history"], 30);
  EXPECT_EQ(forms["goals-and-comfort"], forms["health-history"]);
  EXPECT_EQ(wishes, forms["health-history"]);
  EXPECT_EQ(told, forms["health-history"]);
  EXPECT_GT(forms["journal"], 30);
  EXPECT_GT(scores["peg-score"], forms["health-history"]);
  EXPECT_EQ(scores["psfs-score"], scores["peg-score"]);
  EXPECT_GT(scores["rmdq-score"], 10);
  EXPECT_EQ(forms["phq9"], 1);
  EXPECT_EQ(crises, 1);
}

TEST(Demo, works_where_the_clock_is_changed) {
  for (auto const day : {2026y / 3 / 8, 2026y / 11 / 1, 2027y / 1 / 1, 2028y / 2 / 29})
    for (auto const& unit : practice(3, day).units)
      for (auto const& change : unit.changes)
        EXPECT_TRUE(validation::validate(change.resource).empty()) << change.key.reference();
}

TEST(Demo, works_at_any_hour) {
  auto const zone = TimeZone::find("America/New_York").value();
  for (auto const now : {0h, 9h, 12h, 23h}) {
    int finished = 0;
    for (auto const& unit : make_practice({1, monday, now}, zone, clinic::load_knowledge()).units)
      for (auto const& change : unit.changes) {
        EXPECT_TRUE(validation::validate(change.resource).empty()) << change.key.reference();
        finished += change.key.type == "Appointment" && change.resource.text("status") == "fulfilled" &&
                    change.resource.text("start").starts_with("2026-11-23");
      }
    EXPECT_EQ(finished, now < 9h ? 0 : now == 9h ? 3 : now == 12h ? 11 : 25) << now.count();
  }
}

TEST(Demo, breaks_no_rule_of_the_clinic) {
  auto const zone = TimeZone::find("America/New_York").value();
  auto const knowledge = std::make_shared<clinic::CurrentKnowledge>(
      std::make_shared<clinic::Knowledge const>(clinic::load_knowledge()));
  test::TemporaryFolder const folder;
  auto const store = open_store({folder.path()}, zone, knowledge, nullptr);
  for (auto& unit : make_practice({1, monday, 23h}, zone, knowledge->shipped()).units) {
    auto const written = store->write(std::move(unit));
    ASSERT_TRUE(written) << written.error().where << " " << written.error().what;
  }
}

} // namespace
} // namespace tripsis::app::demo
