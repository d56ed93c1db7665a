// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The intake form, and the definitions that a practice's store begins with.
#include "clinic/canonical.hh"
#include "clinic/intake.hh"
#include "clinic/own_resources.hh"
#include "store_fixture.hh"
#include "validation/validation.hh"

#include <map>
#include <set>

namespace tripsis::clinic {
namespace {

void collect_items(json::Value const& holder, std::map<std::string, json::Value const*>& items) {
  for (auto const& item : holder.items("item")) {
    EXPECT_TRUE(items.emplace(item.text("linkId"), &item).second)
        << item.text("linkId") << " is there twice";
    collect_items(item, items);
  }
}

TEST(Intake, asks_every_finding_that_patients_are_asked_once) {
  auto const knowledge = load_knowledge();
  auto const form = intake_questionnaire(knowledge);
  EXPECT_EQ(form.text("url"), canonical::intake);
  EXPECT_EQ(form.text("id"), "intake");
  std::map<std::string, json::Value const*> items;
  collect_items(form, items);
  std::size_t asked = 0;
  for (auto const& finding : knowledge.rules.findings) {
    auto const is_asked = (finding.asked == "intake" || finding.asked == "pre_visit") &&
                          finding.id != "phq9_item9"; // The PHQ-9 asks it
    EXPECT_EQ(items.contains(finding.id), is_asked) << finding.id;
    asked += is_asked ? 1 : 0;
  }
  EXPECT_GT(asked, 100U);
  for (auto const& [id, item] : items)
    for (auto const& when : item->items("enableWhen"))
      EXPECT_TRUE(items.contains(std::string{when.text("question")})) << id;
}

TEST(OwnResources, muscles_say_region_side_and_layer) {
  auto const all = own_resources(load_knowledge());
  auto const muscles = std::ranges::find(all, "muscle", [](json::Value const& r) { return r.text("id"); });
  ASSERT_NE(muscles, all.end());
  auto const& concepts = muscles->items("concept");
  auto const found =
      std::ranges::find(concepts, "levator_scapulae", [](json::Value const& c) { return c.text("code"); });
  ASSERT_NE(found, concepts.end());
  std::map<std::string_view, std::string_view> properties;
  for (auto const& property : found->items("property"))
    properties[property.text("code")] = property.text("valueCode");
  EXPECT_EQ(properties["side"], "paired");
  EXPECT_FALSE(properties["region"].empty());
  EXPECT_FALSE(properties["layer"].empty());
}

TEST(OwnResources, what_needs_its_own_consent_or_training_is_said_with_its_code) {
  std::map<std::string, std::string> consent;
  std::set<std::string> trained;
  for (auto const& resource : own_resources(load_knowledge()))
    for (auto const& concept_ : resource.items("concept"))
      for (auto const& property : concept_.items("property")) {
        auto const code = std::string{resource.text("id")} + "/" + std::string{concept_.text("code")};
        if (property.text("code") == "consent-region")
          consent[code] = property.text("valueCode");
        if (property.text("code") == "requires-training" && property.find("valueBoolean")->boolean())
          trained.insert(code);
      }
  EXPECT_EQ(consent["region/chest"], "chest");
  EXPECT_EQ(consent["region/hip_groin"], "gluteal");
  EXPECT_EQ(consent["muscle/gluteus_medius"], "gluteal");
  EXPECT_EQ(consent["muscle/medial_pterygoid"], "intraoral");
  EXPECT_EQ(consent["technique/intraoral"], "intraoral");
  EXPECT_FALSE(consent.contains("muscle/masseter"));
  EXPECT_TRUE(trained.contains("technique/mld"));
  EXPECT_FALSE(trained.contains("technique/effleurage"));
}

TEST(OwnResources, movements_have_reference_values_as_they_are_written) {
  auto const all = own_resources(load_knowledge());
  auto const movements =
      std::ranges::find(all, "movement", [](json::Value const& r) { return r.text("id"); });
  ASSERT_NE(movements, all.end());
  auto const& concepts = movements->items("concept");
  EXPECT_EQ(concepts.size(), 41U);
  auto const property = [&](std::string_view code, std::string_view name) {
    auto const found =
        std::ranges::find(concepts, code, [](json::Value const& c) { return c.text("code"); });
    for (auto const& one : found->items("property"))
      if (one.text("code") == name)
        return std::string{name == "unit" ? one.text("valueCode") : one.find("valueDecimal")->lexeme()};
    return std::string{"none"};
  };
  EXPECT_EQ(property("cervical_rotation", "norm"), "60");
  EXPECT_EQ(property("cervical_rotation", "high"), "80");
  EXPECT_EQ(property("cervical_rotation", "unit"), "deg");
  EXPECT_EQ(property("jaw_opening", "unit"), "mm");
  EXPECT_EQ(property("thoracic_rotation", "low"), "none");
}

TEST(OwnResources, the_pain_rating_tells_what_a_clear_change_is_and_who_says_so) {
  auto const all = own_resources(load_knowledge());
  auto const measures =
      std::ranges::find(all, "measure", [](json::Value const& r) { return r.text("id"); });
  ASSERT_NE(measures, all.end());
  auto const text =
      std::string{measures->items("concept").at(0).items("property").at(0).text("valueString")};
  EXPECT_TRUE(text.starts_with("2 points, low back pain (MIC; Ostelo")) << text;
  EXPECT_TRUE(text.contains("not re-read")) << text; // A source that nobody has read again says so.
}

TEST(Intake, follow_up_questions_wait_for_their_gateway) {
  auto const form = intake_questionnaire(load_knowledge());
  std::map<std::string, json::Value const*> items;
  collect_items(form, items);
  auto const gates = [&](std::string const& id) {
    std::set<std::string> found;
    for (auto const& when : items.at(id)->items("enableWhen"))
      found.emplace(when.text("question"));
    return found;
  };
  EXPECT_EQ(gates("fever_now"), (std::set<std::string>{"pv_infection"}));
  EXPECT_EQ(gates("pregnancy_weeks"), (std::set<std::string>{"pregnant"}));
  EXPECT_EQ(gates("major_trauma"), (std::set<std::string>{"back_pain_now"}));
  EXPECT_TRUE(gates("pv_infection").empty());
  EXPECT_TRUE(gates("cancer_ever").empty()); // A rule of its own reads it
  EXPECT_EQ(items.at("pregnancy_weeks")->text("type"), "integer");
}

TEST(OwnResources, are_valid_and_have_ids_of_their_own) {
  std::set<std::string> keys;
  auto const all = own_resources(load_knowledge());
  for (auto const& resource : all) {
    auto const key = std::string{resource.text("resourceType")} + "/" + std::string{resource.text("id")};
    EXPECT_TRUE(keys.insert(key).second) << key;
    EXPECT_EQ(resource.text("url"), std::string{canonical::base} + key);
    for (auto const& issue : validation::validate(resource))
      ADD_FAILURE() << key << ": " << issue.where << " " << issue.what;
  }
  for (auto const* system :
       {"technique", "muscle", "region", "finding", "service", "note", "measure", "side"})
    EXPECT_TRUE(keys.contains(std::string{"CodeSystem/"} + system));
  for (auto const* operation : {"day", "chart", "screen", "note-prefill"})
    EXPECT_TRUE(keys.contains(std::string{"OperationDefinition/"} + operation));
}

using OwnResourcesStored = store::StoreTest;

TEST_F(OwnResourcesStored, are_written_once) {
  auto const knowledge = load_knowledge();
  ASSERT_TRUE(ensure_own_resources(*store, knowledge));
  ASSERT_TRUE(ensure_own_resources(*store, knowledge));
  EXPECT_TRUE(read("Questionnaire", "intake")->json.contains(R"("versionId":"1")"));
  ASSERT_TRUE(write(store::put(R"({"resourceType":"Questionnaire","id":"intake","status":"draft"})")));
  ASSERT_TRUE(ensure_own_resources(*store, knowledge));
  EXPECT_TRUE(read("Questionnaire", "intake")->json.contains(R"("versionId":"3")"));
}

} // namespace
} // namespace tripsis::clinic
