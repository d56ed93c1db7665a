// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The official FHIRPath suite (660 cases of FHIR/fhir-test-cases, from ../shared), and every search
// parameter of R4 on that type's official examples.
#include "../support/shared.hh"
#include "base/json/parse.hh"
#include "fhir/definitions.hh"
#include "fhirpath/fhirpath.hh"

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace tripsis::fhirpath {
namespace {

/// Of 660. Those that are not reached are listed with their reasons in fhirpath-known.txt, and only those
/// may fail.
constexpr int least_passed = 656;

json::Value read_json(std::filesystem::path const& path) {
  std::ifstream in{path, std::ios::binary};
  std::string const text{std::istreambuf_iterator<char>{in}, {}};
  auto parsed = json::parse(text);
  EXPECT_TRUE(parsed.has_value()) << path << ": " << (parsed ? "" : parsed.error().what);
  return parsed ? *std::move(parsed) : json::Value{};
}

/// As the suite writes it: dates and times with @, quantities as literals.
std::string written(Item const& item) {
  auto const& value = item.value();
  auto const type = item.type();
  if (type == "Quantity")
    return std::string{value.at({"value"})->lexeme()} + " '" +
           std::string{value.text(value.text("code").empty() ? "unit" : "code")} + "'";
  if (value.is_string()) {
    bool const time = type == "Time" || type == "time";
    bool const date =
        type == "Date" || type == "DateTime" || type == "date" || type == "dateTime" || type == "instant";
    return (time ? "@T" : date ? "@" : "") + value.string();
  }
  return value.is_number() ? value.lexeme() : json::write(value);
}

std::string lower_first(std::string_view text) {
  std::string out{text};
  if (!out.empty() && out != "Quantity")
    out[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[0])));
  return out;
}

/// "" when the case passes, else what went wrong.
std::string run(json::Value const& wanted, json::Value const& input) {
  bool const refuse = wanted.find("invalid") != nullptr;
  auto const type = input.text("resourceType");
  auto const expression = Expression::parse(wanted.text("expression"), type, Checking::Strict);
  if (!expression)
    return refuse ? "" : "not parsed: " + expression.error().what;
  Context context;
  context.now = "2026-11-22T10:15:30.250+01:00";
  auto const result = expression->evaluate(context, Item::resource(input));
  if (!result)
    return refuse ? "" : result.error().what;
  std::string got, expected;
  for (auto const& item : *result)
    got += lower_first(item.type()) + ":" + written(item) + " ";
  if (refuse)
    return "should be refused, gives " + got;
  auto const& outputs = wanted.items("outputs");
  bool good = outputs.size() == result->size();
  std::multiset<std::string> left, right;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    auto const kind = outputs[i].text("type"), value = outputs[i].text("value");
    expected += std::string{kind} + ":" + std::string{value} + " ";
    if (good) {
      good = kind.empty() || lower_first((*result)[i].type()) == kind;
      left.insert(written((*result)[i]));
      right.insert(std::string{value});
    }
    bool const ordered = wanted.text("ordered") != "false";
    good = good && (!ordered || written((*result)[i]) == value);
  }
  return good && left == right ? "" : "gives " + got + "for " + expected;
}

std::set<std::string> known_failures() {
  std::set<std::string> out;
  std::ifstream in{"tests/conformance/fhirpath-known.txt"};
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#')
      out.insert(line.substr(0, line.find(' ')));
  return out;
}

TEST(FHIRPathConformance, official_suite) {
  SHARED_OR_SKIP(shared);
  auto const folder = shared / "fhir" / "fhirpath-r4";
  auto const cases = read_json(folder / "cases.json");
  auto const known = known_failures();
  std::map<std::string, json::Value, std::less<>> inputs;
  int passed = 0;
  std::map<std::string, int> seen;
  for (auto const& one : cases.array()) {
    auto const file = std::string{one.text("input")};
    if (!inputs.contains(file))
      inputs[file] = file.empty() ? json::Value{json::Object{}} : read_json(folder / "input" / file);
    auto const id = std::string{one.text("name")};
    auto const problem = run(one, inputs[file]);
    passed += problem.empty() ? 1 : 0;
    EXPECT_EQ(problem.empty(), !known.contains(id))
        << id << ": " << one.text("expression") << "\n  "
        << (problem.empty() ? "passes now: take it off the list" : problem);
  }
  std::cout << "FHIRPath suite: " << passed << " of " << cases.array().size() << " pass\n";
  EXPECT_GE(passed, least_passed);
}

std::filesystem::path const examples = "tools/definitions/node_modules/hl7.fhir.r4.examples";

TEST(FHIRPathConformance, every_search_parameter_on_the_official_examples) {
  if (!std::filesystem::is_directory(examples))
    GTEST_SKIP() << "HL7's examples are not here; scripts/setup fetches them.";
  std::map<std::string, std::vector<std::pair<std::string, Expression>>, std::less<>> compiled;
  int expressions = 0;
  for (auto const* type : fhir::resource_types())
    for (auto const& parameter : fhir::search_parameters(type->name)) {
      if (parameter.expression.empty())
        continue;
      auto expression = Expression::parse(parameter.expression, type->name);
      ASSERT_TRUE(expression.has_value())
          << type->name << " " << parameter.code << ": " << expression.error().what;
      compiled[std::string{type->name}].emplace_back(parameter.code, *std::move(expression));
      ++expressions;
    }
  int resources = 0, evaluations = 0, found = 0;
  for (auto const& entry : std::filesystem::directory_iterator{examples}) {
    auto const name = entry.path().filename().string();
    auto const type = name.substr(0, name.find('-'));
    if (entry.path().extension() != ".json" || !compiled.contains(type))
      continue;
    auto const resource = read_json(entry.path());
    ++resources;
    for (auto const& [code, expression] : compiled.at(type)) {
      auto const result = expression.evaluate(resource);
      EXPECT_TRUE(result.has_value()) << name << " " << code << ": " << result.error().what;
      ++evaluations;
      found += result && !result->empty() ? 1 : 0;
    }
  }
  std::cout << expressions << " expressions, " << resources << " examples, " << evaluations
            << " evaluations, " << found << " find something\n";
  EXPECT_GT(found, evaluations / 10);
}

} // namespace
} // namespace tripsis::fhirpath
