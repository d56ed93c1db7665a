// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The trigger grammar, one family after the other: each row is a condition, what the record holds, and
// whether it is true on 2026-11-21. The header of knowledge/contraindications.yaml is what the rows are
// taken from.
#include "../support/clauses.hh"

#include <gtest/gtest.h>

namespace tripsis::clinic::screening {
namespace {

using namespace test;

TEST(DiagnosisClause, codes) {
  auto const snomed = std::string{
      R"({"resourceType":"Condition","code":{"coding":[{"system":"http://snomed.info/sct","code":"22298006"}]}})"};
  expect(
      {{R"({"icd10":["I82.4"]})", condition("I82.402")},
       {R"({"icd10":["I82.4"]})", condition("i82402")},
       {R"({"icd10":["I82.4"]})", condition("I82.5"), Truth::No},
       {R"({"icd10":["C"],"exclude":["C44"]})", condition("C44.1"), Truth::No},
       {R"({"icd10":["C"],"exclude":["C44"]})", condition("C50.911")},
       {R"({"icd10":["S52"],"seventh":["A","B"]})", condition("S52.501A")},
       {R"({"icd10":["S52"],"seventh":["A","B"]})", condition("S52.501D"), Truth::No},
       {R"({"icd10":["S52"],"seventh":["-"]})", condition("S52.50")},
       {R"({"icd10":["S52"],"seventh":["-"]})", condition("S52.501A"), Truth::No},
       {R"({"icd10":["Z8"]})", condition("Z82.4"), Truth::No},
       {R"({"icd10":["Z8"]})", condition("Z85.3")},
       {R"({"icd10":["I21"],"snomed":["22298006"]})", snomed},
       {R"({"snomed":["22298006"],"unverified":["22298006"]})", snomed},
       {R"({"snomed":["2229800"]})", snomed, Truth::No},
       {R"({"icd10":["I21"]})",
        R"({"resourceType":"Condition","code":{"text":"I21.4"},"note":[{"text":"I21.4"}]})", Truth::No},
       {R"({"icd10":["I21"]})",
        R"({"resourceType":"FamilyMemberHistory","condition":[{"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"I21"}]}}]})",
        Truth::No}});
}

TEST(DiagnosisClause, what_was_refuted_does_not_count_and_a_suspicion_does) {
  auto const clause = std::string{R"({"icd10":["I82"]})"};
  expect({{clause, condition("I82.4", verification("refuted")), Truth::No},
          {clause, condition("I82.4", verification("entered-in-error")), Truth::No},
          {clause, condition("I82.4", verification("provisional"))},
          {clause, condition("I82.4", verification("differential"))},
          {clause, condition("I82.4", verification("unconfirmed"))}});
}

TEST(DiagnosisClause, onset) {
  auto const within = std::string{R"({"icd10":["I21"],"onset_within_days":14})"};
  expect(
      {{within, condition("I21", R"("onsetDateTime":"2026-11-07")")},
       {within, condition("I21", R"("onsetDateTime":"2026-11-06")"), Truth::No},
       {within, condition("I21", R"("onsetPeriod":{"start":"2026-11-20"})")},
       {within, condition("I21", R"("recordedDate":"2026-11-20T10:00:00Z")")},
       {within, condition("I21", R"("onsetDateTime":"2019","recordedDate":"2026-11-20")"), Truth::No},
       {within,
        condition("I21",
                  R"("onsetDateTime":"2026-11")")}, // The latest day that is not after the day itself
       {within, condition("I21", R"("onsetDateTime":"2026")")},
       {within, condition("I21", R"("onsetDateTime":"2026-10")"), Truth::No},
       {within, condition("I21", R"("onsetDateTime":"2026-11-22")"), Truth::No}, // Not known yet
       {within, condition("I21"), Truth::No},
       {R"({"icd10":["I21"],"onset_within_days":14,"undated":"fires"})", condition("I21")},
       {R"({"icd10":["I21"],"dated":false})", condition("I21")},
       {R"({"icd10":["I21"],"dated":false})", condition("I21", R"("onsetDateTime":"2026-11-20")"),
        Truth::No},
       {R"({"icd10":["I21"],"onset_after_days":14})", condition("I21", R"("onsetDateTime":"2026-11-06")")},
       {R"({"icd10":["I21"],"onset_after_days":14})", condition("I21", R"("onsetDateTime":"2026-11-07")"),
        Truth::No},
       {R"({"icd10":["I21"],"onset_after_days":14})", condition("I21"), Truth::No},
       {R"({"icd10":["I21"]})", condition("I21", R"("onsetDateTime":"2026-12-01")"), Truth::No}});
}

