// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What waits to be done, found in a small practice in the real store; and what a patient sees of it.
#include "clinic/canonical.hh"
#include "clinic/views/view.hh"
#include "clinic/worklist/worklist.hh"
#include "store_fixture.hh"
#include "validation/validation.hh"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using store::put;

constexpr Instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{17};

class Worklist : public store::StoreTest {
protected:
  void SetUp() override {
    StoreTest::SetUp();
    for (
        auto const* text :
        {R"({"resourceType":"Patient","id":"p","name":[{"family":"Reed"}]})",
         R"({"resourceType":"Practitioner","id":"anna"})", R"({"resourceType":"Practitioner","id":"ben"})",
         R"({"resourceType":"PractitionerRole","id":"r1","practitioner":{"reference":"Practitioner/anna"}})",
         R"({"resourceType":"PractitionerRole","id":"r2","practitioner":{"reference":"Practitioner/ben"}})"})
      ASSERT_TRUE(write(put(text)));
    send_forms("p");
  }

  void send_forms(std::string const& patient) {
    for (auto const* form : {"health-history", "intake", "consent", "goals-and-comfort"})
      ASSERT_TRUE(write(put(fmt::format(
          R"({{"resourceType":"QuestionnaireResponse","id":"{}-{}","questionnaire":"https://tripsis.org/fhir/Questionnaire/{}",)"
          R"("status":"completed","subject":{{"reference":"Patient/{}"}},"authored":"2026-11-01T10:00:00-05:00"}})",
          form, patient, form, patient))));
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"Consent","id":"consent-{}","status":"active","scope":{{"text":"treatment"}},)"
        R"("category":[{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/consent","code":"treatment"}}]}}],)"
        R"("patient":{{"reference":"Patient/{}"}},"dateTime":"2026-11-01T10:00:00-05:00"}})",
        patient, patient))));
  }

  void book(std::string const& id, std::string const& start, std::string const& end,
            std::string const& status = "booked", std::string const& patient = "p") {
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"Appointment","id":"{}","status":"{}","start":"{}","end":"{}","basedOn":[{{"reference":"ServiceRequest/order"}}],)"
        R"("participant":[{{"actor":{{"reference":"Patient/{}"}},"status":"accepted"}},)"
        R"({{"actor":{{"reference":"Practitioner/anna"}},"status":"accepted"}}]}})",
        id, status, start, end, patient))));
  }
  void encounter(std::string const& id, std::string const& start, std::string const& more = "",
                 std::string const& status = "finished") {
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"Encounter","id":"{}","status":"{}","class":{{"code":"AMB"}},"subject":{{"reference":"Patient/p"}},)"
        R"("period":{{"start":"{}"}}{}}})",
        id, status, start, more))));
  }
  void note(std::string const& id, std::string const& of, std::string const& date,
            std::string const& status = "final") {
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"Composition","id":"{}","status":"{}","type":{{"text":"Note"}},"subject":{{"reference":"Patient/p"}},)"
        R"("encounter":{{"reference":"Encounter/{}"}},"date":"{}","title":"Note","author":[{{"reference":"Practitioner/anna"}}]}})",
        id, status, of, date))));
  }
  void order(std::string const& end, int visits, std::string const& status = "active") {
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"ServiceRequest","id":"order","status":"{}","intent":"order","subject":{{"reference":"Patient/p"}},)"
        R"("occurrencePeriod":{{"start":"2026-06-01","end":"{}"}},"quantityQuantity":{{"value":{}}}}})",
        status, end, visits))));
  }

  std::vector<json::Value> tasks(std::string const& practitioner = "") {
    Result<View> made;
    store->read(
        {}, [&](store::ReadTx& tx) { made = worklist_view(tx, {knowledge, zone}, practitioner, noon); });
    EXPECT_TRUE(made) << (made ? "" : made.error().what);
    std::vector<json::Value> found;
    for (auto const& entry : made ? *made : View{}) {
      EXPECT_EQ(entry.mode == ViewEntry::Mode::Match, entry.key.type == "Task");
      auto resource = store::parsed(entry.json);
      EXPECT_TRUE(validation::validate(resource).empty()) << entry.json;
      if (entry.key.type == "Task")
        found.push_back(std::move(resource));
    }
    return found;
  }
  /// "code priority focus", one a task.
  std::vector<std::string> lines(std::string const& practitioner = "") {
    std::vector<std::string> found;
    for (auto const& task : tasks(practitioner))
      found.push_back(fmt::format("{} {} {}", code_in(task.find("code"), canonical::task),
                                  task.text("priority"), task.at({"focus", "reference"})->string()));
    return found;
  }
  using Lines = std::vector<std::string>;

  Knowledge knowledge = load_knowledge();
  TimeZone zone = *TimeZone::find("America/New_York");
};

