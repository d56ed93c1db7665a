// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Corrections of records: what passes a seal and what does not, who may be the same person, and what a
// merge makes of the two.
#include "clinic/records/match.hh"
#include "clinic/records/merge.hh"
#include "clinic/rules.hh"
#include "store/correction.hh"
#include "store_fixture.hh"

namespace tripsis::clinic {
namespace {

using store::Correction;
using store::parsed;
using store::put;

constexpr auto in_error = Correction::Kind::EnteredInError;
constexpr auto references = Correction::Kind::References;

json::Value person(std::string_view family, std::string_view given, std::string_view more = "") {
  return parsed(fmt::format(R"({{"resourceType":"Patient","name":[{{"family":"{}","given":["{}"]}}]{}}})",
                            family, given, more));
}

// --- Seals
// -------------------------------------------------------------------------------------------------------------

/// Everything of a patient is sealed when it is written.
class Seals : public store::StoreTest {
protected:
  static constexpr auto text =
      R"({"resourceType":"Observation","id":"o","status":"final","code":{"text":"pain"},"subject":{"reference":"Patient/a"},"valueInteger":6})";

  void SetUp() override {
    StoreTest::SetUp();
    open({{.name = "seals all",
           .concerns = [](store::Change const&) { return true; },
           .check = [this](store::RuleTx& tx, store::Change const& change, json::Value const*,
                           json::Value const*) -> Result<> {
             tx.seal(change.key);
             ++judged;
             return {};
           }}});
    ASSERT_TRUE(write(put(text)));
    judged = 0;
  }

  Result<std::vector<store::Written>> correct(Correction correction, store::Change change) {
    return store->write(
        {.changes = {std::move(change)}, .now = store::at(now), .correction = std::move(correction)});
  }

