// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Proposals of plans, with the numbers worked out by hand from knowledge/conditions.yaml and
// protocols.yaml.
#include "base/json/parse.hh"
#include "clinic/plan/input.hh"
#include "clinic/plan/plan.hh"
#include "clinic/plan/to_bundle.hh"
#include "validation/validation.hh"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::clinic::plan {
namespace {

using namespace std::chrono_literals;

constexpr Day today = std::chrono::sys_days{2026y / 11 / 23};

Knowledge const& knowledge() {
  static Knowledge const loaded = load_knowledge();
  return loaded;
}

/// A record of one Condition and whatever else.
Input input_of(std::string const& code, std::string const& more = "", Wish const& wish = {},
               std::string const& condition_more = "") {
  auto const condition =
      code.empty()
          ? std::string{}
          : fmt::format(
                R"(,{{"resource":{{"resourceType":"Condition","id":"c","subject":{{"reference":"Patient/p"}},)"
                R"("code":{{"coding":[{{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"{}"}}]}}{}}}}})",
                code, condition_more);
  auto bundle = json::parse(fmt::format(
      R"({{"resourceType":"Bundle","type":"collection","entry":[{{"resource":{{"resourceType":"Patient","id":"p"}}}}{}{}]}})",
      condition, more));
  EXPECT_TRUE(bundle) << (bundle ? "" : bundle.error().what);
  auto const record = screening::PatientRecord::from_bundle(*std::move(bundle));
  auto input = read_input(*record, knowledge(), wish, today, nullptr);
  EXPECT_TRUE(input) << (input ? "" : input.error().what);
  return *std::move(input);
}

Plan proposed(std::string const& code, std::string const& more = "", Wish const& wish = {}) {
  return propose(input_of(code, more, wish), knowledge());
}

std::string score(std::string const& instrument, std::string const& value,
                  std::string const& date = "2026-11-20") {
  return fmt::format(
      R"(,{{"resource":{{"resourceType":"Observation","id":"{}-{}","status":"final","subject":{{"reference":"Patient/p"}},"effectiveDateTime":"{}",)"
      R"("code":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/measure","code":"{}-score"}}]}},"valueQuantity":{{"value":{}}}}}}})",
      instrument, date, date, instrument, value);
}
std::string pain(int value) {
  return fmt::format(
      R"(,{{"resource":{{"resourceType":"Observation","id":"pain","status":"final","subject":{{"reference":"Patient/p"}},"effectiveDateTime":"2026-11-20T10:00:00-05:00",)"
      R"("code":{{"coding":[{{"system":"http://loinc.org","code":"72514-3"}}]}},"valueInteger":{}}}}})",
      value);
}
std::string referral(int visits, std::string const& until, std::string const& code = "M54.50") {
  return fmt::format(
      R"(,{{"resource":{{"resourceType":"ServiceRequest","id":"r-{}","status":"active","intent":"order","subject":{{"reference":"Patient/p"}},)"
      R"("reasonCode":[{{"coding":[{{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"{}"}}]}}],)"
      R"("quantityQuantity":{{"value":{}}},"occurrencePeriod":{{"end":"{}"}}}}}})",
      code, code, visits, until);
}

std::vector<std::string> codes(Plan const& plan) {
  std::vector<std::string> found;
  for (auto const& warning : plan.warnings)
    found.emplace_back(warning.code);
  return found;
}
std::string text_of(Plan const& plan, std::string_view code) {
  auto const found = std::ranges::find(plan.warnings, code, &Warning::code);
  return found == plan.warnings.end() ? "" : found->text;
}
std::vector<int> visits_of(std::vector<PlannedPhase> const& phases) {
  std::vector<int> visits;
  for (auto const& phase : phases)
    visits.push_back(phase.visits);
  return visits;
}
std::vector<int> minutes_of(PlannedPhase const& phase) {
  std::vector<int> minutes;
  for (auto const& block : phase.blocks)
    minutes.push_back(block.minutes);
  return minutes;
}
using Numbers = std::vector<int>;
using Codes = std::vector<std::string>;