TEST(DiagnosisClause, past_and_history) {
  using Mode = History::Mode;
  auto const clause = std::string{R"({"icd10":["I82"]})"};
  History const counts{Mode::Counts}, within{Mode::CountsWithinDays, 42};
  expect(
      {{clause, condition("I82", status("resolved")), Truth::No},
       {clause, condition("I82", status("remission")), Truth::No},
       {clause, condition("I82", status("resolved")), Truth::Yes, counts},
       {clause, condition("I82", R"("abatementDateTime":"2026-11-21")"), Truth::No},
       {clause, condition("I82", R"("abatementString":"years ago")"), Truth::No},
       {clause, condition("I82", R"("abatementDateTime":"2026-11-22")")}, // Not over yet
       {clause, condition("I82", status("resolved") +
                                     R"(,"abatementDateTime":"2026-12-24")")}, // Over later than on the day
       {clause, condition("I82", status("active") +
                                     R"(,"abatementDateTime":"2020-01-01")")}, // A contradiction is current
       {clause, condition("I82", R"("abatementDateTime":"2026-10-10")"), Truth::Yes, within}, // 42 days
       {clause, condition("I82", R"("abatementDateTime":"2026-10-09")"), Truth::No, within},
       {clause, condition("I82", status("resolved") + R"(,"onsetDateTime":"2020-01-01")"), Truth::No,
        within},
       {clause, condition("I82", status("resolved")), Truth::Yes, within}, // Not known when
       {R"({"icd10":["I82"],"state":"past"})", condition("I82", status("resolved"))},
       {R"({"icd10":["I82"],"state":"past"})", condition("I82"), Truth::No, counts}});
}

TEST(DiagnosisClause, a_referrals_reason_counts_while_it_is_active) {
  auto const referral = [](std::string const& state, std::string const& authored) {
    return R"({"resourceType":"ServiceRequest","status":")" + state + R"(","authoredOn":")" + authored +
           R"(","reasonCode":[{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I82.4"}]}]})";
  };
  auto const clause = std::string{R"({"icd10":["I82"],"onset_within_days":90})"};
  expect({{clause, referral("active", "2026-11-01")},
          {clause, referral("active", "2026-01-01"), Truth::No},
          {clause, referral("active", "2026-11-22"), Truth::No},
          {clause, referral("revoked", "2026-11-01"), Truth::No}});
}

/// A MedicationStatement with this text and other members.
std::string medicine(std::string const& name, std::string const& more) {
  return R"({"resourceType":"MedicationStatement","medicationCodeableConcept":{"text":")" + name +
         R"("},)" + more + "}";
}