TEST_F(Worklist, is_empty_where_all_is_done) {
  book("seen", "2026-11-20T09:00:00-05:00", "2026-11-20T10:00:00-05:00", "fulfilled");
  encounter("e", "2026-11-20T09:00:00-05:00", R"(,"appointment":[{"reference":"Appointment/seen"}])");
  note("n", "e", "2026-11-20T10:05:00-05:00");
  book("missed", "2026-11-20T09:00:00-05:00", "2026-11-20T10:00:00-05:00", "noshow");
  book("off", "2026-11-20T09:00:00-05:00", "2026-11-20T10:00:00-05:00", "cancelled");
  book("now", "2026-11-23T11:30:00-05:00", "2026-11-23T12:30:00-05:00", "arrived");
  book("next", "2026-11-24T09:00:00-05:00", "2026-11-24T10:00:00-05:00");
  EXPECT_EQ(lines(), Lines{});
}

TEST_F(Worklist, names_visits_without_a_signed_note) {
  book("today", "2026-11-23T09:00:00-05:00", "2026-11-23T10:00:00-05:00", "arrived");
  book("friday", "2026-11-20T09:00:00-05:00", "2026-11-20T10:00:00-05:00", "fulfilled");
  encounter("e", "2026-11-20T09:00:00-05:00", R"(,"appointment":[{"reference":"Appointment/friday"}])");
  note("draft", "e", "2026-11-20T10:05:00-05:00", "preliminary");
  book("sunday", "2026-11-22T09:00:00-05:00", "2026-11-22T10:00:00-05:00");
  book("spring", "2026-04-20T09:00:00-04:00", "2026-04-20T10:00:00-04:00", "checked-in");
  book("noted", "2026-04-21T09:00:00-04:00", "2026-04-21T10:00:00-04:00", "checked-in");
  encounter("e2", "2026-04-21T09:00:00-04:00", R"(,"appointment":[{"reference":"Appointment/noted"}])");
  note("n2", "e2", "2026-04-21T10:05:00-04:00");
  EXPECT_EQ(lines(),
            (Lines{"unsigned-note urgent Appointment/spring", "unsigned-note urgent Appointment/friday",
                   "unsigned-note asap Appointment/sunday", "unsigned-note routine Appointment/today"}));
  auto const first = tasks().front();
  EXPECT_EQ(first.text("description"), "Write and sign the note of the visit on 20 Apr 2026.");
  EXPECT_EQ(first.at({"owner", "reference"})->string(), "Practitioner/anna");
  EXPECT_EQ(first.at({"for", "reference"})->string(), "Patient/p");
  EXPECT_EQ(first.at({"meta", "tag", "code"})->string(), "computed");
  EXPECT_EQ(first.at({"restriction", "period", "end"})->string(), "2026-04-21");
  EXPECT_EQ(read("Task", std::string{first.text("id")}).error().fault, Fault::NotFound);
}

TEST_F(Worklist, names_a_walk_in_without_a_note) {
  encounter("walk-in", "2026-11-22T09:00:00-05:00");
  encounter("planned", "2026-11-22T09:00:00-05:00", "", "planned");
  encounter("mistake", "2026-11-22T09:00:00-05:00", "", "entered-in-error");
  EXPECT_EQ(lines(), Lines{"unsigned-note asap Encounter/walk-in"});
}