TEST(Plan, neck_pain_is_the_trials_four_weeks_of_two_hours) {
  auto const plan = proposed("M54.2", pain(6));
  EXPECT_EQ(plan.condition->id, "neck_pain");
  EXPECT_EQ(plan.minutes, 60);
  EXPECT_EQ(plan.per_week, 200);
  EXPECT_EQ(plan.weeks, 4);
  EXPECT_EQ(plan.visits, 8);
  EXPECT_EQ(plan.review_visits, (Numbers{4, 8}));
  EXPECT_EQ(plan.severity, Severity::Moderate);
  EXPECT_EQ(visits_of(plan.after), Numbers{6}); // "Consolidate (optional, test benefit)", 6 weeks, once
  EXPECT_EQ(codes(plan), Codes{});
  ASSERT_EQ(plan.goals.size(), 1);
  EXPECT_EQ(plan.goals[0].instrument->id, "nprs");
  EXPECT_EQ(decimal_text(plan.goals[0].target), "4"); // 6 - max(2, 2)
  EXPECT_EQ(day_of_visit(plan, today, 1), today);
  EXPECT_EQ(day_of_visit(plan, today, 3), today + std::chrono::days{7});
  EXPECT_EQ(day_of_visit(plan, today, 8), today + std::chrono::days{24}); // 7 steps of 3.5 days
}

TEST(Plan, half_hours_for_a_neck_are_under_dosed_and_the_trial_is_named) {
  auto const plan = proposed("M54.2", "", {.edit = {.minutes = 30}});
  EXPECT_EQ(codes(plan), Codes{"under-dosed"});
  EXPECT_EQ(text_of(plan, "under-dosed"),
            "Less than what the trials gave: 30 minutes instead of 60. Their dose: 60 min two or three "
            "times weekly "
            "for 4 weeks beat wait list; 30-min visits did not (Sherman 2014).");
  EXPECT_EQ(minutes_of(plan.phases[0]), (Numbers{10, 8, 7, 5})); // 20, 15, 15, 10 halved
  auto const rarer = proposed("M54.2", "", {.edit = {.per_week = 100}});
  EXPECT_TRUE(
      text_of(rarer, "under-dosed")
          .starts_with("Less than what the trials gave: once a week instead of twice a week, 4 visits "
                       "instead of 8. Their dose: 60 min"));
  EXPECT_EQ(codes(proposed("M54.2", "", {.edit = {.minutes = 90, .weeks = 8, .per_week = 300}})), Codes{});
}

TEST(Plan, chronic_back_pain_has_three_phases_and_a_goal_of_five_points) {
  auto const plan = proposed("M54.50", score("rmdq", "12"));
  EXPECT_EQ(plan.condition->id, "clbp");
  EXPECT_EQ(visits_of(plan.phases), (Numbers{3, 4, 3}));
  EXPECT_EQ(plan.phases[1].first_visit, 4);
  EXPECT_EQ(plan.minutes, 55); // 20 + 10 + 15 + 10
  EXPECT_EQ(plan.weeks, 10);
  EXPECT_EQ(plan.review_visits, (Numbers{4, 7, 10}));
  ASSERT_EQ(plan.goals.size(), 1);
  EXPECT_EQ(decimal_text(plan.goals[0].target), "7"); // 12 - 5; the group difference of 2 is no person's
  ASSERT_EQ(plan.without_baseline.size(), 2);
  EXPECT_EQ(plan.without_baseline[0]->id, "nprs");
  EXPECT_EQ(plan.without_baseline[1]->id, "psfs");
  EXPECT_EQ(plan.severity, Severity::Moderate); // 12 of 24
}

