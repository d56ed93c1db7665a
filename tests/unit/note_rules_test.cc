// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The rules of what a note charts as given, on the real store: consent for a part of the body, training,
// the limits of the day's screening, consultation first, and who consents for a minor.
#include "clinic/rules.hh"
#include "store_fixture.hh"

#include <algorithm>

namespace tripsis::clinic {
namespace {

using store::Change;
using store::parsed;
using store::put;

constexpr auto base = "https://tripsis.org/fhir/";

/// A technique charted as given on the 18th of November 2026, which is today.
struct Given {
  std::string id = "work", technique = "effleurage", muscle = {}, region = {}, side = {};
  int pressure = -1;
  std::string status = "completed", day = "2026-11-18", extension = {}, performer = "Practitioner/anna";

  Change put() const {
    auto change = store::put(fmt::format(
        R"({{"resourceType":"Procedure","id":"{}","status":"{}","code":{{"coding":[{{"system":"{}CodeSystem/technique","code":"{}"}}]}},)"
        R"("subject":{{"reference":"Patient/p"}},"performedDateTime":"{}T10:00:00-05:00"}})",
        id, status, base, technique, day));
    auto& procedure = change.resource;
    if (!performer.empty())
      procedure.push("performer", parsed(fmt::format(R"({{"actor":{{"reference":"{}"}}}})", performer)));
    auto site = json::object({});
    for (auto const& [system, code] : {std::pair{"muscle", muscle}, {"region", region}, {"side", side}})
      if (!code.empty())
        site.push("coding",
                  json::object({{"system", fmt::format("{}CodeSystem/{}", base, system)}, {"code", code}}));
    if (!site.items("coding").empty())
      procedure.push("bodySite", site);
    if (pressure >= 0)
      procedure.push("extension", json::object({{"url", std::string{base} + "StructureDefinition/pressure"},
                                                {"valueInteger", json::Value::integer(pressure)}}));
    if (!extension.empty())
      procedure.push("extension", parsed(extension));
    return change;
  }
};

/// Consent to treatment with what is said of each part of the body: "chest permit".
Change consent(std::string const& id, std::vector<std::string> const& parts,
               std::string const& when = "2026-11-17", std::string const& status = "active") {
  auto change = put(fmt::format(
      R"({{"resourceType":"Consent","id":"{}","status":"{}","scope":{{"coding":[{{"code":"treatment"}}]}},"category":[{{"coding":[{{"system":"{}CodeSystem/consent","code":"treatment"}}]}}],)"
      R"("patient":{{"reference":"Patient/p"}},"dateTime":"{}","performer":[{{"reference":"Patient/p"}}],"provision":{{"type":"permit"}}}})",
      id, status, base, when));
  for (auto const& part : parts) {
    auto const space = part.find(' ');
    change.resource.find("provision")
        ->push(
            "provision",
            parsed(fmt::format(
                R"({{"type":"{}","code":[{{"coding":[{{"system":"{}CodeSystem/consent-region","code":"{}"}}]}}]}})",
                part.substr(space + 1), base, part.substr(0, space))));
  }
  return change;
}

class NoteRules : public store::StoreTest {
protected:
  void SetUp() override {
    StoreTest::SetUp();
    reopen({});
    ASSERT_TRUE(as_client({put(R"({"resourceType":"Patient","id":"p","birthDate":"1980-01-01"})"),
                           put(R"({"resourceType":"Practitioner","id":"anna"})")}));
  }
  void reopen(Practices practices) {
    open(
        write_rules(std::make_shared<CurrentKnowledge>(std::make_shared<Knowledge const>(load_knowledge())),
                    *TimeZone::find("America/New_York"), &let_through, practices));
  }
  Result<> as_client(std::vector<Change> changes) {
    auto const written = store->write(
        {.changes = std::move(changes), .practitioner = "Practitioner/anna", .now = store::at(now)});
    return written ? Result<>{} : std::unexpected{written.error()};
  }
  void expect_refused(std::vector<Change> changes, std::string_view said, std::string_view where) {
    SCOPED_TRACE(json::write(changes.back().resource));
    auto const result = as_client(std::move(changes));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fault, Fault::BusinessRule);
    EXPECT_TRUE(result.error().what.contains(said)) << result.error().what;
    EXPECT_EQ(result.error().where, where);
  }

