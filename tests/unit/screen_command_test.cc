// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis screen, as it is run on one patient's file and on a batch.
#include "app/command.hh"
#include "base/json/parse.hh"
#include "support/temporary_folder.hh"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace tripsis::app {
namespace {

class ScreenCommand : public testing::Test {
protected:
  using Options = std::initializer_list<std::pair<char const*, char const*>>;

  Result<Exit> run(char const* option, std::string const& text, Options more = {}) {
    auto const path = folder_.path() + "/input";
    std::ofstream{path} << text;
    Arguments arguments;
    arguments.set(option, path);
    for (auto const& [name, value] : more)
      arguments.set(name, value);
    testing::internal::CaptureStdout();
    auto const result = std::ranges::find(commands(), "screen", &Command::name)->run(arguments);
    printed_ = testing::internal::GetCapturedStdout();
    return result;
  }
  std::vector<json::Value> lines() const {
    std::istringstream in{printed_};
    std::vector<json::Value> all;
    for (std::string line; std::getline(in, line);)
      all.push_back(*json::parse(line));
    return all;
  }
  test::TemporaryFolder folder_;
  std::string printed_;
};

/// Somebody who said on 21 November 2026 that they have chills.
constexpr auto unwell =
    R"({"resourceType":"Bundle","type":"collection","timestamp":"2026-11-21T10:00:00Z","entry":[{"resource":{"resourceType":"Patient","id":"p"}},)"
    R"({"resource":{"resourceType":"Observation","id":"o","status":"final","code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/finding","code":"acutely_unwell"}]},)"
    R"("effectiveDateTime":"2026-11-21","valueBoolean":true}}]})";

TEST_F(ScreenCommand, judges_one_patient_on_the_bundles_day) {
  ASSERT_EQ(run("patient", unwell), Exit::Fine);
  EXPECT_EQ(json::parse(printed_)->text("decision"), "stop");
}

TEST_F(ScreenCommand, judges_a_batch_in_its_order_each_on_its_day) {
  auto const patient = std::string{R"("patient":)"} + unwell;
  ASSERT_EQ(run("batch",
                "{" + patient + "}\n{\"id\":\"b\",\"on\":\"2026-11-22\"," + patient + "}\n{\"id\":3," +
                    patient + "}\n",
                {{"on", "2026-11-21"}}),
            Exit::Fine);
  auto const results = lines();
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(results[0].text("decision"), "stop");
  EXPECT_EQ(results[0].find("id"), nullptr);
  EXPECT_EQ(results[1].text("decision"), "none");
  EXPECT_EQ(results[1].text("id"), "b");
  EXPECT_EQ(results[2].text("decision"), "stop");
  EXPECT_EQ(results[2].find("id")->lexeme(), "3");
}

TEST_F(ScreenCommand, names_the_lines_that_it_cannot_judge_and_judges_the_others) {
  auto const patient = std::string{R"("patient":)"} + unwell;
  ASSERT_EQ(run("batch", "nonsense\n{\"id\":2}\n{\"on\":\"soon\"," + patient + "}\n{\"patient\":[]}\n\n{" +
                             patient + "}\n"),
            Exit::InputAtFault);
  auto const results = lines();
  ASSERT_EQ(results.size(), 6U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_FALSE(results[i].text("error").empty()) << i;
    EXPECT_EQ(results[i].find("line")->lexeme(), std::to_string(i + 1));
  }
  EXPECT_EQ(results[1].find("id")->lexeme(), "2");
  EXPECT_EQ(results[5].text("decision"), "stop");
}

TEST_F(ScreenCommand, wants_either_a_patient_or_a_batch) {
  EXPECT_FALSE(run("patient", unwell, {{"batch", "other"}}));
  EXPECT_FALSE(run("on", "2026-11-21"));
  EXPECT_FALSE(run("batch", ""));
}

} // namespace
} // namespace tripsis::app