TEST_F(Worklist, is_a_practitioners_own_when_one_is_asked_for) {
  book("today", "2026-11-23T09:00:00-05:00", "2026-11-23T10:00:00-05:00", "arrived");
  ASSERT_TRUE(write(put(R"({"resourceType":"Task","id":"all","status":"requested","intent":"order"})")));
  EXPECT_EQ(tasks("Practitioner/anna").size(), 2);
  EXPECT_EQ(tasks("Practitioner/ben").size(), 1); // a task without an owner is everybody's
}

TEST_F(Worklist, tells_of_a_referral_that_ends_within_two_weeks) {
  order("2026-12-07", 20);
  EXPECT_EQ(lines(), Lines{"referral-expiring asap ServiceRequest/order"});
  order("2026-12-08", 20);
  EXPECT_EQ(lines(), Lines{});
  order("2026-11-22", 20);
  EXPECT_EQ(lines(), Lines{}); // over, and nobody counts on it
  book("next", "2026-11-30T09:00:00-05:00", "2026-11-30T10:00:00-05:00");
  EXPECT_EQ(lines(), Lines{"referral-expiring urgent ServiceRequest/order"});
  EXPECT_EQ(
      tasks().front().text("description"),
      "The referral ended on 22 Nov 2026, and 1 visit is booked after it: ask the referrer whether to "
      "go on.");
  order("2026-11-22", 20, "completed");
  EXPECT_EQ(lines(), Lines{});
}

TEST_F(Worklist, tells_of_two_visits_left_or_fewer) {
  constexpr auto of_order = R"(,"basedOn":[{"reference":"ServiceRequest/order"}])";
  order("2027-06-01", 4);
  book("next", "2026-11-30T09:00:00-05:00", "2026-11-30T10:00:00-05:00");
  encounter("one", "2026-06-20T09:00:00-04:00", of_order);
  EXPECT_EQ(lines(), Lines{});
  encounter("two", "2026-06-27T09:00:00-04:00", of_order);
  encounter("off", "2026-06-28T09:00:00-04:00", of_order, "cancelled");
  EXPECT_EQ(lines(), Lines{"visits-left routine ServiceRequest/order"});
  EXPECT_EQ(tasks().front().text("description"),
            "The referral has 2 visits left of 4, and 1 is booked: ask for more, or end the plan.");
  encounter("three", "2026-07-04T09:00:00-04:00", of_order);
  encounter("four", "2026-07-11T09:00:00-04:00", of_order);
  EXPECT_EQ(lines(), Lines{"visits-left asap ServiceRequest/order"});
}

TEST_F(Worklist, tells_of_a_licence_that_ends_within_sixty_days) {
  auto const licence = [&](std::string const& periods) {
    ASSERT_TRUE(write(
        put(fmt::format(R"({{"resourceType":"Practitioner","id":"ben","qualification":[{}]}})", periods))));
  };
  constexpr auto qualification = R"({{"code":{{"text":"Licence"}},"period":{{"end":"{}"}}}})";
  licence(fmt::format(qualification, "2027-01-23"));
  EXPECT_EQ(lines(), Lines{});
  licence(fmt::format(qualification, "2027-01-22"));
  EXPECT_EQ(lines(), Lines{"licence-expiring routine Practitioner/ben"});
  EXPECT_EQ(lines("Practitioner/anna"), Lines{});
  licence(fmt::format(qualification, "2026-12-07"));
  EXPECT_EQ(lines(), Lines{"licence-expiring asap Practitioner/ben"});
  licence(fmt::format(qualification, "2026-11-22"));
  EXPECT_EQ(lines(), Lines{"licence-expiring urgent Practitioner/ben"});
  licence(fmt::format(qualification, "2026-11-22") + "," + fmt::format(qualification, "2028-11-22"));
  EXPECT_EQ(lines(), Lines{}); // renewed
}

