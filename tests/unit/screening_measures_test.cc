// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The trigger grammar, continued: measurements and their units, procedures, pregnancy, age, allergies,
// screens, and what cannot be read. Rows as in screening_clauses_test.cc.
#include "../support/clauses.hh"

#include <gtest/gtest.h>

namespace tripsis::clinic::screening {
namespace {

using namespace test;

/// An Observation with this LOINC code, value and other members.
std::string observation(std::string const& loinc, std::string const& value,
                        std::string const& when = "2026-11-21", std::string const& state = "final") {
  return R"({"resourceType":"Observation","status":")" + state +
         R"(","code":{"coding":[{"system":"http://loinc.org","code":")" + loinc + R"("}]},)" + value +
         (when.empty() ? "" : R"(,"effectiveDateTime":")" + when + R"(")") + "}";
}
std::string quantity(std::string const& value, std::string const& code,
                     std::string const& comparator = "") {
  return R"("valueQuantity":{"value":)" + value + R"(,"code":")" + code + R"(")" +
         (comparator.empty() ? "" : R"(,"comparator":")" + comparator + R"(")") + "}";
}
std::string in_words(std::string const& value, std::string const& unit) {
  return R"("valueQuantity":{"value":)" + value + (unit.empty() ? "" : R"(,"unit":")" + unit + R"(")") +
         "}";
}

std::string const fever =
    R"({"vital":"body_temperature","op":">=","value":38.0,"unit":"Cel","within":"P2D","pick":"any"})";
std::string const pressure = R"({"vital":"systolic","op":">=","value":180,"unit":"mm[Hg]","within":"P1D"})";

TEST(MeasurementClause, units_are_converted_exactly) {
  expect({{fever, observation("8310-5", quantity("100.4", "[degF]"))},
          {fever, observation("8310-5", quantity("100.3", "[degF]")), Truth::No},
          {fever, observation("8310-5", quantity("38.0", "Cel"))},
          {fever, observation("8310-5", quantity("37.999999", "Cel")), Truth::No},
          {fever, observation("8310-5", quantity("311.15", "K"))},
          {fever, observation("8310-5", quantity("311.1499", "K")), Truth::No},
          {fever, observation("8310-5", in_words("100.4", "°F"))},
          {fever, observation("8310-5", in_words("38.5", "Cel"))}, // The unit's own code, as a word
          {fever, observation("8310-5", in_words("101", "")), Truth::No},
          {fever, observation("8310-5", quantity("101", "F")), Truth::No}, // A code is no word
          {fever, observation("8310-5", quantity("3.85e1", "Cel"))},
          {fever, observation("8310-5", quantity("1e40", "Cel")), Truth::No}, // Absurd: not read
          {pressure, observation("8480-6", quantity("24.5", "kPa"))},
          {R"({"vital":"platelets","op":"<","value":100,"unit":"10*9/L","within":"P90D"})",
           observation("777-3", quantity("62000", "/uL"))},
          {R"({"vital":"inr","op":">","value":4,"unit":"1","within":"P7D"})",
           observation("6301-6", in_words("4.5", ""))},
          {R"({"vital":"glucose","op":"<","value":54,"unit":"mg/dL","within":"P1D"})",
           observation("2339-0", quantity("2.9", "mmol/L"))},
          {R"({"vital":"phq9_item9_score","op":">=","value":1,"unit":"1","within":"P14D"})",
           observation(
               "44260-8",
               R"("valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA6569-3"}]})")}});
}

