// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What follows from the conditions: issues and their order, questions, sites, what is not judged, and the
// shape of the answer. The rules here are small ones made for the test; that the real ones compile is
// tested at the end.
#include "base/json/parse.hh"
#include "clinic/knowledge/knowledge.hh"
#include "clinic/screening/screening.hh"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace tripsis::clinic::screening {
namespace {

json::Value parsed(std::string_view text) {
  auto value = json::parse(text);
  EXPECT_TRUE(value) << text;
  return value ? *std::move(value) : json::Value{};
}

/// A rule of that level; `more` are its trigger and, where needed, ask_when, asks …
std::string rule(std::string const& id, std::string const& level, std::string const& more,
                 std::string const& applies = R"({"techniques":["all"],"regions":["all"],"site":"none"})") {
  return R"({"id":")" + id + R"(","level":")" + level +
         R"(","urgency":"routine","history":"ignored","action":{"therapist":"Act.","patient":""},)" +
         R"("references":["known:expert"],"applies":)" + applies + "," + more + "}";
}

Result<Rules> compile(std::string const& list) {
  return compile_rules(parsed(R"({
    "systems": {"icd10": ["http://hl7.org/fhir/sid/icd-10-cm"]},
    "findings": [
      {"id": "fever", "type": "boolean", "valid": "same_day", "asked": "pre_visit", "text": "Fever?"},
      {"id": "cough", "type": "boolean", "valid": "same_day", "asked": "pre_visit", "text": "Cough?"},
      {"id": "measure_bp", "type": "boolean", "valid": "same_day", "asked": "therapist", "text": "Measure."},
      {"id": "site_unknown", "type": "boolean", "valid": "until_changed", "asked": "therapist", "text": "Where?"}],
    "measures": [{"id": "systolic", "unit": "mm[Hg]", "loinc": ["8480-6"], "units": {"mm[Hg]": {"times": 1}}}],
    "medicine_forms": {"oral": ["tablet"]}, "medicine_classes": {"statin": {"words": ["atorvastatin"]}}, "pregnancy": {},
    "site_map": {"words": {"calf": ["leg_posterior"]}, "icd10": {"L": ["hand"], "L20": ["elbow"]}, "snomed": {"24079001": ["face"]}, "body_structure": {"53840002": ["leg_posterior"]}},
    "screens": [{"id": "gate", "items": [{"finding": "fever", "follow_up": ["cough"]}], "readings": [{"id": "open", "gateways": ["fever"]}]}],
    "rules": [)" + list + "]}"));
}

json::Value screened(Rules const& rules, std::string const& resources) {
  PatientRecord record{parsed(R"({"resourceType":"Patient","id":"p"})")};
  int number = 0;
  auto list = parsed("[" + resources + "]");
  for (auto& resource : list.array()) {
    resource.set("id", std::to_string(++number));
    record.add(std::move(resource));
  }
  return to_json(screen(rules, record, parse_moment("2026-11-21", nullptr)->first));
}

std::string answer(std::string const& finding, bool yes) {
  return R"({"resourceType":"Observation","status":"final","effectiveDateTime":"2026-11-21","valueBoolean":)" +
         std::string{yes ? "true" : "false"} +
         R"(,"code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/finding","code":")" +
         finding + R"("}]}})";
}
std::string condition(std::string const& icd10, std::string const& more = "") {
  return R"({"resourceType":"Condition","code":{"text":"Eczema","coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":")" +
         icd10 + R"("}]})" + more + "}";
}

std::string const on_fever = R"("trigger":{"any":[{"finding":["fever"]}]})";

TEST(Screening, issues_are_strictest_first_and_decide) {
  auto const rules = compile(rule("b", "precaution", on_fever) + "," + rule("c", "clearance", on_fever) +
                             "," + rule("a", "precaution", on_fever));
  ASSERT_TRUE(rules) << rules.error().what;
  auto const result = screened(*rules, answer("fever", true));
  EXPECT_EQ(result.text("decision"), "clearance");
  ASSERT_EQ(result.items("issues").size(), 3U);
  EXPECT_EQ(result.items("issues")[0].text("rule"), "c");
  EXPECT_EQ(result.items("issues")[1].text("rule"), "b");
  EXPECT_EQ(result.items("issues")[2].text("rule"), "a");
  EXPECT_EQ(screened(*rules, answer("fever", false)).text("decision"), "none");
}

TEST(Screening, answer_has_the_shape_of_section_6) {
  auto const rules = compile(rule("a", "absolute", on_fever + R"(,"pathway":"crisis")"));
  ASSERT_TRUE(rules);
  EXPECT_EQ(
      json::write(screened(*rules, answer("fever", true))),
      R"({"decision":"stop","issues":[{"rule":"a","level":"absolute","urgency":"routine","techniques":["all"],"regions":["all"],)"
      R"("because":[{"ref":"Observation/1","text":"Fever? Yes."}],"action":"Act.","source":["known:expert"],"pathway":"crisis"}],)"
      R"("questions":[],"not_judged":[]})");
}