TEST_F(Worklist, tells_of_an_appointment_that_the_screening_stops) {
  book("next", "2026-12-07T09:00:00-05:00", "2026-12-07T10:00:00-05:00");
  book("later", "2026-12-08T09:00:00-05:00", "2026-12-08T10:00:00-05:00");
  EXPECT_EQ(lines(), Lines{});
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Condition","id":"clot","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I82.402"}]}})")));
  EXPECT_EQ(lines(), Lines{"clearance urgent Appointment/next"});
  book("next", "2026-12-08T11:00:00-05:00", "2026-12-08T12:00:00-05:00");
  EXPECT_EQ(lines(), Lines{}); // more than two weeks ahead
}

TEST_F(Worklist, tells_of_a_clearance_that_is_needed_unless_it_is_there_or_asked_for_and_when_it_ends) {
  book("next", "2026-12-03T09:00:00-05:00", "2026-12-03T10:00:00-05:00", "pending");
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Condition","id":"clot","subject":{"reference":"Patient/p"},"onsetDateTime":"2020-03","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"Z86.718"}]}})")));
  EXPECT_EQ(lines(), Lines{"clearance asap Appointment/next"});
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Task","id":"asked","status":"requested","intent":"order","priority":"asap","for":{"reference":"Patient/p"},"focus":{"reference":"Patient/p"},"code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/task","code":"clearance"}]},"input":[{"type":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/rule","code":"dvt_history"}]},"valueString":"x"}]})")));
  EXPECT_EQ(lines(), Lines{"clearance asap Patient/p"});
  ASSERT_TRUE(write(put(R"({"resourceType":"Task","id":"asked","status":"completed","intent":"order"})")));
  auto const clear = [&](std::string_view expiry) {
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"DetectedIssue","id":"i","status":"final","patient":{{"reference":"Patient/p"}},)"
        R"("code":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/rule","code":"dvt_history"}}]}},)"
        R"("mitigation":[{{"action":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/mitigation","code":"cleared"}}]}},"date":"2026-11-20",)"
        R"("extension":[{{"url":"https://tripsis.org/fhir/StructureDefinition/clearance","extension":[{{"url":"clinician","valueString":"Dr W"}},)"
        R"({{"url":"licence","valueString":"1"}},{{"url":"scope","valueString":"all"}},{{"url":"expiry","valueDate":"{}"}}]}}]}}]}})",
        expiry))));
  };
  clear("2026-12-08");
  EXPECT_EQ(lines(), Lines{}); // 15 days
  clear("2026-12-07");
  EXPECT_EQ(lines(), Lines{"clearance routine Appointment/next"});
  EXPECT_EQ(tasks().front().text("description"),
            "The clearance ends on 7 Dec 2026: ask for a new one for the visits after it.");
  clear("2026-12-02"); // before the visit
  EXPECT_EQ(lines(), Lines{"clearance asap Appointment/next"});
}

TEST_F(Worklist, tells_of_a_review_when_its_visit_was_given_and_until_it_was_held) {
  ASSERT_TRUE(write(put(
      R"({"resourceType":"CarePlan","id":"plan","status":"active","intent":"plan","subject":{"reference":"Patient/p"},"period":{"start":"2026-10-01"},)"
      R"("activity":[{"detail":{"status":"in-progress","description":"60 min"}},)"
      R"({"detail":{"status":"scheduled","code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/task","code":"review"}]},"scheduledString":"visit 2"}},)"
      R"({"detail":{"status":"scheduled","code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/task","code":"review"}]},"scheduledString":"visit 4"}}]})")));
  book("next", "2026-11-30T09:00:00-05:00", "2026-11-30T10:00:00-05:00");
  auto const visit = [&](std::string const& id, std::string const& day) {
    encounter(id, day + "T09:00:00-04:00");
    note("n" + id, id, day + "T10:00:00-04:00");
  };
  visit("before", "2026-09-30");
  visit("v1", "2026-10-01");
  EXPECT_EQ(lines(), Lines{});
  visit("v2", "2026-10-08");
  EXPECT_EQ(lines(), Lines{"review-due routine CarePlan/plan"});
  visit("v3", "2026-10-15");
  EXPECT_EQ(lines(), Lines{"review-due asap CarePlan/plan"});
  EXPECT_EQ(tasks().front().text("description"),
            "3 visits given: review the plan (it asks for this at visit 2), and record the decision.");
  ASSERT_TRUE(write(put(
      R"({"resourceType":"ClinicalImpression","id":"review","status":"completed","subject":{"reference":"Patient/p"},"date":"2026-10-15","description":"continue","supportingInfo":[{"reference":"CarePlan/plan"}]})")));
  EXPECT_EQ(lines(), Lines{});
  visit("v4", "2026-10-22");
  EXPECT_EQ(lines(), Lines{"review-due routine CarePlan/plan"});
}

