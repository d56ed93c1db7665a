// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Forms filled in with what the record knows: facts and wishes, and never a rating, a consent or a safety
// question.
#include "clinic/forms/populate.hh"
#include "clinic/forms/questionnaires.hh"
#include "clinic/intake.hh"
#include "store_fixture.hh"
#include "validation/validation.hh"

#include <algorithm>

namespace tripsis::clinic::forms {
namespace {

using json::Value;

class Populate : public store::StoreTest {
protected:
  Value filled(std::string_view form) {
    auto all = practice_forms(knowledge_);
    std::ranges::move(instrument_forms(knowledge_), std::back_inserter(all));
    all.push_back(intake_questionnaire(knowledge_));
    auto const found = std::ranges::find(all, form, [](Value const& one) { return one.text("id"); });
    EXPECT_NE(found, all.end()) << form;
    Result<Value> response;
    store->read({}, [&](store::ReadTx& tx) {
      response = populate(find_in(tx), *found, "p", "2026-11-23T10:00:00-05:00", "2026-11-23");
    });
    EXPECT_TRUE(response);
    for (auto const& issue : validation::validate(*response))
      ADD_FAILURE() << form << ": " << issue.where << " " << issue.what;
    EXPECT_EQ(response->text("status"), "in-progress");
    return *response;
  }

  /// What the items hold, as text: "condition-what I10; …".
  static std::string told(Value const& holder) {
    std::string text;
    for (auto const& item : holder.items("item")) {
      for (auto const& answer : item.items("answer"))
        for (auto const& [name, value] : answer.object())
          text += std::string{item.text("linkId")} + " " +
                  (value.is_object()   ? std::string{value.text("code")}
                   : value.is_string() ? value.string()
                                       : json::write(value)) +
                  "; ";
      text += told(item);
    }
    return text;
  }

  Knowledge knowledge_ = load_knowledge();
};

TEST_F(Populate, the_health_history_has_what_holds_and_not_what_was_refuted) {
  ASSERT_TRUE(write(
      store::put(R"({"resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p"},
        "clinicalStatus": {"coding": [{"code": "active"}]}, "onsetDateTime": "2020-05",
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10", "display": "High blood pressure"}]}})"),
      store::put(R"({"resourceType": "Condition", "id": "c2", "subject": {"reference": "Patient/p"},
        "verificationStatus": {"coding": [{"code": "refuted"}]}, "code": {"text": "Gout"}})"),
      store::put(
          R"({"resourceType": "Condition", "id": "c3", "subject": {"reference": "Patient/q"}, "code": {"text": "Another's"}})"),
      store::put(
          R"({"resourceType": "MedicationStatement", "id": "m1", "status": "active", "subject": {"reference": "Patient/p"},
        "medicationCodeableConcept": {"text": "Warfarin", "coding": [{"system": "https://tripsis.org/fhir/CodeSystem/medicine-class", "code": "anticoagulant"}]}})"),
      store::put(
          R"({"resourceType": "MedicationStatement", "id": "m2", "status": "stopped", "subject": {"reference": "Patient/p"},
        "medicationCodeableConcept": {"text": "Cortisone"}})"),
      store::put(
          R"({"resourceType": "AllergyIntolerance", "id": "a1", "patient": {"reference": "Patient/p"},
        "code": {"text": "Almonds"}, "reaction": [{"manifestation": [{"text": "Rash"}], "severity": "mild"}]})"),
      store::put(
          R"({"resourceType": "Procedure", "id": "s1", "status": "completed", "subject": {"reference": "Patient/p"},
        "category": {"coding": [{"system": "http://snomed.info/sct", "code": "387713003"}]}, "code": {"text": "New hip"},
        "performedDateTime": "2019-03-04T08:00:00Z", "bodySite": [{"coding": [{"system": "https://tripsis.org/fhir/CodeSystem/side", "code": "left"}]}]})"),
      store::put(
          R"({"resourceType": "Procedure", "id": "t1", "status": "completed", "subject": {"reference": "Patient/p"},
        "code": {"text": "Effleurage"}})"),
      store::put(
          R"({"resourceType": "QuestionnaireResponse", "id": "r1", "status": "completed", "subject": {"reference": "Patient/p"},
        "questionnaire": "https://tripsis.org/fhir/Questionnaire/health-history", "authored": "2025-01-01T10:00:00Z",
        "item": [{"linkId": "occupation", "answer": [{"valueString": "Baker"}]}]})")));
  EXPECT_EQ(told(filled("health-history")),
            "condition-what I10; condition-still current; condition-since 2020-05; "
            "medicine-name Warfarin; medicine-kind anticoagulant; medicine-taking true; "
            "allergy-what Almonds; allergy-reaction Rash; allergy-severity mild; "
            "surgery-what New hip; surgery-side left; surgery-date 2019-03-04; occupation Baker; ");
}

TEST_F(Populate, the_goal_and_the_wishes_are_the_patients_own) {
  ASSERT_TRUE(write(
      store::put(
          R"({"resourceType": "Patient", "id": "p", "extension": [{"url": "https://tripsis.org/fhir/StructureDefinition/comfort",
        "extension": [{"url": "pressure", "valueCode": "light"}, {"url": "chaperone", "valueBoolean": true}]}]})"),
      store::put(
          R"({"resourceType": "Goal", "id": "g1", "lifecycleStatus": "active", "description": {"text": "From 6 to 4"}, "subject": {"reference": "Patient/p"}})"),
      store::put(
          R"({"resourceType": "Goal", "id": "g2", "lifecycleStatus": "proposed", "description": {"text": "Carry my daughter"},
        "subject": {"reference": "Patient/p"}, "expressedBy": {"reference": "Patient/p"}, "target": [{"dueDate": "2027-02-01"}]})")));
  EXPECT_EQ(told(filled("goals-and-comfort")),
            "goal Carry my daughter; goal-date 2027-02-01; pressure light; chaperone true; ");
  EXPECT_EQ(told(filled("goal")), "goal-text Carry my daughter; goal-date 2027-02-01; ");
}

TEST_F(Populate, the_same_activities_are_asked_again_without_their_ratings) {
  ASSERT_TRUE(write(store::put(
      R"({"resourceType": "Observation", "id": "o", "status": "final", "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2026-10-01",
        "code": {"coding": [{"system": "https://tripsis.org/fhir/CodeSystem/measure", "code": "psfs-score"}]},
        "component": [{"code": {"text": "Stairs"}, "valueInteger": 3}, {"code": {"text": "Typing"}, "valueInteger": 6}]})")));
  EXPECT_EQ(told(filled("psfs")), "activity-name Stairs; activity-name Typing; ");
}

TEST_F(Populate, what_must_be_answered_anew_is_left_open) {
  for (auto const* form : {"intake", "consent", "phq9", "journal", "pre-visit", "flare-up"})
    EXPECT_EQ(told(filled(form)), "") << form;
  EXPECT_EQ(told(filled("odi")), "date 2026-11-23; ");
  EXPECT_EQ(told(filled("sleep-diary")), "date 2026-11-23; ");
}

} // namespace
} // namespace tripsis::clinic::forms