  LetThrough let_through;
};

// --- Consent
// -----------------------------------------------------------------------------------------------------------

TEST_F(NoteRules, some_parts_of_the_body_need_their_own_consent) {
  std::vector<std::pair<Given, std::string>> const cases{
      {{.muscle = "pectoralis_major"}, "(chest)"},
      {{.region = "chest"}, "(chest)"},
      {{.muscle = "gluteus_medius"}, "(gluteal)"},
      {{.region = "hip_groin"}, "(gluteal)"},
      {{.region = "abdomen"}, "(abdomen)"},
      {{.technique = "abdominal_massage"}, "(abdomen)"},
      {{.muscle = "medial_pterygoid"}, "(intraoral)"},
      {{.muscle = "gluteus_medius", .status = "in-progress"}, "(gluteal)"},
  };
  for (auto const& [given, region] : cases)
    expect_refused({given.put()}, region, "Procedure.bodySite");
  ASSERT_TRUE(
      as_client({consent("c", {"chest permit", "gluteal permit", "abdomen permit", "intraoral permit"})}));
  for (auto const& [given, region] : cases)
    EXPECT_TRUE(as_client({given.put()})) << region;
}

TEST_F(NoteRules, other_parts_and_what_was_not_given_need_no_consent) {
  EXPECT_TRUE(as_client({Given{.muscle = "levator_scapulae"}.put()}));
  EXPECT_TRUE(as_client({Given{.muscle = "masseter"}.put()})) << "the jaw from outside";
  EXPECT_TRUE(as_client({Given{.region = "chest", .status = "not-done"}.put()}));
}

TEST_F(NoteRules, the_newest_consent_in_force_that_speaks_of_the_part_decides) {
  auto const work = Given{.region = "chest"}.put();
  ASSERT_TRUE(as_client({consent("old", {"chest permit"}, "2026-01-05")}));
  EXPECT_TRUE(as_client({work}));
  ASSERT_TRUE(as_client({consent("other", {"gluteal permit"}, "2026-02-05")}));
  EXPECT_TRUE(as_client({work})) << "the newer one says nothing of the chest";
  ASSERT_TRUE(as_client({consent("new", {"chest deny"}, "2026-03-05")}));
  expect_refused({work}, "(chest)", "Procedure.bodySite");
  ASSERT_TRUE(as_client({consent("new", {"chest deny"}, "2026-03-05", "inactive")}));
  EXPECT_TRUE(as_client({work}));
  ASSERT_TRUE(as_client({consent("later", {"chest deny"}, "2026-11-19")}));
  EXPECT_TRUE(as_client({work})) << "it is judged for the treatment's own day";
}

TEST_F(NoteRules, consent_may_come_in_the_same_unit_and_the_refusal_names_the_procedure) {
  expect_refused({put(R"({"resourceType":"Basic","id":"x","code":{"text":"x"}})"), Given{.id = "a"}.put(),
                  Given{.id = "b", .region = "abdomen"}.put()},
                 "(abdomen)", "[2] Procedure.bodySite");
  EXPECT_TRUE(as_client({Given{.region = "abdomen"}.put(), consent("c", {"abdomen permit"})}));
}

TEST_F(NoteRules, an_import_of_the_past_is_let_through_and_noted) {
  ASSERT_TRUE(
      write_import(Given{.id = "past", .technique = "mld", .region = "chest", .day = "2026-11-17"}.put()));
  auto const items = let_through.take();
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].rule, "technique needs consent");
  EXPECT_EQ(items[1].rule, "technique needs competency");
  EXPECT_FALSE(write_import(Given{.id = "today", .region = "chest"}.put()));
}