TEST_F(Worklist, tells_of_forms_that_are_missing_within_three_days) {
  ASSERT_TRUE(write(put(R"({"resourceType":"Patient","id":"q"})")));
  book("late", "2026-11-27T09:00:00-05:00", "2026-11-27T10:00:00-05:00", "booked", "q");
  EXPECT_EQ(lines(), Lines{});
  book("soon", "2026-11-26T09:00:00-05:00", "2026-11-26T10:00:00-05:00", "booked", "q");
  EXPECT_EQ(lines(), Lines{"form-missing routine Appointment/soon"});
  EXPECT_EQ(
      tasks().front().text("description"),
      "Before the visit on 26 Nov 2026, to be filled in: health history, safety questions, consent to "
      "treatment, goals and comfort.");
  book("today", "2026-11-23T15:00:00-05:00", "2026-11-23T16:00:00-05:00", "booked", "q");
  EXPECT_EQ(lines(), Lines{"form-missing asap Appointment/today"});
  send_forms("q");
  EXPECT_EQ(lines(), Lines{});
}

TEST_F(Worklist, portal_asks_for_the_forms_that_are_due) {
  ASSERT_TRUE(write(put(R"({"resourceType":"Patient","id":"q"})")));
  auto const asked = [&] {
    std::vector<std::string> forms;
    Result<View> made;
    store->read({.patients = std::vector<std::string>{"q"}},
                [&](store::ReadTx& tx) { made = portal_view(tx, {knowledge, zone}, "q", noon); });
    EXPECT_TRUE(made);
    for (auto const& entry : *made)
      if (entry.key.type == "Task") {
        auto const task = store::parsed(entry.json);
        EXPECT_TRUE(validation::validate(task).empty()) << entry.json;
        forms.emplace_back(task.at({"input", "valueCanonical"})->string());
      }
    return forms;
  };
  EXPECT_EQ(asked(),
            (std::vector<std::string>{"https://tripsis.org/fhir/Questionnaire/health-history",
                                      "https://tripsis.org/fhir/Questionnaire/intake",
                                      "https://tripsis.org/fhir/Questionnaire/consent",
                                      "https://tripsis.org/fhir/Questionnaire/goals-and-comfort"}));
  send_forms("q");
  EXPECT_EQ(asked(), std::vector<std::string>{});
}

TEST_F(Worklist, puts_a_crisis_first) {
  book("spring", "2026-04-20T09:00:00-04:00", "2026-04-20T10:00:00-04:00", "checked-in");
  for (
      auto const* text :
      {R"({"resourceType":"Task","id":"call","status":"requested","intent":"order","priority":"stat","for":{"reference":"Patient/p"},"focus":{"reference":"Patient/p"},"code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/task","code":"form"}]}})",
       R"({"resourceType":"Task","id":"crisis","status":"requested","intent":"order","priority":"stat","for":{"reference":"Patient/p"},"focus":{"reference":"Patient/p"},"code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/task","code":"crisis"}]}})",
       R"({"resourceType":"Task","id":"done","status":"completed","intent":"order","priority":"stat"})"})
    ASSERT_TRUE(write(put(text)));
  EXPECT_EQ(lines(), (Lines{"crisis stat Patient/p", "form stat Patient/p",
                            "unsigned-note urgent Appointment/spring"}));
}

