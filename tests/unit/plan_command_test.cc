// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis plan, as it is run on a file.
#include "app/command.hh"
#include "base/json/parse.hh"
#include "support/temporary_folder.hh"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

namespace tripsis::app {
namespace {

class PlanCommand : public testing::Test {
protected:
  Result<Exit> run(std::string const& text,
                   std::initializer_list<std::pair<char const*, char const*>> more) {
    auto const path = folder_.path() + "/patient.json";
    std::ofstream{path} << text;
    Arguments arguments;
    arguments.set("patient", path);
    for (auto const& [name, value] : more)
      arguments.set(name, value);
    testing::internal::CaptureStdout();
    auto const result = std::ranges::find(commands(), "plan", &Command::name)->run(arguments);
    printed_ = testing::internal::GetCapturedStdout();
    return result;
  }
  test::TemporaryFolder folder_;
  std::string printed_;
};

constexpr auto neck =
    R"({"resourceType":"Bundle","type":"collection","timestamp":"2026-11-23T10:00:00-05:00","entry":[{"resource":{"resourceType":"Patient","id":"p"}},)"
    R"({"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M54.2"}]}}}]})";

TEST_F(PlanCommand, prints_the_proposal_for_the_bundles_own_day) {
  ASSERT_TRUE(run(neck, {}));
  auto const bundle = json::parse(printed_);
  ASSERT_TRUE(bundle) << printed_;
  auto const& care_plan = *bundle->items("entry")[0].find("resource");
  EXPECT_EQ(care_plan.text("resourceType"), "CarePlan");
  EXPECT_EQ(care_plan.at({"period", "start"})->string(), "2026-11-23");
  EXPECT_EQ(care_plan.text("description"), "60 minutes, twice a week for 4 weeks: 8 visits");
}

TEST_F(PlanCommand, takes_another_day_and_another_dose) {
  ASSERT_TRUE(run(neck, {{"on", "2026-12-01"}, {"minutes", "30"}}));
  EXPECT_TRUE(printed_.contains("2026-12-01"));
  EXPECT_TRUE(printed_.contains("under-dosed"));
}

TEST_F(PlanCommand, says_what_is_wrong_with_its_input) {
  EXPECT_EQ(run(neck, {{"weeks", "0"}}).error().what,
            "The parameter weeks must be a whole number from 1 to 104.");
  EXPECT_TRUE(run("nonsense", {}).error().what.contains("is not JSON"));
  EXPECT_EQ(run(neck, {{"on", "soon"}}).error().what, "--on soon: give a date as YYYY-MM-DD.");
}

} // namespace
} // namespace tripsis::app