// --- Competency
// --------------------------------------------------------------------------------------------------------

TEST_F(NoteRules, a_technique_that_needs_training_needs_somebody_who_has_it) {
  auto const work = Given{.technique = "mld"}.put();
  expect_refused({work}, "(mld)", "Procedure.performer");
  expect_refused({Given{.technique = "mld", .performer = ""}.put()}, "(mld)", "Procedure.performer");
  auto const trained = [](std::string_view technique, std::string_view end) {
    return put(fmt::format(
        R"({{"resourceType":"Practitioner","id":"anna","qualification":[{{"code":{{"coding":[{{"system":"{}CodeSystem/technique","code":"{}"}}]}},"period":{{"end":"{}"}}}}]}})",
        base, technique, end));
  };
  ASSERT_TRUE(as_client({trained("oncology_massage", "2030-01-01")}));
  EXPECT_FALSE(as_client({work}));
  ASSERT_TRUE(as_client({trained("mld", "2026-11-17")}));
  EXPECT_FALSE(as_client({work})) << "it has ended";
  ASSERT_TRUE(as_client({trained("mld", "2026-11-18")}));
  EXPECT_TRUE(as_client({work}));
  EXPECT_TRUE(as_client({Given{.technique = "mld", .performer = ""}.put()})) << "who is signed in";
  EXPECT_FALSE(as_client({Given{.technique = "mld", .performer = "Practitioner/ben"}.put()}));
}

TEST_F(NoteRules, a_role_may_say_the_training) {
  ASSERT_TRUE(as_client({put(fmt::format(
      R"({{"resourceType":"PractitionerRole","id":"r","practitioner":{{"reference":"Practitioner/anna"}},"specialty":[{{"coding":[{{"system":"{}CodeSystem/technique","code":"mld"}}]}}]}})",
      base))}));
  EXPECT_TRUE(as_client({Given{.technique = "mld"}.put()}));
  EXPECT_TRUE(as_client({Given{.id = "b", .technique = "mld", .performer = "PractitionerRole/r"}.put()}));
}

// --- Limits of the screening
// -------------------------------------------------------------------------------------------

TEST_F(NoteRules, no_pressure_above_the_limit_of_the_day) {
  ASSERT_TRUE(as_client({put(
      R"({"resourceType":"MedicationStatement","id":"m","status":"active","subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":"Apixaban 5 mg"}})")}));
  expect_refused({Given{.muscle = "levator_scapulae", .pressure = 5}.put()},
                 "above the limit of 4 of 10 that day", "Procedure");
  EXPECT_TRUE(as_client({Given{.muscle = "levator_scapulae", .pressure = 4}.put()}));
  EXPECT_TRUE(as_client({Given{.id = "b", .muscle = "levator_scapulae"}.put()})) << "no pressure is said";
  constexpr auto reason =
      R"({{"url":"{}StructureDefinition/override","extension":[{{"url":"rule","valueCode":"{}"}},{{"url":"reason","valueString":"Stopped last week"}}]}})";
  auto given = Given{.muscle = "levator_scapulae", .pressure = 6};
  given.extension = fmt::format(reason, base, "frailty");
  EXPECT_FALSE(as_client({given.put()})) << "another rule's reason";
  given.extension = fmt::format(reason, base, "anticoagulants");
  EXPECT_TRUE(as_client({given.put()}));
}

TEST_F(NoteRules, a_limit_holds_at_the_rules_regions) {
  ASSERT_TRUE(as_client({put(
      R"({"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"onsetDateTime":"2020","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M81.0"}]}})")}));
  expect_refused({Given{.region = "low_back", .pressure = 6}.put()}, "above the limit of 5 of 10",
                 "Procedure");
  EXPECT_TRUE(as_client({Given{.region = "thigh_anterior", .pressure = 6}.put()}));
  EXPECT_FALSE(as_client({Given{.pressure = 6}.put()})) << "it may be anywhere";
}