TEST(Plan, severe_pain_is_looked_at_earlier) {
  EXPECT_EQ(proposed("M54.50", pain(7)).review_visits, (Numbers{2, 4, 7, 10}));
  EXPECT_EQ(proposed("M54.50", pain(6)).review_visits, (Numbers{4, 7, 10}));
}

TEST(Plan, severity_is_the_newest_scores_share_of_its_range) {
  auto const severity = [](std::string const& more) { return proposed("M54.50", more).severity; };
  EXPECT_EQ(severity(""), Severity::Unknown);
  EXPECT_EQ(severity(pain(0)), Severity::Mild);
  EXPECT_EQ(severity(pain(3)), Severity::Mild);
  EXPECT_EQ(severity(pain(4)), Severity::Moderate);
  EXPECT_EQ(severity(pain(7)), Severity::Severe);
  EXPECT_EQ(severity(score("rmdq", "9")), Severity::Mild);
  EXPECT_EQ(severity(score("rmdq", "10")), Severity::Moderate);
  EXPECT_EQ(severity(score("rmdq", "17")), Severity::Severe);
  EXPECT_EQ(severity(score("peg", "6.9")), Severity::Moderate);
  EXPECT_EQ(severity(score("peg", "9", "2026-11-21") + pain(2)), Severity::Severe);
  EXPECT_EQ(severity(score("peg", "9", "2026-08-24")), Severity::Unknown); // 91 days old
  EXPECT_EQ(severity(score("peg", "9", "2026-08-25")), Severity::Severe);
  EXPECT_EQ(severity(score("peg", "9", "2026-11-24")), Severity::Unknown); // tomorrow's
}

TEST(Plan, a_referral_cuts_the_course_from_its_end) {
  auto const plan = proposed("M54.50", referral(6, "2027-06-01"));
  EXPECT_EQ(visits_of(plan.phases), (Numbers{3, 3}));
  EXPECT_EQ(plan.visits, 6);
  EXPECT_EQ(plan.weeks, 6);
  EXPECT_EQ(plan.review_visits, (Numbers{4, 6}));
  EXPECT_EQ(codes(plan), (Codes{"over-authorised", "under-dosed"}));
  EXPECT_EQ(
      text_of(plan, "over-authorised"),
      "The referral has 6 visits left, and the course is 10 visits: the last 4 cannot be planned. Ask "
      "the referrer for more.");
  EXPECT_EQ(text_of(plan, "under-dosed"), "Less than what the trials gave: 6 visits instead of 10. Their "
                                          "dose: 10 sessions in 10 weeks (Cherkin "
                                          "2011); 10 x 60 min in 12 weeks (Elder 2017).");
  EXPECT_EQ(codes(proposed("M54.50", referral(10, "2027-06-01"))), Codes{});
}

TEST(Plan, visits_that_were_given_are_not_left) {
  auto const given = [](std::string const& id, std::string const& status) {
    return fmt::format(
        R"(,{{"resource":{{"resourceType":"Encounter","id":"{}","status":"{}","class":{{"code":"AMB"}},"subject":{{"reference":"Patient/p"}},"basedOn":[{{"reference":"ServiceRequest/r-M54.50"}}]}}}})",
        id, status);
  };
  auto const input = input_of("M54.50", referral(6, "2027-06-01") + given("e1", "finished") +
                                            given("e2", "finished") + given("e3", "cancelled"));
  EXPECT_EQ(input.referral->visits_left, 4);
}

TEST(Plan, a_referral_that_ends_cuts_the_course_too) {
  auto const until = [](std::string const& day) { return proposed("M54.50", referral(20, day)); };
  EXPECT_EQ(until("2026-12-13").visits, 3); // visits on the days 0, 7, 14 of 20
  EXPECT_EQ(until("2026-12-14").visits, 4);
  EXPECT_EQ(until("2026-11-23").visits, 1);
  EXPECT_EQ(codes(until("2026-12-14")), (Codes{"referral-ends", "under-dosed"}));
  EXPECT_EQ(codes(until("2027-01-25")), Codes{}); // the tenth visit's own day
}

