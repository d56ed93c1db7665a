// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The practice's own knowledge is put together with what ships and only adds; what ships stays, on every
// path; $apply of what ships. The rest is in tests/scenario/knowledge.scenario.
#include "clinic/library/library.hh"
#include "clinic/library/practice.hh"
#include "clinic/own_resources.hh"
#include "clinic/rules.hh"
#include "clinic/screening/screening.hh"
#include "clinic/views/view.hh"
#include "store_fixture.hh"
#include "validation/validation.hh"

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using json::Value;

Knowledge const& shipped() {
  static auto const knowledge = load_knowledge();
  return knowledge;
}

/// One of the shipped rules, made the practice's own: with another code, level and trigger.
Value own_rule(std::string_view code, std::string_view level, std::string_view trigger) {
  return store::parsed(fmt::format(
      R"({{"resourceType":"PlanDefinition","id":"own-{}","meta":{{"tag":[{{"system":"https://tripsis.org/fhir/CodeSystem/origin","code":"practice"}}]}},)"
      R"("extension":[{{"url":"https://tripsis.org/fhir/StructureDefinition/rule","extension":[{{"url":"rule","valueCoding":{{"code":"{}"}}}},{{"url":"level","valueCode":"{}"}},{{"url":"lifts-when","valueString":"Healed."}}]}}],)"
      R"("title":"Ours","status":"active","purpose":"Because.","type":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/plan-definition-type","code":"eca-rule"}}]}},)"
      R"("action":[{{"condition":[{{"kind":"applicability","expression":{{"language":"application/vnd.tripsis.trigger+json","expression":"{}"}}}}],)"
      R"("action":[{{"textEquivalent":"Wait.","participant":[{{"type":"practitioner"}}]}}]}}]}})",
      level, code, level, trigger));
}

constexpr std::string_view whenever = R"({\"trigger\":{\"any\":[{\"age\":\">=\",\"years\":0}]}})";

TEST(PracticeKnowledge, own_rules_are_added_and_none_is_lost) {
  auto const composed = library::compose(shipped(), {own_rule("ours", "local", whenever)});
  EXPECT_TRUE(composed.unusable.empty());
  auto const& rules = composed.knowledge->rules.rules;
  ASSERT_EQ(rules.size(), shipped().rules.rules.size() + 1);
  for (std::size_t i = 0; i < shipped().rules.rules.size(); ++i) {
    EXPECT_EQ(rules[i].id, shipped().rules.rules[i].id);
    EXPECT_EQ(rules[i].level, shipped().rules.rules[i].level);
  }
  EXPECT_EQ(rules.back().id, "ours");
  EXPECT_EQ(rules.back().overridable, "reason");
}

Value with_family(std::string_view family) {
  library::Parts parts{"technique"};
  parts.text("family", family);
  return std::move(parts).take();
}