TEST(MeasurementClause, window_newest_status_and_comparator) {
  auto const high = observation("8480-6", quantity("190", "mm[Hg]"), "2026-11-21T08:00:00Z");
  auto const normal = [](std::string const& when) {
    return observation("8480-6", quantity("130", "mm[Hg]"), when);
  };
  expect(
      {{pressure, high},
       {pressure, high + "," + normal("2026-11-21T08:10:00Z"),
        Truth::No}, // A repeated reading replaces the first
       {pressure, high + "," + normal("2026-11-21T08:00:00Z")},
       {pressure, high + "," + normal("2026-11-21")},             // Nothing tells which was later
       {pressure, high + "," + normal("2026-11-22"), Truth::Yes}, // Not known yet
       {pressure, observation("8480-6", quantity("190", "mm[Hg]"), "2026-11-20"), Truth::No},
       {pressure, observation("8480-6", quantity("190", "mm[Hg]"), ""), Truth::No},
       {pressure, observation("8480-6", quantity("190", "mm[Hg]"), "2026-11-21", "cancelled"), Truth::No},
       {pressure, observation("8480-6", quantity("190", "mm[Hg]"), "2026-11-21", "amended")},
       {pressure, observation("8480-6", quantity("180", "mm[Hg]", ">"))},
       {pressure, observation("8480-6", quantity("179", "mm[Hg]", ">")), Truth::No},
       {R"({"vital":"glucose","op":">","value":300,"unit":"mg/dL","within":"P1D"})",
        observation("2339-0", quantity("300", "mg/dL", ">"))}, // Above 300, though 300 is not
       {R"({"vital":"glucose","op":">","value":300,"unit":"mg/dL","within":"P1D"})",
        observation("2339-0", quantity("300", "mg/dL", ">=")), Truth::No},
       {R"({"vital":"oxygen_saturation","op":"<","value":92,"unit":"%","within":"P1D"})",
        observation("59408-5", quantity("0.92", "1", "<"))},
       // A period counts from its start on, and is as new as its end.
       {pressure, observation("8480-6",
                              quantity("190", "mm[Hg]") +
                                  R"(,"effectivePeriod":{"start":"2026-11-19","end":"2026-11-21"})",
                              "")},
       {pressure, observation("8480-6",
                              quantity("190", "mm[Hg]") +
                                  R"(,"effectivePeriod":{"start":"2026-11-20","end":"2026-11-23"})",
                              "")},
       {pressure,
        observation("8480-6",
                    quantity("190", "mm[Hg]") +
                        R"(,"effectivePeriod":{"start":"2026-11-22","end":"2026-11-23"})",
                    ""),
        Truth::No},
       {pressure, observation("8480-6", quantity("200", "mm[Hg]", "<")), Truth::No},
       {R"({"vital":"systolic","op":"<","value":90,"unit":"mm[Hg]","within":"P1D"})",
        observation("8480-6", quantity("80", "mm[Hg]", ">")), Truth::No},
       {fever, observation("8310-5", quantity("39", "Cel"), "2026-11-20T08:00:00Z") + "," +
                   observation("8310-5", quantity("37", "Cel"), "2026-11-21T08:00:00Z")}, // pick: any
       {fever, observation("8310-5", quantity("39", "Cel"), "2026-11-19"), Truth::No},
       {R"({"measured":"systolic","within":"P30D"})",
        observation("8480-6", quantity("120", "mm[Hg]"), "2026-10-23")},
       {R"({"measured":"systolic","within":"P30D"})",
        observation("8480-6", quantity("120", "mm[Hg]"), "2026-10-22"), Truth::No},
       {pressure,
        R"({"resourceType":"Observation","status":"final","effectiveDateTime":"2026-11-21","code":{"text":"BP"},"component":[)"
        R"({"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":181,"code":"mm[Hg]"}}]})"}});
}

TEST(UnreadableClause, measurement) {
  auto const clause = std::string{R"({"unreadable":"measurement"})"};
  auto const bad = [](std::string const& when) { return observation("8310-5", in_words("101", ""), when); };
  auto const good = [](std::string const& when) {
    return observation("8310-5", quantity("37", "Cel"), when);
  };
  expect({{clause, bad("2026-11-21")},
          {clause, bad("2026-11-20")},
          {clause, bad("2026-11-19"), Truth::No},
          {clause, bad("2026-11-20") + "," + good("2026-11-21"), Truth::No},
          {clause, good("2026-11-20") + "," + bad("2026-11-21")},
          // By the instant the second is newer, and by its day not of the last two.
          {clause, bad("2026-11-20T00:00:00+05:45") + "," + good("2026-11-19T23:00:00Z")},
          {clause, observation("8310-5", R"("valueString":"38.5")")}, // A value, but no number of a unit
          {clause, observation("44260-8", R"("valueCodeableConcept":{"text":"Often"})")},
          {clause, observation("8310-5", R"("dataAbsentReason":{"text":"refused"})"), Truth::No},
          {clause, good("")}, // The only value has no date
          {clause, good("") + "," + good("2026-11-21"), Truth::No},
          {clause, good("2026-11-21"), Truth::No}});
}

