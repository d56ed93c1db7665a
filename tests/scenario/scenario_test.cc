// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Runs every *.scenario of this folder, each scenario on a fresh store. What is sent goes through
// everything but the socket.
#include "base/json/parse.hh"
#include "fhirpath/fhirpath.hh"
#include "script.hh"
#include "support/test_program.hh"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::test {
namespace {

class ScenarioRun : public testing::Test {
public:
  ScenarioRun(std::string file, Scenario scenario)
      : file_{std::move(file)}, scenario_{std::move(scenario)} {}

  void TestBody() override {
    for (auto const& step : scenario_.steps) {
      SCOPED_TRACE(fmt::format("{}:{}: {} {}", file_, step.line, step.method, step.target));
      program_.clock.set(program_.clock.now() + std::chrono::seconds{step.wait_seconds});
      auto const response = program_.dispatch.answer(request_of(step));
      check(step, response);
      if (HasFatalFailure())
        return;
    }
  }

private:
  /// ${NAME} becomes what was saved under that name.
  std::string fill(std::string text) const {
    for (auto const& [name, value] : saved_)
      for (auto const mark = "${" + name + "}"; text.contains(mark);)
        text.replace(text.find(mark), mark.size(), value);
    return text;
  }

  rest::Request request_of(Step const& step) {
    rest::Request request{.method = step.method,
                          .target = fill(step.target),
                          .headers = {},
                          .body = fill(step.body),
                          .peer = "192.0.2.1"};
    for (auto const& [name, value] : step.headers)
      request.headers.emplace_back(name, fill(value));
    if (!request.has_header("Host"))
      request.headers.emplace_back("Host", "localhost");
    if (!request.body.empty() && !request.has_header("Content-Type"))
      request.headers.emplace_back("Content-Type", "application/fhir+json");
    if (step.as == "owner")
      request.headers.emplace_back("Authorization", "Bearer " + owners_token_);
    else if (step.as == "therapist")
      request.headers.emplace_back("Authorization", "Bearer " + therapists_token_);
    else if (step.as == "patient")
      request.headers.emplace_back("Authorization", "Bearer " + patients_token_);
    else if (step.as == "session")
      request.headers.emplace_back("Cookie", cookie_);
    return request;
  }

  void check(Step const& step, rest::Response const& response) {
    ASSERT_EQ(response.status, step.status) << response.content();
    if (auto const set = std::string{response.header("Set-Cookie")}; !set.empty())
      cookie_ = set.substr(0, set.find(';'));
    for (auto const& [name, expected] : step.expected_headers) {
      auto const value = response.header(name);
      auto const pattern = fill(expected);
      EXPECT_TRUE(pattern == "(none)" ? value.empty() : matches_pattern(pattern, value))
          << name << ": " << value << "\nnot: " << pattern;
    }
    for (auto const& expected : step.texts)
      EXPECT_TRUE(matches_pattern(expected == "(none)" ? "" : fill(expected), response.content()))
          << response.content() << "\nnot: " << fill(expected);
    if (step.conditions.empty() && step.saved.empty())
      return;
    auto const body = json::parse(response.content());
    ASSERT_TRUE(body) << body.error().what << "\n" << response.content();
    for (auto const& condition : step.conditions)
      EXPECT_TRUE(holds(fill(condition), *body))
          << condition << "\ndoes not hold of " << json::write_indented(*body).substr(0, 2000);
    for (auto const& [name, path] : step.saved)
      saved_[name] = value_at(path, *body);
  }

  static fhirpath::Collection evaluate(std::string const& text, json::Value const& body) {
    auto const expression = fhirpath::Expression::parse(text);
    if (!expression) {
      ADD_FAILURE() << text << ": " << expression.error().what;
      return {};
    }
    auto found = expression->evaluate(body);
    if (!found) {
      ADD_FAILURE() << text << ": " << found.error().what;
      return {};
    }
    return *std::move(found);
  }

  static bool holds(std::string const& text, json::Value const& body) {
    return fhirpath::to_boolean(evaluate(text, body)).value_or(false);
  }

  static std::string value_at(std::string const& path, json::Value const& body) {
    auto const found = evaluate(path, body);
    if (found.size() != 1 || !found.front().value().is_string()) {
      ADD_FAILURE() << path << " is not one text in " << json::write(body);
      return {};
    }
    return found.front().value().string();
  }

  std::string file_;
  Scenario scenario_;
  TestProgram program_;
  std::string owners_token_ = program_.token(auth::Role::Owner, "owner", std::chrono::hours{1000});
  std::string therapists_token_ =
      program_.token(auth::Role::Therapist, "therapist", std::chrono::hours{1000});
  std::string patients_token_ = program_.patients_token("own", std::chrono::hours{1000});
  std::string cookie_;
  std::map<std::string, std::string> saved_;
};

class BrokenScript : public testing::Test {
public:
  explicit BrokenScript(std::string what) : what_{std::move(what)} {}
  void TestBody() override { FAIL() << what_; }

private:
  std::string what_;
};

std::string test_name(std::string text) {
  std::ranges::replace_if(text, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return text;
}

void register_file(std::filesystem::path const& file) {
  std::ifstream in{file};
  std::string const text{std::istreambuf_iterator<char>{in}, {}};
  auto const name = file.filename().string();
  auto const suite = test_name(file.stem().string());
  auto const scenarios = parse_script(text);
  if (!scenarios) {
    auto const what = name + ": " + scenarios.error().what;
    testing::RegisterTest(suite.c_str(), "script", nullptr, nullptr, file.c_str(), 1,
                          [what]() -> testing::Test* { return new BrokenScript{what}; });
    return;
  }
  for (auto const& scenario : *scenarios)
    testing::RegisterTest(suite.c_str(), test_name(scenario.name).c_str(), nullptr, nullptr, file.c_str(),
                          scenario.line,
                          [name, scenario]() -> testing::Test* { return new ScenarioRun{name, scenario}; });
}

TEST(Script, patterns) {
  EXPECT_TRUE(matches_pattern("*", ""));
  EXPECT_TRUE(matches_pattern("a*c*", "abcd"));
  EXPECT_FALSE(matches_pattern("a*c", "abcd"));
  EXPECT_FALSE(matches_pattern("", "a"));
}

} // namespace
} // namespace tripsis::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator{"tests/scenario"})
    if (entry.path().extension() == ".scenario")
      files.push_back(entry.path());
  std::ranges::sort(files);
  for (auto const& file : files)
    tripsis::test::register_file(file);
  return RUN_ALL_TESTS();
}