TEST(Screening, questions) {
  auto const asks = std::string{R"(,"asks":["cough"])"};
  auto const on_l = std::string{R"(,"ask_when":{"any":[{"icd10":["L"]}]})"};
  auto const rules = compile(rule("one", "precaution", on_fever + asks) + "," +
                             rule("two", "precaution", on_fever + on_l + asks) + "," +
                             rule("three", "ask", on_fever + asks));
  ASSERT_TRUE(rules);
  auto const asked_by = [&](std::string const& resources) {
    auto const result = screened(*rules, resources);
    return result.items("questions").empty() ? std::string{}
                                             : json::write(*result.items("questions")[0].find("rules"));
  };
  EXPECT_EQ(asked_by(answer("fever", true)),
            R"(["one","three"])"); // With ask_when: only while the trigger is silent
  EXPECT_EQ(asked_by(condition("L20")), R"(["two"])");
  EXPECT_EQ(asked_by(answer("fever", true) + "," + answer("cough", false)), ""); // Answered, also with no
  EXPECT_EQ(screened(*rules, answer("fever", true)).items("issues").size(),
            2U); // A rule that asks is no issue
}

TEST(Screening, a_blood_pressure_of_the_day_answers_the_request_to_measure_it) {
  auto const rules = compile(rule("one", "precaution", on_fever + R"(,"asks":["measure_bp"])"));
  ASSERT_TRUE(rules);
  auto const pressure = [](std::string const& when) {
    return R"({"resourceType":"Observation","status":"final","code":{"text":"BP"},"effectiveDateTime":")" +
           when +
           R"(","component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":120,"code":"mm[Hg]"}}]})";
  };
  EXPECT_EQ(
      screened(*rules, answer("fever", true) + "," + pressure("2026-11-20")).items("questions").size(), 1U);
  EXPECT_EQ(
      screened(*rules, answer("fever", true) + "," + pressure("2026-11-21")).items("questions").size(), 0U);
}

TEST(Screening, gateways_ask_their_follow_up) {
  auto const rules =
      compile(rule("follow", "ask", R"("trigger":{"any":[{"screen":"gate","reading":"open"}]},"asks":[])"));
  ASSERT_TRUE(rules);
  EXPECT_EQ(json::write(*screened(*rules, answer("fever", true)).find("questions")),
            R"([{"finding":"cough","text":"Cough?","rules":["follow"]}])");
  EXPECT_TRUE(
      screened(*rules, answer("fever", true) + "," + answer("cough", true)).items("questions").empty());
  EXPECT_TRUE(screened(*rules, answer("fever", false)).items("questions").empty());
}

TEST(Screening, site_of_a_rule_that_needs_one) {
  auto const rules = compile(
      rule("skin", "local",
           R"("trigger":{"any":[{"icd10":["L","M"],"snomed":["24079001","1"]},{"finding":["fever"]}]})",
           R"({"techniques":["all"],"regions":["site"],"site":"needed","extent":"site"})"));
  ASSERT_TRUE(rules);
  auto const regions = [&](std::string const& resources) {
    return json::write(*screened(*rules, resources).items("issues")[0].find("regions"));
  };
  auto const asks = [&](std::string const& resources) {
    return !screened(*rules, resources).items("questions").empty();
  };
  EXPECT_EQ(regions(condition("L20.9")), R"(["elbow"])"); // The longest prefix
  EXPECT_EQ(regions(condition("L30")), R"(["hand"])");
  EXPECT_EQ(regions(condition("L30", R"(,"bodySite":[{"text":"Left calf"}])")), R"(["leg_posterior"])");
  EXPECT_EQ(
      regions(condition(
          "L30", R"(,"bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"53840002"}]}])")),
      R"(["leg_posterior"])");
  EXPECT_EQ(
      regions(condition(
          "L30",
          R"(,"bodySite":[{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/region","code":"foot"}]}])")),
      R"(["foot"])");
  EXPECT_EQ(regions(condition("M10")), R"(["site"])");
  EXPECT_EQ(regions(condition("L30") + "," + condition("M10")), R"(["hand","site"])");
  EXPECT_EQ(regions(answer("fever", true)), R"(["site"])");
  EXPECT_FALSE(asks(condition("L30")));
  EXPECT_TRUE(asks(condition("M10")));
}

TEST(Screening, what_is_not_known_is_never_silently_passed) {
  auto const rules =
      compile(rule("known", "absolute", on_fever) + "," +
              rule("half", "absolute", R"("trigger":{"any":[{"finding":["fever"]},{"moon":"full"}]})") +
              "," + rule("not", "absolute", R"("trigger":{"all":[{"not":{"moon":"full"}}]})"));
  ASSERT_TRUE(rules) << rules.error().what;
  auto const quiet = screened(*rules, "");
  EXPECT_EQ(json::write(*quiet.find("not_judged")), R"(["half","not"])");
  EXPECT_EQ(quiet.text("decision"), "none");
  EXPECT_EQ(screened(*rules, answer("fever", true)).items("issues").size(),
            2U); // By what is known of it, "half" fires all the same
}