TEST(UnreadableClause, diagnosis_and_medicine) {
  expect(
      {{R"({"unreadable":"diagnosis"})", R"({"resourceType":"Condition","code":{"text":"Sore"}})"},
       {R"({"unreadable":"diagnosis"})",
        R"({"resourceType":"Condition","code":{"text":"Sore"},)" + status("resolved") + "}", Truth::No},
       {R"({"unreadable":"diagnosis"})", condition("M54.5"), Truth::No},
       {R"({"unreadable":"diagnosis"})", condition("Z82.4"), Truth::No},
       {R"({"unreadable":"medicine"})",
        R"({"resourceType":"MedicationStatement","status":"active","medicationCodeableConcept":{"coding":[{"code":"1"}]}})"},
       {R"({"unreadable":"medicine"})",
        R"({"resourceType":"MedicationStatement","status":"stopped","medicationCodeableConcept":{"coding":[{"code":"1"}]}})",
        Truth::No},
       {R"({"unreadable":"medicine"})",
        R"({"resourceType":"MedicationStatement","status":"active","medicationCodeableConcept":{"text":"x"}})",
        Truth::No}});
}

TEST(ProcedureClause, code_category_and_time) {
  auto const procedure = [](std::string const& code, std::string const& more,
                            std::string const& state = "completed") {
    return R"({"resourceType":"Procedure","status":")" + state +
           R"(","code":{"coding":[{"system":"http://snomed.info/sct","code":")" + code + R"("}]})" +
           (more.empty() ? "" : "," + more) + "}";
  };
  auto const recent =
      std::string{R"({"procedure":["232717009"],"or_category":["387713003"],"performed_within_days":84})"};
  auto const category = std::string{
      R"("category":{"coding":[{"system":"http://snomed.info/sct","code":"387713003"}]},"performedDateTime":"2026-11-01")"};
  expect(
      {{recent, procedure("232717009", R"("performedDateTime":"2026-08-29")")},
       {recent, procedure("232717009", R"("performedDateTime":"2026-08-28")"), Truth::No},
       {recent, procedure("232717009", R"("performedPeriod":{"start":"2026-01-01","end":"2026-11-01"})")},
       {recent, procedure("232717009", R"("performedPeriod":{"start":"2026-11-01"})", "in-progress")},
       {recent, procedure("232717009", R"("performedDateTime":"2026-11-01")", "not-done"), Truth::No},
       {recent, procedure("232717009", R"("performedDateTime":"2026-11-01")", "preparation"), Truth::No},
       {recent, procedure("232717009", R"("performedDateTime":"2026-11-22")"), Truth::No},
       {recent, procedure("232717009", ""), Truth::No},
       {recent, procedure("1", category)},
       {R"({"procedure":["232717009"]})", procedure("232717009", "")}});
}

TEST(AgeClause, whole_years_and_partial_births) {
  auto const old = std::string{R"({"age":">=","years":65})"},
             young = std::string{R"({"age":"<","years":18})"};
  auto const born = [](std::string const& clause, std::string const& birth, Truth truth) {
    return Row{clause, "", truth, {}, birth};
  };
  expect({born(old, "1961-11-21", Truth::Yes), born(old, "1961-11-22", Truth::No),
          born(old, "1961", Truth::Yes), born(old, "1962", Truth::No),
          born(young, "2008-11-22", Truth::Yes), born(young, "2008-11-21", Truth::No),
          born(young, "2008", Truth::Yes), born(young, "2007", Truth::No)});
}

TEST(AgeClause, who_was_born_on_29_february_is_a_year_older_on_the_last_of_every_february) {
  auto const patient = record("1960-02-29", "");
  auto const clause = compile_clause(rules(), parsed(R"({"age":">=","years":65})"));
  ASSERT_TRUE(clause);
  for (auto const& [day, truth] : {std::pair{"2025-02-27", Truth::No}, {"2025-02-28", Truth::Yes}}) {
    auto const facts = gather(rules(), patient, parse_moment(day, nullptr)->first, nullptr);
    std::vector<Cause> causes;
    EXPECT_EQ(holds(*clause, {rules(), facts, {}}, causes), truth) << day;
  }
}