Value own_technique(std::string_view family) {
  auto resource = store::parsed(
      R"({"resourceType":"ActivityDefinition","id":"t","meta":{"tag":[{"system":"https://tripsis.org/fhir/CodeSystem/origin","code":"practice"}]},"title":"Ours","status":"active","code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/technique","code":"ours"}]}})");
  if (!family.empty())
    resource.push("extension", with_family(family));
  return resource;
}

TEST(PracticeKnowledge, what_limits_a_family_limits_the_practices_technique_of_it_too) {
  auto const limited = [](std::string_view family) {
    auto const composed = library::compose(shipped(), {own_technique(family)});
    EXPECT_TRUE(composed.unusable.empty());
    return std::ranges::count_if(composed.knowledge->rules.rules, [](screening::Rule const& rule) {
      return std::ranges::find(rule.techniques, "ours") != rule.techniques.end();
    });
  };
  auto const of_any = std::ranges::count_if(shipped().rules.rules, [](screening::Rule const& rule) {
    return !rule.techniques.empty() && rule.techniques.front() != "all";
  });
  EXPECT_EQ(limited(""), of_any); // not known: all that limit any technique
  EXPECT_GT(limited("deep"), 0);
  EXPECT_LT(limited("deep"), of_any);
  EXPECT_EQ(library::compose(shipped(), {own_technique("invented")}).unusable.size(), 1U);
}

TEST(PracticeKnowledge, a_code_that_ships_or_a_faulty_trigger_is_left_out_and_named) {
  auto const composed = library::compose(
      shipped(),
      {own_rule("dvt_suspected", "ask",
                R"({\"trigger\":{\"any\":[{\"age\":\">=\",\"years\":0}]},\"asks\":[\"open_wound\"]})"),
       own_rule("faulty", "local", R"({\"trigger\":{\"any\":[{\"age\":\"=\",\"years\":0}]}})")});
  EXPECT_EQ(composed.knowledge->rules.rules.size(), shipped().rules.rules.size());
  ASSERT_EQ(composed.unusable.size(), 2U);
  EXPECT_TRUE(composed.unusable[0].error.what.contains("dvt_suspected"));
  EXPECT_TRUE(composed.unusable[1].error.what.contains("trigger.any[0]"))
      << composed.unusable[1].error.what;
}

/// Whatever the practice adds, what the shipped rules say of a record is still said, and the decision is no
/// milder.
TEST(PracticeKnowledge, no_own_rule_weakens_what_ships) {
  screening::PatientRecord record{
      store::parsed(R"({"resourceType":"Patient","id":"p","birthDate":"1980-01-01"})")};
  for (
      auto const* resource :
      {R"({"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/p"},"effectiveDateTime":"2026-11-18T09:00:00-05:00","code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/finding","code":"dvt_limb_swelling_one_sided"}]},"valueBoolean":true})",
       R"({"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M81.0"}]}})"})
    record.add(store::parsed(resource));
  auto const day = std::chrono::sys_days{std::chrono::year{2026} / 11 / 18};
  auto const before = screening::screen(shipped().rules, record, day);
  ASSERT_EQ(before.decision, screening::Decision::Stop);
  for (std::string_view level : {"absolute", "clearance", "local", "precaution"}) {
    auto const composed = library::compose(shipped(), {own_rule("ours", level, whenever)});
    auto const after = screening::screen(composed.knowledge->rules, record, day);
    EXPECT_LE(after.decision, before.decision) << level; // strictest first
    EXPECT_EQ(after.issues.size(), before.issues.size() + 1) << level;
    for (auto const& issue : before.issues)
      EXPECT_EQ(
          std::ranges::count(after.issues, issue.rule->id, [](auto const& one) { return one.rule->id; }), 1)
          << level << " " << issue.rule->id;
  }
}

class PracticeKnowledgeStored : public store::StoreTest {
protected:
  void SetUp() override {
    StoreTest::SetUp();
    open(write_rules(current, *TimeZone::find("America/New_York"), nullptr));
    auto const written = ensure_own_resources(*store, shipped());
    ASSERT_TRUE(written) << written.error().where << " " << written.error().what;
  }
  Result<Value> apply(std::string const& definition) {
    Result<Value> care_plan = fail(Fault::NotFound, {});
    auto const zone = *TimeZone::find("America/New_York");
    store->read({}, [&](store::ReadTx& tx) {
      care_plan = apply_definition(tx, {*current->get(), zone}, definition, "p", store::at(now), random);
    });
    return care_plan;
  }
  SystemRandom random;
  std::shared_ptr<CurrentKnowledge> current =
      std::make_shared<CurrentKnowledge>(std::make_shared<Knowledge const>(shipped()));
};

TEST_F(PracticeKnowledgeStored, what_ships_is_neither_changed_nor_deleted_nor_imported_otherwise) {
  auto const changed = R"({"resourceType":"PlanDefinition","id":"rule-dvt-suspected","status":"retired"})";
  EXPECT_EQ(write(store::put(changed)).error().fault, Fault::BusinessRule);
  EXPECT_EQ(write(store::remove("PlanDefinition", "rule-dvt-suspected")).error().fault,
            Fault::BusinessRule);
  EXPECT_EQ(write(store::remove("CodeSystem", "rule")).error().fault, Fault::BusinessRule);
  auto import = store::Changes{
      .changes = {store::put(changed)}, .origin = store::Origin::Import, .now = store::at(now)};
  import.changes[0].import_updated = store::at(now);
  EXPECT_EQ(store->write(import).error().fault, Fault::BusinessRule);
  EXPECT_TRUE(read("PlanDefinition", "rule-dvt-suspected")->json.contains(R"("versionId":"1")"));
}

TEST_F(PracticeKnowledgeStored, is_in_force_after_a_reload_and_gone_when_it_is_retired) {
  auto rule = own_rule("ours", "absolute", whenever);
  ASSERT_TRUE(write(store::put(json::write(rule))));
  ASSERT_TRUE(library::reload(*store, *current)->empty());
  EXPECT_NE(current->get()->rules.find_rule("ours"), nullptr);
  ASSERT_TRUE(write(store::put(json::write(rule.set("status", "retired")))));
  ASSERT_TRUE(library::reload(*store, *current)->empty());
  EXPECT_EQ(current->get()->rules.find_rule("ours"), nullptr);
}

TEST_F(PracticeKnowledgeStored, every_protocol_and_condition_that_ships_can_be_applied) {
  ASSERT_TRUE(write(store::put(R"({"resourceType":"Patient","id":"p","birthDate":"1980-01-01"})")));
  for (auto const& protocol : shipped().care.protocols) {
    auto const care_plan = apply(library::fhir_id(protocol.id));
    ASSERT_TRUE(care_plan) << protocol.id << ": " << care_plan.error().what;
    EXPECT_EQ(care_plan->text("title"), protocol.name);
    for (auto const& issue : validation::validate(*care_plan))
      ADD_FAILURE() << protocol.id << ": " << issue.where << " " << issue.what;
  }
  for (auto const& condition : shipped().care.conditions)
    EXPECT_TRUE(apply("condition-" + library::fhir_id(condition.id))) << condition.id;
  EXPECT_EQ(apply("rule-dvt-suspected").error().fault, Fault::NotSupported);
}

} // namespace
} // namespace tripsis::clinic