TEST(MedicineClause, words_and_forms) {
  auto const active = std::string{R"("status":"active")"};
  expect(
      {{R"({"medicine":"anticoagulant"})", medicine("Warfarin Sodium 5 MG Oral Tablet", active)},
       {R"({"medicine":"anticoagulant"})", medicine("WARFARIN", active)},
       {R"({"medicine":"anticoagulant"})", medicine("Warfarinum", active), Truth::No},  // Whole words
       {R"({"medicine":"anticoagulant"})", medicine("heparin gel", active), Truth::No}, // Not a topical one
       {R"({"medicine":"hormone_gel"})", medicine("testosterone", active),
        Truth::No}, // No form word fails `forms`
       {R"({"medicine":"hormone_gel"})", medicine("testosterone 1 % gel", active)},
       {R"({"medicine":"hormone_gel"})",
        medicine("testosterone", active + R"(,"dosage":[{"route":{"text":"Topical"}}])")},
       {R"({"medicine":"insulin"})", medicine("insulin glargine injector pen", active)},
       {R"({"medicine":"any"})", medicine("Something", active)},
       {R"({"medicine":"any","forms":["patch"]})", medicine("Something", active), Truth::No},
       {R"({"medicine":"any","forms":["patch"]})", medicine("fentanyl transdermal system", active)}});
}

TEST(MedicineClause, in_use_and_lately) {
  auto const warfarin = std::string{R"({"medicine":"anticoagulant"})"};
  auto const lately = std::string{R"({"medicine":"fluoroquinolone","within_days":180})"};
  auto const chemotherapy =
      std::string{R"({"medicine":"chemotherapy_infusion","within_days":14,"started_within_days":180})"};
  expect(
      {{warfarin, medicine("warfarin", R"("status":"unknown")")},
       {warfarin, medicine("warfarin", R"("effectiveDateTime":"2026-01-01")")}, // No status
       {warfarin, medicine("warfarin", R"("status":"on-hold")"), Truth::No},
       {warfarin, medicine("warfarin", R"("status":"completed")"), Truth::No},
       {warfarin, medicine("warfarin", R"("status":"not-taken")"), Truth::No},
       {warfarin, medicine("warfarin", R"("status":"active","effectivePeriod":{"end":"2026-11-20"})"),
        Truth::No},
       {warfarin, medicine("warfarin", R"("status":"active","effectivePeriod":{"end":"2026-11-21"})")},
       {warfarin,
        medicine(
            "warfarin",
            R"("status":"active","effectivePeriod":{"start":"2026-11-22"},"dateAsserted":"2026-11-01")"),
        Truth::No},
       {lately, medicine("levofloxacin", R"("status":"completed","effectivePeriod":{"end":"2026-06-01"})")},
       {lately, medicine("levofloxacin", R"("status":"stopped","effectiveDateTime":"2026-01-01")"),
        Truth::No},
       {lately, medicine("levofloxacin", R"("status":"intended","effectiveDateTime":"2026-11-01")"),
        Truth::No},
       {lately, medicine("levofloxacin", R"("status":"completed")"), Truth::No},
       {chemotherapy,
        medicine("paclitaxel", R"("status":"active","effectivePeriod":{"start":"2022-01-01"})"), Truth::No},
       {chemotherapy,
        medicine("paclitaxel", R"("status":"active","effectivePeriod":{"start":"2026-11-01"})")},
       {chemotherapy, medicine("paclitaxel", R"("status":"active")")}});
}

TEST(MedicineClause, requests_and_references) {
  auto const clause = std::string{R"({"medicine":"anticoagulant"})"};
  auto const request = [](std::string const& more) {
    return R"({"resourceType":"MedicationRequest","status":"active","medicationCodeableConcept":{"coding":[{"display":"apixaban 5 MG"}]},)" +
           more + "}";
  };
  auto const contained =
      R"({"resourceType":"MedicationRequest","status":"active","intent":"order","contained":[{"resourceType":"Medication","id":"m","code":{"text":"apixaban"}}],)"
      R"("medicationReference":{"reference":"#m"}})";
  auto const other =
      R"({"resourceType":"MedicationStatement","status":"active","medicationReference":{"reference":"http://here/Medication/m"}},)"
      R"({"resourceType":"Medication","id":"m","code":{"text":"apixaban"},"form":{"text":"tablet"}})";
  expect(
      {{clause, request(R"("intent":"order")")},
       {clause, request(R"("intent":"proposal")"), Truth::No},
       {clause, request(R"("intent":"order","doNotPerform":true)"), Truth::No},
       {clause, request(R"("intent":"order","dispenseRequest":{"validityPeriod":{"end":"2026-10-01"}})"),
        Truth::No},
       {clause, contained},
       {clause, other},
       {R"({"medicine":"any","forms":["oral"]})", other},
       {clause,
        R"({"resourceType":"MedicationStatement","status":"active","medicationReference":{"display":"Apixaban"}})"}});
}