TEST(Screening, broken_rules_are_refused_by_name) {
  auto const expect_error = [](std::string const& broken, std::string const& part) {
    auto const rules = compile(broken);
    ASSERT_FALSE(rules);
    EXPECT_NE(rules.error().what.find(part), std::string::npos) << rules.error().what;
  };
  expect_error(rule("a", "absolute", R"("trigger":{"finding":["nothing"]})"),
               "rule a: there is no finding nothing");
  expect_error(rule("a", "severe", on_fever), "rule a: there is no such level");
  expect_error(rule("a", "ask", R"("trigger":{"medicine":"nothing"})"), "medicine class");
  expect_error(
      rule("a", "ask", R"("trigger":{"vital":"systolic","op":">=","value":1,"unit":"psi","within":"P1D"})"),
      "vital");
  expect_error(rule("a", "ask", R"("trigger":{"any":[]})"), "any holds no conditions");
}

TEST(PatientRecord, takes_one_patients_resources_from_a_bundle) {
  auto const record = PatientRecord::from_bundle(parsed(R"({"resourceType":"Bundle","entry":[
    {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"a"}},
    {"resource":{"resourceType":"Condition","id":"own1","subject":{"reference":"Patient/a"}}},
    {"resource":{"resourceType":"Condition","id":"own2","subject":{"reference":"urn:uuid:1"}}},
    {"resource":{"resourceType":"Condition","id":"own3","subject":{"reference":"https://x.org/fhir/Patient/a/_history/2"}}},
    {"resource":{"resourceType":"Condition","id":"own4"}},
    {"resource":{"resourceType":"Condition","id":"other","subject":{"reference":"Patient/b"}}},
    {"fullUrl":"urn:uuid:9","resource":{"resourceType":"Medication","code":{"text":"x"}}},
    {"request":{"method":"DELETE","url":"Patient/c"}}]})"));
  ASSERT_TRUE(record);
  std::vector<std::string> refs;
  for (auto const& entry : record->of_type("Condition"))
    refs.push_back(entry.ref);
  EXPECT_EQ(refs, (std::vector<std::string>{"Condition/own1", "Condition/own2", "Condition/own3",
                                            "Condition/own4"}));
  EXPECT_NE(record->resolve({}, "urn:uuid:9"), nullptr);
  EXPECT_EQ(record->resolve({}, "Medication/none"), nullptr);
  EXPECT_FALSE(PatientRecord::from_bundle(parsed(R"({"resourceType":"Patient"})")));
  EXPECT_FALSE(PatientRecord::from_bundle(parsed(R"({"resourceType":"Bundle"})")));
  EXPECT_FALSE(PatientRecord::from_bundle(parsed(R"({"resourceType":"Bundle","entry":[]})")));
}

TEST(Knowledge, compiles_and_refers_only_to_what_is_there) {
  auto const knowledge = load_knowledge();
  EXPECT_EQ(knowledge.techniques.size(), 38U);
  EXPECT_EQ(knowledge.muscles.size(), 121U);
  EXPECT_EQ(knowledge.regions.size(), 27U);
  EXPECT_EQ(knowledge.instruments.size(), 35U);
  EXPECT_EQ(knowledge.rules.findings.size(), 163U);
  EXPECT_EQ(knowledge.rules.rules.size(), 138U);
  std::set<std::string, std::less<>> techniques{"all"}, regions{"all", "site"};
  for (auto const& technique : knowledge.techniques)
    techniques.insert(technique.id);
  for (auto const& region : knowledge.regions)
    regions.insert(region.id);
  for (auto const& muscle : knowledge.muscles)
    EXPECT_TRUE(regions.contains(muscle.region)) << muscle.id;
  for (auto const& one : knowledge.rules.rules) {
    SCOPED_TRACE(one.id);
    EXPECT_TRUE(one.is_judged);
    EXPECT_FALSE(one.references.empty());
    EXPECT_FALSE(one.action_therapist.empty());
    EXPECT_TRUE(parse_moment(one.review_by, nullptr));
    for (auto const& technique : one.techniques)
      EXPECT_TRUE(techniques.contains(technique)) << technique;
    for (auto const& region : one.regions)
      EXPECT_TRUE(regions.contains(region)) << region;
    for (auto const& reference : one.references)
      EXPECT_NE(knowledge.citation(reference), reference) << "no source";
  }
  auto const* fever = knowledge.rules.find_rule("fever");
  ASSERT_NE(fever, nullptr);
  EXPECT_EQ(fever->overridable, "no"); // Text in the YAML file, not a boolean
}

} // namespace
} // namespace tripsis::clinic::screening
