// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The thirty clinical vignettes, and the realistic patient records: what the screening must say of the
// first, and that it can say something of the second, with reasons that stand in the record. Both lie
// outside the project (../shared).
#include "../support/shared.hh"
#include "base/json/parse.hh"
#include "clinic/knowledge/knowledge.hh"
#include "clinic/screening/screening.hh"

#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace tripsis::clinic::screening {
namespace {

json::Value read_json(std::filesystem::path const& path) {
  std::ifstream in{path};
  std::stringstream text;
  text << in.rdbuf();
  auto parsed = json::parse(text.str());
  EXPECT_TRUE(parsed) << path << ": " << (parsed ? "" : parsed.error().what);
  return parsed ? *std::move(parsed) : json::Value{};
}

Day day_of(std::string_view text) {
  return parse_moment(text, nullptr)->first;
}

std::set<std::string> ids(json::Value const& result, std::string_view list, std::string_view name) {
  std::set<std::string> found;
  for (auto const& item : result.items(list))
    found.emplace(item.text(name));
  return found;
}

void expect_case(Rules const& rules, std::filesystem::path const& folder, json::Value const& expected) {
  SCOPED_TRACE(std::string{expected.text("file")} + ": " + std::string{expected.text("why")});
  auto const record = PatientRecord::from_bundle(read_json(folder / expected.text("file")));
  ASSERT_TRUE(record);
  auto const result = to_json(screen(rules, *record, day_of(expected.text("on"))));
  SCOPED_TRACE(json::write_indented(result));
  EXPECT_EQ(result.text("decision"), expected.text("decision"));
  auto const fired = ids(result, "issues", "rule");
  for (auto const& rule : expected.items("rules"))
    EXPECT_TRUE(fired.contains(rule.string())) << rule.string();
  for (auto const& rule : expected.items("not_rules"))
    EXPECT_FALSE(fired.contains(rule.string())) << rule.string();
  auto const asked = ids(result, "questions", "finding");
  for (auto const& finding : expected.items("questions"))
    EXPECT_TRUE(asked.contains(finding.string())) << finding.string();
  EXPECT_TRUE(result.items("not_judged").empty());
}

TEST(Vignettes, all_are_judged_as_expected) {
  SHARED_OR_SKIP(shared);
  auto const knowledge = load_knowledge();
  auto const expected = read_json(shared / "vignettes/expected.json");
  ASSERT_EQ(expected.array().size(), 30U);
  for (auto const& one_case : expected.array())
    expect_case(knowledge.rules, shared / "vignettes", one_case);
}

/// "Type/id" of every resource of a Bundle.
std::set<std::string> names_in(json::Value const& bundle) {
  std::set<std::string> names;
  for (auto const& entry : bundle.items("entry"))
    if (auto const* resource = entry.find("resource"))
      names.insert(std::string{resource->text("resourceType")} + "/" + std::string{resource->text("id")});
  return names;
}

TEST(Patients, every_record_is_screened_and_each_reason_stands_in_it) {
  SHARED_OR_SKIP(shared);
  auto const knowledge = load_knowledge();
  int records = 0, issues = 0;
  for (auto const& file : std::filesystem::directory_iterator{shared / "fhir/patients"}) {
    auto bundle = read_json(file.path());
    auto const names = names_in(bundle);
    auto const record = PatientRecord::from_bundle(std::move(bundle));
    if (!record) // The two files of hospitals and practitioners
      continue;
    ++records;
    SCOPED_TRACE(file.path().filename().string());
    // A day near the end of the records and one after it: what is known differs.
    for (auto const* on : {"2019-06-01", "2026-11-22"}) {
      auto const result = screen(knowledge.rules, *record, day_of(on));
      EXPECT_TRUE(result.not_judged.empty());
      for (auto const& issue : result.issues) {
        ++issues;
        EXPECT_FALSE(issue.because.empty()) << issue.rule->id;
        for (auto const& cause : issue.because) {
          EXPECT_TRUE(names.contains(cause.ref)) << issue.rule->id << ": " << cause.ref;
          EXPECT_FALSE(cause.text.empty()) << issue.rule->id;
        }
      }
    }
  }
  EXPECT_EQ(records, 22);
  EXPECT_GE(issues, 20);
}

} // namespace
} // namespace tripsis::clinic::screening