TEST(AnswerClause, values) {
  auto const clause = std::string{R"({"finding":["fever_now","suicidal_thoughts"]})"};
  auto const coded = [](std::string const& system, std::string const& code) {
    return R"("valueCodeableConcept":{"coding":[{"system":")" + system + R"(","code":")" + code + R"("}]})";
  };
  expect(
      {{clause, answer("fever_now", R"("valueBoolean":true)")},
       {clause, answer("fever_now", R"("valueBoolean":false)"), Truth::No},
       {clause, answer("suicidal_thoughts", coded("http://snomed.info/sct", "373066001"))},
       {clause, answer("suicidal_thoughts", coded("http://snomed.info/sct", "373067005")), Truth::No},
       {clause, answer("suicidal_thoughts", coded("http://loinc.org", "LA33-6"))},
       {clause, answer("suicidal_thoughts", coded("http://terminology.hl7.org/CodeSystem/v2-0136", "Y"))},
       {clause, answer("suicidal_thoughts", coded("http://elsewhere", "Y")), Truth::No},
       {clause, answer("fever_now", R"("dataAbsentReason":{"text":"unknown"})"), Truth::No},
       {clause, answer("fever_now", R"("valueInteger":1)"), Truth::No},
       {clause, answer("fever_now", R"("valueBoolean":true)") + "," +
                    answer("fever_now", R"("valueInteger":1)",
                           R"("effectiveDateTime":"2026-11-21T12:00:00Z")")}, // A number is no answer to it
       {clause,
        answer("fever_now", R"("valueBoolean":true)", R"("effectiveDateTime":"2026-11-21")",
               "entered-in-error"),
        Truth::No},
       {clause,
        answer("fever_now", R"("valueBoolean":true)", R"("effectiveDateTime":"2026-11-21")", "registered"),
        Truth::No},
       {clause, answer("fever_now", R"("valueBoolean":true)", R"("effectiveDateTime":"2026-11-21")",
                       "preliminary")},
       {R"({"finding":["phq9_item9"],"op":">=","value":1})", answer("phq9_item9", R"("valueInteger":1)")},
       {R"({"finding":["phq9_item9"],"op":">=","value":1})",
        answer("phq9_item9", R"("valueQuantity":{"value":0})"), Truth::No},
       {R"({"finding":["phq9_item9"],"op":">=","value":1})",
        questionnaire(
            R"({"linkId":"/44260-8","answer":[{"valueCoding":{"system":"http://loinc.org","code":"LA6570-1"}}]})")},
       {R"({"finding":["phq9_item9"],"op":">=","value":1})",
        questionnaire(
            R"({"linkId":"44260-8","answer":[{"valueCoding":{"system":"http://loinc.org","code":"LA6568-5"}}]})"),
        Truth::No}});
}

TEST(AnswerClause, questionnaires_at_any_depth) {
  auto const clause = std::string{R"({"finding":["fever_now"]})"};
  auto const item = std::string{R"({"linkId":"fever_now","answer":[{"valueBoolean":true}]})"};
  expect(
      {{clause, questionnaire(item)},
       {clause, questionnaire(R"({"linkId":"a","item":[{"linkId":"b","item":[)" + item + "]}]}")},
       {clause, questionnaire(R"({"linkId":"a","answer":[{"valueBoolean":false,"item":[)" + item + "]}]}")},
       {clause,
        questionnaire(
            R"({"linkId":"a","answer":[{"valueCoding":{"system":"https://tripsis.org/fhir/CodeSystem/finding","code":"fever_now"}}]})")},
       {clause, questionnaire(item, R"("authored":"2026-11-21")", "in-progress")},
       {clause, questionnaire(item, R"("authored":"2026-11-21")", "entered-in-error"), Truth::No},
       {clause, questionnaire(R"({"linkId":"fever_now"})"), Truth::No},
       {clause, questionnaire(item, R"("authored":"2026-11-20")"), Truth::No}});
}

TEST(AnswerClause, validity_and_the_newest_answer) {
  auto const two_weeks = std::string{R"({"finding":["head_injury_within_14d"]})"}; // valid: P14D
  auto const fever = std::string{R"({"finding":["fever_now"]})"};                  // valid: same_day
  auto const yes = std::string{R"("valueBoolean":true)"}, no = std::string{R"("valueBoolean":false)"};
  auto const at = [](std::string const& when) { return R"("effectiveDateTime":")" + when + R"(")"; };
  expect({{two_weeks, answer("head_injury_within_14d", yes, at("2026-11-08"))},
          {two_weeks, answer("head_injury_within_14d", yes, at("2026-11-07")), Truth::No},
          {fever, answer("fever_now", yes, at("2026-11-22")), Truth::No},
          {two_weeks,
           answer("head_injury_within_14d", yes, at("2026-11-10")) + "," +
               answer("head_injury_within_14d", no, at("2026-11-12")),
           Truth::No},
          {two_weeks, answer("head_injury_within_14d", no, at("2026-11-10")) + "," +
                          answer("head_injury_within_14d", yes, at("2026-11-12"))},
          {fever,
           answer("fever_now", yes, at("2026-11-21T08:00:00Z")) + "," +
               answer("fever_now", no, at("2026-11-21T09:00:00Z")),
           Truth::No},
          {fever, answer("fever_now", no, at("2026-11-21T08:00:00Z")) + "," +
                      answer("fever_now", yes, at("2026-11-21"))}, // Nothing tells which was later
          {fever, answer("fever_now", yes, "")},                   // Undated: given today
          {fever, answer("fever_now", yes, "") + "," + answer("fever_now", no, at("2026-11-20")),
           Truth::No}, // … unless any dated one is there
          {R"({"finding":["cancer_ever"]})", answer("cancer_ever", yes, at("1999"))}, // until_changed
          {R"({"finding":["cancer_ever"]})",
           answer("cancer_ever", yes, at("2010")) + "," + answer("cancer_ever", no, ""), Truth::Yes}});
}

TEST(Groups, combine) {
  auto const yes = std::string{R"({"finding":["fever_now"]})"},
             no = std::string{R"({"finding":["cancer_ever"]})"};
  auto const unknown = std::string{R"({"moon":"full"})"};
  auto const fever = answer("fever_now", R"("valueBoolean":true)");
  expect({{R"({"any":[)" + no + "," + yes + "]}", fever},
          {R"({"all":[)" + no + "," + yes + "]}", fever, Truth::No},
          {R"({"all":[)" + yes + R"(,{"not":)" + no + "}]}", fever},
          {R"({"not":)" + yes + "}", fever, Truth::No},
          {unknown, fever, Truth::Unknown},
          {R"({"any":[)" + unknown + "," + yes + "]}", fever, Truth::Yes},
          {R"({"any":[)" + unknown + "," + no + "]}", fever, Truth::Unknown},
          {R"({"all":[)" + unknown + "," + yes + "]}", fever, Truth::Unknown},
          {R"({"all":[)" + unknown + "," + no + "]}", fever, Truth::No},
          {R"({"not":)" + unknown + "}", fever, Truth::Unknown},
          {R"({"icd10":["I21"],"laterality":"left"})", condition("I21"),
           Truth::Unknown}}); // A member that is not known
}

} // namespace
} // namespace tripsis::clinic::screening