TEST_F(Worklist, portal_shows_a_patient_their_own_record_and_nothing_of_the_staffs) {
  book("soon", "2026-11-30T09:00:00-05:00", "2026-11-30T10:00:00-05:00");
  book("past", "2026-08-25T09:00:00-04:00", "2026-08-25T10:00:00-04:00", "fulfilled");
  book("long-past", "2026-08-24T09:00:00-04:00", "2026-08-24T10:00:00-04:00", "fulfilled");
  encounter("e", "2026-11-20T09:00:00-05:00");
  note("signed", "e", "2026-11-20T10:00:00-05:00");
  note("amended", "e", "2026-11-20T11:00:00-05:00", "amended");
  note("draft", "e", "2026-11-20T10:00:00-05:00", "preliminary");
  note("wrong", "e", "2026-11-20T10:00:00-05:00", "entered-in-error");
  for (
      auto const* text :
      {R"({"resourceType":"Patient","id":"q"})",
       R"({"resourceType":"Observation","id":"pain","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},"subject":{"reference":"Patient/p"},"valueInteger":4})",
       R"({"resourceType":"Observation","id":"mistake","status":"entered-in-error","code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},"subject":{"reference":"Patient/p"},"valueInteger":9})",
       R"({"resourceType":"Observation","id":"exam","status":"final","code":{"text":"Tenderness"},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"exam"}]}],"subject":{"reference":"Patient/p"}})",
       R"({"resourceType":"Observation","id":"score","status":"final","code":{"text":"PEG"},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"survey"}]}],"subject":{"reference":"Patient/p"}})",
       R"({"resourceType":"Goal","id":"goal","lifecycleStatus":"active","description":{"text":"Run"},"subject":{"reference":"Patient/p"}})",
       R"({"resourceType":"Goal","id":"others","lifecycleStatus":"active","description":{"text":"Run"},"subject":{"reference":"Patient/q"}})",
       R"({"resourceType":"CarePlan","id":"plan","status":"active","intent":"plan","subject":{"reference":"Patient/p"}})",
       R"({"resourceType":"CarePlan","id":"proposal","status":"draft","intent":"plan","subject":{"reference":"Patient/p"}})",
       R"({"resourceType":"Invoice","id":"bill","status":"issued","subject":{"reference":"Patient/p"}})",
       R"({"resourceType":"Invoice","id":"paid","status":"balanced","subject":{"reference":"Patient/p"}})",
       R"({"resourceType":"Task","id":"staff","status":"requested","intent":"order","for":{"reference":"Patient/p"}})",
       R"({"resourceType":"Flag","id":"flag","status":"active","code":{"text":"Call first"},"subject":{"reference":"Patient/p"}})"})
    ASSERT_TRUE(write(put(text))) << text;
  Result<View> made;
  store->read({.patients = std::vector<std::string>{"p"}},
              [&](store::ReadTx& tx) { made = portal_view(tx, {knowledge, zone}, "p", noon); });
  ASSERT_TRUE(made);
  std::set<std::string> found;
  for (auto const& entry : *made)
    EXPECT_TRUE(found.insert(entry.key.reference()).second);
  EXPECT_EQ(found,
            (std::set<std::string>{"Patient/p", "Appointment/soon", "Appointment/past",
                                   "Composition/signed", "Composition/amended", "Observation/pain",
                                   "Observation/score", "Goal/goal", "CarePlan/plan", "Invoice/bill"}));
}

TEST_F(Worklist, dates_as_people_write_them) {
  using namespace std::chrono_literals;
  EXPECT_EQ(worklist::written(std::chrono::sys_days{2026y / 12 / 1}), "1 Dec 2026");
  EXPECT_EQ(worklist::written(std::chrono::sys_days{2028y / 2 / 29}), "29 Feb 2028");
}

} // namespace
} // namespace tripsis::clinic