TEST(AllergyClause, words_codes_and_status) {
  auto const clause =
      std::string{R"({"allergy":{"words":["nut","nuts","essential oil"],"snomed":["300916003"]}})"};
  auto const allergy = [](std::string const& text, std::string const& more = "") {
    return R"({"resourceType":"AllergyIntolerance","code":{"text":")" + text +
           R"(","coding":[{"system":"http://snomed.info/sct","code":"1"}]})" + more + "}";
  };
  expect(
      {{clause, allergy("Allergy to NUTS")},
       {clause, allergy("Allergy to Essential Oil")},
       {clause, allergy("Allergy to nutmeg"), Truth::No},
       {clause, allergy("nut", "," + status("active"))},
       {clause, allergy("nut", "," + status("resolved")), Truth::No},
       {clause, allergy("nut", "," + verification("refuted")), Truth::No},
       {clause,
        R"({"resourceType":"AllergyIntolerance","code":{"coding":[{"system":"http://snomed.info/sct","code":"300916003"}]}})"}});
}

TEST(ScreenClause, readings) {
  auto const yes = [](std::string const& finding) { return answer(finding, R"("valueBoolean":true)"); };
  auto const refer = std::string{R"({"screen":"low_back","reading":"refer"})"},
             wells = std::string{R"({"screen":"wells_dvt","reading":"refer"})"};
  auto const follow_up = std::string{R"({"screen":"pre_visit","reading":"follow_up"})"};
  expect(
      {{R"({"screen":"low_back","reading":"emergency"})", yes("saddle_numbness")},
       {refer, yes("cancer_ever"), Truth::No}, // Needs the entry
       {refer, yes("back_pain_now") + "," + yes("cancer_ever")},
       {refer, condition("M54.50") + "," + yes("deficit_progressive")},
       {refer, condition("M54.50") + "," + yes("major_trauma"), Truth::No},
       {refer, condition("M54.50") + "," + yes("major_trauma") + "," + yes("night_pain_constant")},
       {wells, yes("wells_active_cancer"), Truth::No},
       {wells, yes("wells_active_cancer") + "," + yes("dvt_limb_warm_red")},
       {wells, yes("dvt_limb_warm_red"), Truth::No}, // Score 0
       {wells, yes("dvt_limb_warm_red") + "," + yes("wells_alternative_diagnosis"),
        Truth::No}, // That one counts in no reading
       {follow_up, yes("pv_infection")},
       {follow_up, yes("pv_infection") + "," + answer("fever_now", R"("valueBoolean":false)"), Truth::No},
       {follow_up, answer("pv_infection", R"("valueBoolean":false)"), Truth::No}});
}

TEST(PregnancyClause, evidence_and_denial) {
  auto const any = std::string{R"({"pregnancy":"any"})"}, stale = std::string{R"({"pregnancy":"stale"})"};
  auto const pregnant = [](std::string const& yes, std::string const& when) {
    return answer("pregnant", R"("valueBoolean":)" + yes,
                  when.empty() ? "" : R"("effectiveDateTime":")" + when + R"(")");
  };
  auto const coded = [](std::string const& code) {
    return R"("valueCodeableConcept":{"coding":[{"code":")" + code + R"("}]})";
  };
  expect(
      {{any, condition("Z33.1")},
       {any, condition("Z33.1", R"("onsetDateTime":"2026-01-17")")}, // 308 days
       {any, condition("Z33.1", R"("onsetDateTime":"2026-01-16")"), Truth::No},
       {stale, condition("Z33.1", R"("onsetDateTime":"2026-01-16")")},
       {any, condition("O13.5"), Truth::No}, // After birth
       {any, condition("Z33.1", status("resolved")), Truth::No},
       {any, pregnant("true", "2026-11-01")},
       {any, pregnant("true", "2026-10-01"), Truth::No}, // No longer valid
       {any, pregnant("true", "2026-11-01") + "," + pregnant("false", "2026-11-02"), Truth::No},
       {any, pregnant("false", "2026-11-01") + "," + pregnant("true", "2026-11-02")},
       {any, condition("Z33.1") + "," + pregnant("false", "2026-11-01"),
        Truth::No}, // Undated evidence ends too
       {any, pregnant("true", "2026-11-02") + "," +
                 pregnant("false", "2026-11-02T09:00:00Z")}, // Which was first?
       {any, condition("Z33.1", R"("onsetDateTime":"2026-11-02")") + "," + pregnant("false", "2026-11-02"),
        Truth::No},
       {any, observation("82810-3", coded("LA15173-0"), "")},
       {any,
        answer("pregnancy_weeks", R"("valueInteger":9)", R"("effectiveDateTime":"2026-11-19")") + "," +
            answer("pregnancy_weeks", R"("valueInteger":0)", R"("effectiveDateTime":"2026-11-20")"),
        Truth::No}, // Only the newest answer counts
       {any, condition("Z33.1", R"("onsetDateTime":"2026-11-10")") + "," + pregnant("false", "2026-11-01")},
       {any, observation("82810-3", coded("LA15173-0"), "2026-06-01")},
       {any,
        observation("82810-3", coded("LA15173-0"), "2026-06-01") + "," +
            observation("82810-3", coded("LA26683-5"), "2026-07-01"),
        Truth::No},
       {any, observation("11778-8", R"("valueDateTime":"2027-02-01")", "2026-11-01")},
       {any, answer("pregnancy_weeks", R"("valueInteger":0)"), Truth::No},
       {any, answer("pregnancy_weeks", R"("valueInteger":9)")},
       {stale,
        condition("Z33.1", R"("onsetDateTime":"2026-01-16")") + "," + pregnant("false", "2026-11-01"),
        Truth::No}});
}

TEST(PregnancyClause, weeks) {
  auto const weeks = [](std::string const& from, std::string const& to) {
    return R"({"pregnancy":{"weeks":[)" + from + "," + to + "]}}";
  };
  auto const unknown = std::string{R"({"pregnancy":{"weeks":"unknown"}})"};
  expect(
      {{R"({"pregnancy":"any"})", observation("49051-6", quantity("999999999999", "wk")), Truth::No},
       {R"({"pregnancy":"any"})", answer("pregnancy_weeks", R"("valueInteger":2147483647)"), Truth::No}});
  auto const at = [](std::string const& when) { return R"("onsetDateTime":")" + when + R"(")"; };
  expect({{unknown, condition("Z33.1")},
          {unknown, observation("49051-6", quantity("5", "mo"), "2026-11-07")}, // Weeks in no readable unit
          {weeks("0", "13"), observation("11778-8", R"("valueDateTime":"2027-09-30")", "2026-11-01")},
          // Two undated answers: nothing tells them apart.
          {weeks("8", "8"), answer("pregnancy_weeks", R"("valueInteger":8)", "") + "," +
                                answer("pregnancy_weeks", R"("valueInteger":29)", "")},
          {weeks("29", "29"), answer("pregnancy_weeks", R"("valueInteger":8)", "") + "," +
                                  answer("pregnancy_weeks", R"("valueInteger":29)", "")},
          {weeks("12", "12"), condition("Z3A.10", at("2026-11-07"))},
          {weeks("11", "11"), condition("Z3A.10", at("2026-11-08"))}, // 13 days: rounded down
          {weeks("7", "7"), condition("Z3A.01", at("2026-11-21"))},
          {unknown, condition("Z3A.00", at("2026-11-21"))},
          {unknown, condition("Z3A.10")}, // Undated: no weeks
          {weeks("20", "20"), observation("49051-6", quantity("18", "wk"), "2026-11-07")},
          {weeks("20", "20"), observation("49051-6", quantity("126", "d"), "2026-11-07")},
          {weeks("30", "30"),
           observation("11778-8", R"("valueDateTime":"2027-01-30")", "2026-10-01")}, // 70 days left
          {weeks("21", "21"),
           answer("pregnancy_weeks", R"("valueInteger":20)", R"("effectiveDateTime":"2026-11-14")")},
          {weeks("9", "9"), observation("49051-6", quantity("18", "wk"), "2026-11-01") + "," +
                                observation("49051-6", quantity("9", "wk"), "2026-11-20")},
          {weeks("14", "27"), condition("Z34.01", at("2026-11-07"))}, // 0–13 moved up by two weeks
          {weeks("0", "13"), condition("Z34.01", at("2026-11-07"))},
          {weeks("0", "1"), condition("Z34.01", at("2026-11-07")), Truth::No},
          {unknown, condition("Z34.01", at("2026-08-21"))}, // 92 days old
          {R"({"pregnancy":"stale"})", observation("49051-6", quantity("40", "wk"), "2026-10-01")},
          {weeks("28", "44"), observation("49051-6", quantity("40", "wk"), "2026-10-01"), Truth::No}});
}

} // namespace
} // namespace tripsis::clinic::screening