  int judged = 0;
  Correction const merge{references, {"Patient", "a"}, {"Patient", "b"}};
};

TEST_F(Seals, give_way_to_a_correction_and_to_nothing_else) {
  auto turned = put(text);
  turned.resource.set("subject", parsed(R"({"reference":"Patient/b"})"));
  EXPECT_EQ(correct({}, turned).error().fault, Fault::BusinessRule);
  EXPECT_EQ(correct({.kind = in_error}, turned).error().fault, Fault::BusinessRule);
  auto elsewhere = turned;
  elsewhere.resource.set("subject", parsed(R"({"reference":"Patient/c"})"));
  EXPECT_EQ(correct(merge, elsewhere).error().fault, Fault::BusinessRule);
  auto more = turned;
  more.resource.set("valueInteger", json::Value::integer(5));
  EXPECT_EQ(correct(merge, more).error().fault, Fault::BusinessRule);
  auto deleted = store::remove("Observation", "o");
  EXPECT_EQ(correct(merge, deleted).error().fault, Fault::BusinessRule);
  EXPECT_EQ(read("Observation", "o")->version, 1U);
  ASSERT_TRUE(correct(merge, turned));
  EXPECT_EQ(judged, 0) << "what only corrects has been judged when it was written";
  EXPECT_EQ(write(turned).error().fault, Fault::BusinessRule) << "the seal holds after the correction";
  EXPECT_TRUE(store->check().problems.empty());
}

TEST_F(Seals, give_way_to_entered_in_error_only_in_the_status) {
  auto wrong = put(text);
  wrong.resource.set("status", "entered-in-error");
  EXPECT_EQ(correct({}, wrong).error().fault, Fault::BusinessRule);
  EXPECT_EQ(correct(merge, wrong).error().fault, Fault::BusinessRule);
  auto cancelled = put(text);
  cancelled.resource.set("status", "cancelled");
  EXPECT_EQ(correct({.kind = in_error}, cancelled).error().fault, Fault::BusinessRule);
  auto more = wrong;
  more.resource.erase("valueInteger");
  EXPECT_EQ(correct({.kind = in_error}, more).error().fault, Fault::BusinessRule);
  EXPECT_TRUE(correct({.kind = in_error}, wrong));
  EXPECT_EQ(correct({.kind = in_error}, put(text)).error().fault, Fault::BusinessRule)
      << "there is no way back";
}

TEST_F(Seals, are_judged_as_always_where_a_unit_does_more_than_correct) {
  auto other = put(R"({"resourceType":"Patient","id":"b"})");
  ASSERT_TRUE(correct(merge, other));
  EXPECT_EQ(judged, 1);
}

TEST(Corrections, turn_every_reference_and_nothing_that_only_looks_like_one) {
  Correction const merge{references, {"Patient", "a"}, {"Patient", "b"}};
  auto const turned = store::corrected_by(merge, parsed(R"({"resourceType":"Basic","id":"x",
    "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"Patient/a\">p</a></div>"},
    "contained":[{"resourceType":"Goal","id":"g","lifecycleStatus":"active","description":{"text":"Patient/a"},"subject":{"reference":"Patient/a"}}],
    "extension":[{"url":"http://x","valueReference":{"reference":"Patient/a/_history/3"}}],
    "identifier":[{"value":"Patient/a"}],"code":{"text":"x"},"subject":{"reference":"Patient/ab"}})"));
  ASSERT_TRUE(turned);
  auto const text = json::write(*turned);
  EXPECT_TRUE(text.contains(R"(<a href=\"Patient/b\">)")) << text;
  EXPECT_TRUE(text.contains(R"("text":"Patient/a"},"subject":{"reference":"Patient/b"})")) << text;
  EXPECT_TRUE(text.contains(R"("valueReference":{"reference":"Patient/b"})")) << text;
  EXPECT_TRUE(text.contains(R"("identifier":[{"value":"Patient/a"}])")) << text;
  EXPECT_TRUE(text.contains(R"("reference":"Patient/ab")")) << text;
  EXPECT_FALSE(store::corrected_by(
      merge, parsed(R"({"resourceType":"Basic","id":"x","code":{"text":"Patient/a"}})")));
  EXPECT_FALSE(store::corrected_by(
      {}, parsed(R"({"resourceType":"Basic","id":"x","subject":{"reference":"Patient/a"}})")));
}

// --- The same person
// ---------------------------------------------------------------------------------------------------

TEST(Match, says_how_sure_it_is) {
  auto const zoe =
      person("Reed", "Zoë",
             R"(,"birthDate":"1984-05-03","telecom":[{"system":"phone","value":"+1 (212) 555-0142"}])");
  EXPECT_EQ(match_score(zoe, zoe), 100);
  EXPECT_EQ(match_grade(match_score(zoe, person("REED", "zoe", R"(,"birthDate":"1984-05-03")"))),
            "probable");
  EXPECT_EQ(
      match_score(zoe, person("Reed", "Zoe", R"(,"telecom":[{"system":"sms","value":"212 555 0142"}])")),
      70);
  EXPECT_EQ(match_grade(match_score(zoe, person("Reed", "Zoe"))), "possible");
  EXPECT_EQ(match_score(zoe, person("Reed", "Zoe", R"(,"birthDate":"1984-03-05")")), 60)
      << "day and month swapped";
  EXPECT_EQ(match_grade(match_score(zoe, person("Reed", "Zoe", R"(,"birthDate":"1990-01-01")"))),
            "certainly-not");
  EXPECT_EQ(match_grade(match_score(zoe, person("Moss", "Ida", R"(,"birthDate":"1984-05-03")"))),
            "certainly-not");
  EXPECT_EQ(match_grade(match_score(zoe, person("Reid", "Zoe", R"(,"birthDate":"1984-05-03")"))),
            "probable");
  EXPECT_EQ(match_score(zoe, parsed(R"({"resourceType":"Patient"})")), 0);
}

TEST(Match, compares_names_in_any_order_and_with_more_words) {
  auto const anna = person("Garcia Lopez", "Anna");
  auto const plain = parsed(R"({"resourceType":"Patient","name":[{"text":"Anna García-López"}]})");
  EXPECT_EQ(match_score(anna, plain), 50);
  EXPECT_GE(match_score(anna, person("Garcia", "Anna")), 45);
  EXPECT_LT(match_score(anna, person("", "Anna")), 45);
}

// --- Merging
// -----------------------------------------------------------------------------------------------------------

TEST(Merging, refuses_what_is_no_pair_of_records_in_use) {
  Merge const merge{{"Patient", "a"}, {"Patient", "b"}};
  auto const used = parsed(R"({"resourceType":"Patient","id":"a"})");
  EXPECT_TRUE(check_merge(merge, used, used));
  auto const inactive = parsed(R"({"resourceType":"Patient","active":false})");
  EXPECT_EQ(check_merge(merge, inactive, used).error().fault, Fault::BusinessRule);
  EXPECT_EQ(check_merge(merge, used, inactive).error().fault, Fault::BusinessRule);
  EXPECT_EQ(check_merge({merge.source, merge.source}, used, used).error().fault, Fault::BusinessRule);
  auto const replaced = merged_source(merge, used);
  EXPECT_EQ(
      check_merge(
          merge, used,
          parsed(
              R"({"resourceType":"Patient","link":[{"type":"replaced-by","other":{"reference":"Patient/c"}}]})"))
          .error()
          .fault,
      Fault::BusinessRule);
  EXPECT_FALSE(replaced.find("active")->boolean());
}

TEST(Merging, keeps_the_numbers_of_the_source_and_no_link_that_says_otherwise) {
  Merge const merge{{"Patient", "a"}, {"Patient", "b"}};
  auto const source = parsed(
      R"({"resourceType":"Patient","identifier":[{"system":"n","value":"1"},{"system":"n","value":"2"}]})");
  auto const target =
      merged_target(merge, parsed(R"({"resourceType":"Patient","identifier":[{"system":"n","value":"2"}],
    "link":[{"other":{"reference":"Patient/a"},"type":"seealso"},{"other":{"reference":"Patient/z"},"type":"seealso"}]})"),
                    source);
  ASSERT_EQ(target.items("identifier").size(), 2U);
  EXPECT_EQ(target.items("identifier")[1].text("value"), "1");
  EXPECT_EQ(target.items("identifier")[1].text("use"), "old");
  ASSERT_EQ(target.items("link").size(), 2U);
  EXPECT_EQ(target.items("link")[0].text("type"), "seealso");
  EXPECT_EQ(target.items("link")[1].text("type"), "replaces");
  EXPECT_EQ(target.items("link")[1].at({"other", "reference"})->string(), "Patient/a");
}

} // namespace
} // namespace tripsis::clinic