TEST_F(NoteRules, no_technique_where_a_local_rule_leaves_it_out) {
  ASSERT_TRUE(as_client({put(
      R"({"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"onsetDateTime":"2026-11-01","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I83.91"}]}})")}));
  expect_refused({Given{.technique = "deep_tissue", .region = "leg_posterior"}.put()}, "(varicose)",
                 "Procedure");
  EXPECT_TRUE(as_client({Given{.technique = "effleurage", .region = "leg_posterior"}.put()}));
  EXPECT_TRUE(as_client({Given{.technique = "deep_tissue", .region = "shoulder"}.put()}));
}

TEST_F(NoteRules, nothing_on_a_place_that_is_marked_to_be_avoided) {
  auto const flag = [](std::string_view status) {
    return put(fmt::format(
        R"({{"resourceType":"Flag","id":"z","status":"{}","subject":{{"reference":"Patient/p"}},"code":{{"coding":[{{"system":"{}CodeSystem/flag","code":"avoid-zone"}}]}},)"
        R"("extension":[{{"url":"{}StructureDefinition/region","valueCodeableConcept":{{"coding":[{{"system":"{}CodeSystem/region","code":"shoulder"}},{{"system":"{}CodeSystem/side","code":"left"}}]}}}}]}})",
        status, base, base, base, base));
  };
  ASSERT_TRUE(as_client({flag("active")}));
  expect_refused({Given{.muscle = "levator_scapulae", .side = "left"}.put()}, "avoid-zone",
                 "Procedure.bodySite");
  EXPECT_FALSE(as_client({Given{.region = "shoulder"}.put()})) << "the side is not said";
  EXPECT_TRUE(as_client({Given{.muscle = "levator_scapulae", .side = "right"}.put()}));
  EXPECT_TRUE(as_client({Given{.id = "b", .region = "knee", .side = "left"}.put()}));
  ASSERT_TRUE(as_client({flag("inactive")}));
  EXPECT_TRUE(as_client({Given{.muscle = "levator_scapulae", .side = "left"}.put()}));
}

TEST_F(NoteRules, no_more_pressure_than_somebody_bears_at_a_place) {
  auto const flag = [](std::string_view period) {
    return put(fmt::format(
        R"({{"resourceType":"Flag","id":"l","status":"active","subject":{{"reference":"Patient/p"}},"code":{{"coding":[{{"system":"{}CodeSystem/flag","code":"pressure-limit"}}]}},)"
        R"("period":{{{}}},"extension":[{{"url":"{}StructureDefinition/pressure","valueInteger":3}},)"
        R"({{"url":"{}StructureDefinition/region","valueCodeableConcept":{{"coding":[{{"system":"{}CodeSystem/region","code":"knee"}},{{"system":"{}CodeSystem/side","code":"left"}}]}}}}]}})",
        base, period, base, base, base, base));
  };
  ASSERT_TRUE(as_client({flag(R"("start":"2026-01-01")")}));
  expect_refused({Given{.region = "knee", .side = "left", .pressure = 4}.put()}, "above the 3 of 10",
                 "Procedure.bodySite");
  EXPECT_TRUE(as_client({Given{.region = "knee", .side = "left", .pressure = 3}.put()}));
  EXPECT_TRUE(as_client({Given{.id = "b", .region = "knee", .side = "right", .pressure = 4}.put()}));
  EXPECT_TRUE(as_client({Given{.id = "c", .region = "shoulder", .side = "left", .pressure = 4}.put()}));
  ASSERT_TRUE(as_client({flag(R"("start":"2026-01-01","end":"2026-01-31")")}));
  EXPECT_TRUE(as_client({Given{.id = "d", .region = "knee", .side = "left", .pressure = 4}.put()}));
}

TEST(PressureLimits, are_those_that_the_rules_say_in_words) {
  auto const knowledge = load_knowledge();
  int limits = 0;
  for (auto const& rule : knowledge.rules.rules) {
    if (!rule.pressure_limit)
      continue;
    ++limits;
    EXPECT_TRUE(rule.action_therapist.contains(fmt::format("{} of 10", *rule.pressure_limit))) << rule.id;
  }
  EXPECT_EQ(limits, 8);
}