TEST(Plan, where_a_limit_leaves_nothing_the_whole_course_is_there_to_ask_for) {
  auto const ended = proposed("M54.50", referral(6, "2026-11-22"));
  EXPECT_TRUE(text_of(ended, "referral-ends").starts_with("The referral has ended"));
  auto const none_left = proposed("M54.50", referral(0, "2027-06-01"));
  EXPECT_EQ(none_left.visits, 10);
  EXPECT_EQ(codes(none_left), Codes{"over-authorised"});
  auto const poor = proposed("M54.50", "", {.budget = Budget{.total = 6499, .price = 6500}});
  EXPECT_EQ(poor.visits, 10);
  EXPECT_EQ(text_of(poor, "over-budget"), "The budget does not pay for one visit at this price.");
}

TEST(Plan, a_budget_cuts_the_course) {
  auto const plan = proposed("M54.50", "", {.budget = Budget{.total = 20'000, .price = 6500}});
  EXPECT_EQ(plan.visits, 3); // 200 / 65
  EXPECT_EQ(codes(plan), (Codes{"over-budget", "under-dosed"}));
  EXPECT_EQ(codes(proposed("M54.50", "", {.budget = Budget{.total = 65'000, .price = 6500}})), Codes{});
}

TEST(Plan, the_referral_for_the_condition_counts) {
  auto const input =
      input_of("M54.2", referral(3, "2027-01-01", "M25.551") + referral(9, "2027-01-01", "M54.2"));
  EXPECT_EQ(input.referral->reference, "ServiceRequest/r-M54.2");
}

TEST(Plan, rarer_and_optional_phases_are_beside_the_course) {
  auto const fibromyalgia = proposed("M79.7");
  EXPECT_EQ(visits_of(fibromyalgia.phases), (Numbers{2, 6}));
  EXPECT_EQ(visits_of(fibromyalgia.after), Numbers{2}); // "Hand over": every two weeks for four
  EXPECT_EQ(fibromyalgia.minutes, 55);
  EXPECT_EQ(fibromyalgia.review_visits, (Numbers{4, 8}));
  auto const headache = proposed("G44.209");
  EXPECT_EQ(headache.before.size(), 1); // the diary
  EXPECT_EQ(headache.visits, 12);
  EXPECT_EQ(headache.per_week, 200);
  auto const knee = proposed("Z96.651");
  EXPECT_EQ(visits_of(knee.phases), (Numbers{3, 6, 6}));
  EXPECT_EQ(knee.weeks, 12);
  EXPECT_EQ(knee.per_week, 125);
  EXPECT_EQ(knee.review_visits, (Numbers{3, 8, 14}));
  EXPECT_EQ(codes(knee), Codes{});
}

TEST(Plan, without_a_protocol_the_conditions_dose_is_one_phase) {
  auto const plan = proposed("M72.2"); // 15 to 30 minutes, twice a week, 4 weeks, four techniques
  EXPECT_EQ(plan.protocol, nullptr);
  EXPECT_EQ(plan.visits, 8);
  EXPECT_EQ(plan.minutes, 20); // the middle, in steps of five
  EXPECT_EQ(minutes_of(plan.phases[0]), (Numbers{6, 6, 6, 2}));
  EXPECT_EQ(plan.review_visits, (Numbers{4, 8}));
  EXPECT_EQ(minutes_of(proposed("M72.2", pain(8)).phases[0]), (Numbers{9, 9, 9, 3}));
  EXPECT_EQ(minutes_of(proposed("M72.2", pain(2)).phases[0]), (Numbers{5, 5, 4, 1}));
  auto const dose = std::ranges::find_if(
      plan.reasons, [](Reason const& reason) { return reason.text.starts_with("Proposed:"); });
  ASSERT_NE(dose, plan.reasons.end());
  EXPECT_EQ(dose->text, "Proposed: 20 minutes, twice a week for 4 weeks: 8 visits.");
  EXPECT_EQ(dose->grade, "convention");
  EXPECT_EQ(dose->basis, "usual practice; no trial says it");
}

TEST(Plan, a_function_scale_goes_up_and_a_good_score_needs_no_goal) {
  auto const better = proposed("M72.2", score("psfs", "4.5"));
  ASSERT_EQ(better.goals.size(), 1);
  EXPECT_EQ(decimal_text(better.goals[0].target), "6.5");
  EXPECT_FALSE(better.goals[0].lower_is_better);
  EXPECT_TRUE(proposed("M72.2", score("psfs", "9") + pain(1)).goals.empty());
}

TEST(Plan, nothing_is_claimed_where_nothing_is_known) {
  for (auto const& plan : {proposed(""), proposed("Q99.9")}) {
    EXPECT_EQ(plan.title, "Well-being and maintenance");
    EXPECT_EQ(plan.protocol, nullptr);
    EXPECT_EQ(plan.visits, 13); // 0.25 a week for 52 weeks
    ASSERT_EQ(plan.reasons.size(), 1);
    EXPECT_EQ(plan.reasons[0].grade, "none");
    EXPECT_EQ(codes(plan), Codes{});
  }
}

TEST(Plan, back_pain_of_less_than_twelve_weeks_is_acute) {
  auto const first = [](std::string const& onset) {
    return input_of("M54.50", "", {}, fmt::format(R"(,"onsetDateTime":"{}")", onset))
        .candidates.front()
        .condition->id;
  };
  EXPECT_EQ(first("2026-08-31"), "albp"); // 84 days
  EXPECT_EQ(first("2026-08-30"), "clbp");
  EXPECT_EQ(input_of("M54.50").candidates.front().condition->id, "clbp");
}

TEST(Plan, an_injury_code_fits_whatever_its_encounter) {
  EXPECT_EQ(input_of("S86.111D").candidates.front().condition->id, "strain");
  EXPECT_TRUE(input_of("S86.119A").candidates.empty());
}

TEST(Plan, a_condition_that_is_over_is_not_planned_for) {
  EXPECT_TRUE(input_of("M54.2", "", {}, R"(,"clinicalStatus":{"coding":[{"code":"resolved"}]})")
                  .candidates.empty());
  EXPECT_TRUE(input_of("M54.2", "", {}, R"(,"verificationStatus":{"coding":[{"code":"refuted"}]})")
                  .candidates.empty());
}

TEST(Plan, a_condition_can_be_chosen_by_key_or_by_id) {
  EXPECT_EQ(input_of("M54.2", "", {.condition = "cervicogenic_headache"}).candidates.front().condition->id,
            "cervicogenic_headache");
  EXPECT_EQ(input_of("M54.2", "", {.condition = "tmd"}).candidates.front().condition->id, "tmd");
  EXPECT_EQ(input_of("M54.2", "", {.condition = "c"}).candidates.front().reference, "Condition/c");
  EXPECT_EQ(input_of("Q99.9", "", {.condition = "Condition/c"}).addresses, "Condition/c");
  auto bundle = json::parse(
      R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p"}}]})");
  auto const record = screening::PatientRecord::from_bundle(*std::move(bundle));
  EXPECT_EQ(read_input(*record, knowledge(), {.condition = "none"}, today, nullptr).error().fault,
            Fault::NotFound);
}

TEST(Plan, the_screening_and_an_early_goal_are_warned_of) {
  auto input = input_of(
      "M54.50",
      R"(,{"resource":{"resourceType":"Goal","id":"g","lifecycleStatus":"active","description":{"text":"Ski"},"subject":{"reference":"Patient/p"},"target":[{"dueDate":"2026-12-24"}]}})");
  input.caution = Caution::Stop;
  EXPECT_EQ(codes(propose(input, knowledge())), (Codes{"screening", "goal-date"}));
}

TEST(Plan, every_condition_has_a_plan_that_needs_no_warning_and_is_valid) {
  SeededRandom random{1};
  for (auto const& condition : knowledge().care.conditions) {
    auto const input = input_of("", "", {.condition = condition.id});
    auto const plan = propose(input, knowledge());
    EXPECT_EQ(codes(plan), Codes{}) << condition.id;
    EXPECT_GE(plan.visits, 1) << condition.id;
    EXPECT_LE(plan.review_visits.back(), plan.visits) << condition.id;
    EXPECT_TRUE(std::ranges::is_sorted(plan.review_visits)) << condition.id;
    for (auto const& reason : plan.reasons)
      EXPECT_FALSE(reason.text.empty() || reason.grade.empty() || reason.basis.empty()) << condition.id;
    for (auto const& entry : to_entries(plan, input, knowledge(), today, random))
      for (auto const& issue : validation::validate(entry.resource))
        ADD_FAILURE() << condition.id << ": " << issue.where << ": " << issue.what;
  }
}

TEST(Plan, any_edit_and_limit_gives_a_plan_that_holds_together) {
  SeededRandom random{1};
  for (auto const* code : {"M54.50", "M54.2", "M79.7", "Z96.651", "M72.2", ""})
    for (int const minutes : {5, 33, 240})
      for (Hundredths const per_week : {10, 50, 125, 1400})
        for (int const weeks : {1, 7, 104})
          for (std::int64_t const budget : {0, 700, 1'000'000}) {
            Wish const wish{.edit = {.minutes = minutes, .weeks = weeks, .per_week = per_week},
                            .budget = Budget{.total = budget, .price = 100}};
            auto const input = input_of(code, pain(8) + referral(9, "2027-01-01"), wish);
            auto const plan = propose(input, knowledge());
            ASSERT_GE(plan.visits, 1);
            EXPECT_EQ(plan.minutes, minutes);
            EXPECT_LE(plan.visits, 9); // the referral's, or the budget's
            int visits = 0;
            for (auto const& phase : plan.phases) {
              EXPECT_EQ(phase.first_visit, visits + 1);
              EXPECT_EQ(phase.minutes(), minutes);
              visits += phase.visits;
            }
            EXPECT_EQ(visits, plan.visits);
            EXPECT_LE(plan.review_visits.back(), plan.visits);
            for (auto const& entry : to_entries(plan, input, knowledge(), today, random))
              EXPECT_TRUE(validation::validate(entry.resource).empty());
          }
}

TEST(Plan, as_resources_they_refer_to_each_other) {
  SeededRandom random{1};
  auto const input = input_of("M54.2", pain(6) + referral(9, "2027-01-01", "M54.2"));
  auto const entries = to_entries(propose(input, knowledge()), input, knowledge(), today, random);
  ASSERT_EQ(entries.size(), 4); // the plan, the measured goal, that of the phase, the Parameters
  auto const& care_plan = entries[0].resource;
  EXPECT_EQ(care_plan.text("status"), "draft");
  EXPECT_EQ(care_plan.text("intent"), "proposal");
  EXPECT_EQ(care_plan.items("goal")[0].text("reference"), entries[1].full_url);
  EXPECT_EQ(care_plan.items("addresses")[0].text("reference"), "Condition/c");
  EXPECT_EQ(care_plan.items("supportingInfo")[0].text("reference"), "ServiceRequest/r-M54.2");
  EXPECT_EQ(
      json::write(care_plan.items("extension")[0]),
      R"({"url":"https://tripsis.org/fhir/StructureDefinition/dose","extension":[{"url":"minutes","valueInteger":60},{"url":"per-week","valueDecimal":2},{"url":"weeks","valueInteger":4}]})");
  auto const* detail = care_plan.items("activity")[0].find("detail");
  EXPECT_EQ(
      json::write(*detail->find("scheduledTiming")),
      R"({"repeat":{"count":8,"duration":60,"durationUnit":"min","frequency":2,"period":1,"periodUnit":"wk"}})");
  EXPECT_EQ(detail->items("extension").size(), 4);
  EXPECT_EQ(care_plan.items("activity")[2].at({"detail", "scheduledString"})->string(), "visit 4");
  EXPECT_EQ(
      json::write(entries[1].resource.items("target")[0]),
      R"({"measure":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/measure","code":"nprs-score","display":"Numeric Pain Rating Scale"},{"system":"http://loinc.org","code":"72514-3"}]},"detailQuantity":{"value":4,"comparator":"<="},"dueDate":"2026-12-17"})");
  auto const text = json::write(entries[3].resource);
  EXPECT_TRUE(text.contains(R"({"name":"grade","valueString":"low"})")) << text;
  EXPECT_TRUE(text.contains(R"({"name":"key","valueCode":"neck_pain"})"));
  EXPECT_TRUE(text.contains(R"({"name":"kind","valueCode":"refer"})"));
  EXPECT_FALSE(text.contains("safe to treat"));
}

TEST(Plan, a_reason_is_verified_only_when_every_source_was_read) {
  SeededRandom random{1};
  auto const input = input_of("M72.2");
  auto const text = json::write(to_parameters(propose(input, knowledge()), input, knowledge()));
  EXPECT_TRUE(text.contains(R"("Proposed: 20 minutes, twice a week for 4 weeks: 8 visits."})"));
  auto const dose = text.substr(text.find("Proposed:"), 400);
  EXPECT_TRUE(dose.contains(R"({"name":"verified","valueBoolean":false})")) << dose;
  EXPECT_TRUE(text.contains(R"({"name":"verified","valueBoolean":true})"));
}

TEST(Plan, numbers_out_of_range_are_refused) {
  std::string const good = "10", zero = "0", negative = "-1", huge = "99999999999999999999", word = "ten",
                    fine = "2.5", finer = "2.555", empty;
  auto const fault = [](WishTexts const& texts) {
    auto const wish = parse_wish(texts);
    return wish ? std::optional<Fault>{} : wish.error().fault;
  };
  for (auto const* bad : {&zero, &negative, &huge, &word, &fine, &empty}) {
    EXPECT_EQ(fault({.minutes = bad}), Fault::Value) << *bad;
    EXPECT_EQ(fault({.weeks = bad}), Fault::Value) << *bad;
  }
  for (auto const* bad : {&zero, &negative, &huge, &word, &finer, &empty}) {
    EXPECT_EQ(fault({.per_week = bad}), Fault::Value) << *bad;
    EXPECT_EQ(fault({.budget = &good, .price = bad}), Fault::Value) << *bad;
  }
  EXPECT_EQ(fault({.budget = &good}), Fault::Required);
  EXPECT_EQ(fault({.price = &good}), Fault::Required);
  EXPECT_EQ(fault({.minutes = &good, .per_week = &fine, .weeks = &good, .budget = &zero, .price = &good}),
            std::nullopt);
}

TEST(Plan, hundredths_are_read_and_written) {
  for (auto const& [text, value] :
       {std::pair{"0.25", 25}, {"2", 200}, {"1.5", 150}, {"999999.99", 99'999'999}}) {
    EXPECT_EQ(parse_hundredths(text), value);
    EXPECT_EQ(written(value), text);
  }
  for (auto const* text : {"", ".5", "1.", "1.234", "-1", "1e2", "1,5", "999999999", "1.2.3"})
    EXPECT_EQ(parse_hundredths(text), std::nullopt) << text;
  EXPECT_EQ(per_week_text(25), "every 4 weeks");
  EXPECT_EQ(per_week_text(125), "1.25 times a week");
}

} // namespace
} // namespace tripsis::clinic::plan
