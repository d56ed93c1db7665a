// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// For tests of the trigger grammar: rows of a condition, what the record holds, and whether it is true on
// 2026-11-21.
#pragma once

#include "base/json/parse.hh"
#include "clinic/knowledge/knowledge.hh"
#include "clinic/screening/facts.hh"
#include "clinic/screening/screening.hh"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace tripsis::clinic::screening::test {

inline Rules const& rules() {
  static Knowledge const knowledge = load_knowledge();
  return knowledge.rules;
}

inline Day const on = parse_moment("2026-11-21", nullptr)->first;

inline json::Value parsed(std::string_view text) {
  auto value = json::parse(text);
  EXPECT_TRUE(value) << text;
  return value ? *std::move(value) : json::Value{};
}

/// A record of a person born then, with these resources (JSON, comma-separated).
inline PatientRecord record(std::string const& born, std::string const& resources) {
  PatientRecord made{parsed(R"({"resourceType":"Patient","id":"p","birthDate":")" + born + R"("})")};
  auto list = parsed("[" + resources + "]");
  for (auto& resource : list.array())
    made.add(std::move(resource), "urn:uuid:without-id");
  return made;
}

struct Row {
  std::string clause, resources;
  Truth truth = Truth::Yes;
  History history = {};
  std::string born = "1980-06-15";
};

inline void expect(std::vector<Row> const& rows) {
  for (auto const& row : rows) {
    SCOPED_TRACE(row.clause + "\n" + row.resources);
    auto const clause = compile_clause(rules(), parsed(row.clause));
    ASSERT_TRUE(clause) << clause.error().what;
    auto const patient = record(row.born, row.resources);
    auto const facts = gather(rules(), patient, on, nullptr);
    std::vector<Cause> causes;
    EXPECT_EQ(static_cast<int>(holds(*clause, {rules(), facts, row.history}, causes)),
              static_cast<int>(row.truth));
  }
}

/// A Condition with this ICD-10-CM code and other members.
inline std::string condition(std::string const& icd10, std::string const& more = "") {
  return R"({"resourceType":"Condition","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":")" +
         icd10 + R"("}]})" + (more.empty() ? "" : "," + more) + "}";
}
inline std::string status(std::string const& code) {
  return R"("clinicalStatus":{"coding":[{"code":")" + code + R"("}]})";
}
inline std::string verification(std::string const& code) {
  return R"("verificationStatus":{"coding":[{"code":")" + code + R"("}]})";
}

/// An Observation of one of our findings.
inline std::string answer(std::string const& finding, std::string const& value,
                          std::string const& when = R"("effectiveDateTime":"2026-11-21")",
                          std::string const& state = "final") {
  return R"({"resourceType":"Observation","status":")" + state +
         R"(","code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/finding","code":")" +
         finding + R"("}]},)" + value + (when.empty() ? "" : "," + when) + "}";
}
inline std::string questionnaire(std::string const& items,
                                 std::string const& more = R"("authored":"2026-11-21")",
                                 std::string const& state = "completed") {
  return R"({"resourceType":"QuestionnaireResponse","status":")" + state + R"(",)" + more + R"(,"item":[)" +
         items + "]}";
}

} // namespace tripsis::clinic::screening::test