// --- Consultation first
// ------------------------------------------------------------------------------------------------

TEST_F(NoteRules, a_practice_may_ask_for_a_consultation_first) {
  EXPECT_TRUE(as_client({Given{.id = "free"}.put()}));
  reopen({.consultation_first = Practices::ConsultationFirst::Yes});
  auto const appointment = [](std::string_view id, std::string_view service, std::string_view day,
                              std::string_view status = "booked") {
    return put(fmt::format(
        R"({{"resourceType":"Appointment","id":"{}","status":"{}","serviceType":[{{"coding":[{{"system":"{}CodeSystem/service","code":"{}"}}]}}],"start":"{}T10:00:00-05:00","end":"{}T10:30:00-05:00","participant":[{{"actor":{{"reference":"Patient/p"}},"status":"accepted"}}]}})",
        id, status, base, service, day, day));
  };
  expect_refused({Given{}.put()}, "consultation before the first treatment", "Procedure");
  expect_refused({appointment("t", "treatment-60", "2026-11-20")},
                 "consultation before the first treatment", "Appointment");
  ASSERT_TRUE(as_client({appointment("c", "consultation", "2026-11-21")}));
  EXPECT_FALSE(as_client({appointment("t", "treatment-60", "2026-11-20")})) << "it comes later";
  EXPECT_TRUE(as_client({appointment("t", "treatment-60", "2026-11-22")}));
  ASSERT_TRUE(as_client({appointment("c", "consultation", "2026-11-21", "cancelled")}));
  EXPECT_FALSE(as_client({appointment("t2", "treatment-60", "2026-11-23")}));
  ASSERT_TRUE(as_client({put(fmt::format(
      R"({{"resourceType":"Encounter","id":"e","status":"finished","class":{{"code":"AMB"}},"type":[{{"coding":[{{"system":"{}CodeSystem/service","code":"treatment-60"}}]}}],"subject":{{"reference":"Patient/p"}},"period":{{"start":"2026-11-10T10:00:00-05:00"}}}})",
      base))}));
  EXPECT_TRUE(as_client({Given{}.put()})) << "who has been treated before is no new patient";
}

// --- Minors
// ------------------------------------------------------------------------------------------------------------

TEST_F(NoteRules, a_guardian_consents_for_a_minor) {
  auto const born = [](std::string_view date) {
    return put(fmt::format(R"({{"resourceType":"Patient","id":"p","birthDate":"{}"}})", date));
  };
  ASSERT_TRUE(as_client({born("2008-11-18")}));
  auto own = consent("c", {}, "2026-11-17");
  expect_refused({own}, "under 18", "Consent.performer");
  EXPECT_TRUE(as_client({consent("c", {}, "2026-11-18")})) << "18 that day";
  ASSERT_TRUE(as_client({born("2008-11")}));
  EXPECT_FALSE(as_client({consent("d", {}, "2026-11-18")})) << "may be born later that month";
  auto guarded = own;
  *guarded.resource.find("performer") = parsed(R"([{"reference":"RelatedPerson/g"}])");
  EXPECT_FALSE(as_client({guarded})) << "nobody of that name is here";
  ASSERT_TRUE(as_client(
      {put(R"({"resourceType":"RelatedPerson","id":"g","patient":{"reference":"Patient/other"}})")}));
  EXPECT_FALSE(as_client({guarded})) << "somebody else's guardian";
  ASSERT_TRUE(
      as_client({put(R"({"resourceType":"RelatedPerson","id":"g","patient":{"reference":"Patient/p"}})")}));
  EXPECT_TRUE(as_client({guarded}));
  EXPECT_TRUE(as_client({consent("e", {}, "2026-11-17", "rejected")})) << "a refusal needs no guardian";
}

} // namespace
} // namespace tripsis::clinic
