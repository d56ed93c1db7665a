// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What reports say of a record, and the documents that are made of them.
#include "clinic/report/document.hh"
#include "report_fixture.hh"
#include "validation/validation.hh"

#include <algorithm>
#include <set>

namespace tripsis::clinic::report {
namespace {

using namespace std::chrono_literals;
using testing::Test;

TEST(Wording, dates_are_as_precise_as_they_are_written) {
  auto const zone = TimeZone::utc();
  EXPECT_EQ(words_of("2026-03-04", zone), "4 Mar 2026");
  EXPECT_EQ(words_of("2026-03", zone), "Mar 2026");
  EXPECT_EQ(words_of("2026", zone), "2026");
  EXPECT_EQ(words_of("2026-03-04T23:30:00-05:00", zone), "5 Mar 2026");
  EXPECT_EQ(words_of("yesterday", zone), "");
}

TEST(Wording, numbers_have_one_decimal_at_most) {
  EXPECT_EQ(number_words(3), "3");
  EXPECT_EQ(number_words(-2), "−2");
  EXPECT_EQ(number_words(3.666), "3.7");
  EXPECT_EQ(number_words(-0.01), "0");
}

TEST(Wording, a_narrative_becomes_lines) {
  EXPECT_EQ(
      plain_text(
          R"(<div xmlns="http://www.w3.org/1999/xhtml"><p>Neck &amp; back</p><p>a &lt; b &#243; &#x141;</p></div>)"),
      "Neck & back\na < b ó Ł");
  EXPECT_EQ(plain_text("<table><tr><td>one</td><td>two</td></tr><tr><td>three</td></tr></table>"),
            "one two\nthree");
  EXPECT_EQ(plain_text("&#xD800; &bogus; x < y"), "x < y");
}

TEST(Wording, names_are_the_official_ones) {
  EXPECT_EQ(
      name_of(store::parsed(
          R"({"name":[{"use":"nickname","family":"B"},{"use":"official","family":"Nguyễn","given":["Thị","Minh"]}]})")),
      "Thị Minh Nguyễn");
  EXPECT_EQ(name_of(store::parsed(R"({"name":"Tidewater"})")), "Tidewater");
  EXPECT_EQ(name_of(store::parsed(R"({"name":[{"text":"Only text"}]})")), "Only text");
}

Measure const* find(ReportModel const& report, std::string_view key) {
  auto const found = std::ranges::find(report.measures, key, &Measure::key);
  return found == report.measures.end() ? nullptr : &*found;
}

TEST_F(ReportTest, tells_who_why_and_what_was_done) {
  auto const made = report();
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->subject.name, "Ana Petrov");
  EXPECT_EQ(subject_words(made->subject),
            "born 24 Nov 1974 (51 years), no. T-1003"); // Tomorrow is the birthday
  EXPECT_EQ(made->author.name, "Maya Lind");
  ASSERT_TRUE(made->order);
  EXPECT_EQ(made->order->requester, "Dr Hanna Weiss");
  EXPECT_EQ(order_words(*made->order), "ordered 1 Oct 2026, 10 visits, valid until 30 Mar 2027");
  EXPECT_EQ(made->complaint, "Neck pain");
  EXPECT_EQ(visits_words(*made), "3 visits in this period; 3 of 10 authorised used.");
  EXPECT_EQ(visit_dates(made->visits), "5, 12 Oct and 16 Nov 2026");
  ASSERT_EQ(made->work.size(), 1U);
  EXPECT_EQ(made->work.front().minutes, 45);
  EXPECT_EQ(made->work.front().techniques, std::vector<std::string>{"Trigger point compression"});
  EXPECT_EQ(made->plan.value_or(Plan{}).dose, "60 min, once a week, 10 weeks");
  EXPECT_EQ(next_words(*made), "1 further visit is booked, the next on 30 Nov 2026.");
  ASSERT_EQ(made->aims.size(), 1U);
  EXPECT_EQ(made->aims.front().target, "Pain 3 or less by 4 Jan 2027");
  EXPECT_EQ(made->aims.front().state, "not reached yet (now 4)");
  EXPECT_EQ(harms_words(made->harms), "No adverse event is recorded in this period.");
}

TEST_F(ReportTest, pain_right_after_a_session_is_no_outcome) {
  auto const made = report();
  ASSERT_TRUE(made);
  ASSERT_NE(made->pain(), nullptr);
  EXPECT_EQ(made->pain()->readings.size(), 3U);
  EXPECT_EQ(made->pain()->difference(), -3);
  EXPECT_EQ(made->pain()->verdict(), Verdict::Better);
  EXPECT_EQ(change_words(*made->pain()), "−3 (−43 %)");
  EXPECT_EQ(headline(*made), "Pain before the visit went from 7 of 10 on 5 Oct 2026 to 4 on 16 Nov 2026: 3 "
                             "points less. 2 points or more count as a "
                             "clear change; this is one, for the better.");
}

TEST_F(ReportTest, a_change_is_clear_at_the_larger_of_worth_and_error_and_by_the_measures_direction) {
  score("a", "rmdq-score", "2026-10-05", "12");
  score("b", "rmdq-score", "2026-11-16", "8"); // 4, of 5
  score("c", "psfs-score", "2026-10-05", "3.0");
  score("d", "psfs-score", "2026-11-16", "5.0"); // 2, of 2: higher is better
  score("e", "gad7-score", "2026-11-16", "9");
  score("f", "stress", "2026-10-05", "5");
  score("g", "stress", "2026-11-16", "2"); // Nobody knows how much matters
  auto const made = report();
  ASSERT_TRUE(made);
  ASSERT_NE(find(*made, "rmdq"), nullptr);
  EXPECT_EQ(find(*made, "rmdq")->clear_change, 5);
  EXPECT_EQ(find(*made, "rmdq")->verdict(), Verdict::NotClear);
  ASSERT_NE(find(*made, "psfs"), nullptr);
  EXPECT_EQ(find(*made, "psfs")->verdict(), Verdict::Better);
  ASSERT_NE(find(*made, "gad7"), nullptr);
  EXPECT_EQ(find(*made, "gad7")->verdict(), Verdict::OneReading);
  ASSERT_NE(find(*made, "stress"), nullptr);
  EXPECT_EQ(find(*made, "stress")->verdict(), Verdict::NoThreshold);
  EXPECT_EQ(made->measures.front().key, "nprs");
}

TEST_F(ReportTest, withdrawn_readings_other_days_and_sessions_not_given_do_not_count) {
  put(R"({"resourceType":"Observation","id":"wrong","status":"entered-in-error","code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/measure","code":"nprs-before"}]},
    "subject":{"reference":"Patient/p"},"effectiveDateTime":"2026-11-20","valueInteger":10})");
  put(R"({"resourceType":"Encounter","id":"missed","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p"},"period":{"start":"2026-11-02T10:00:00Z"}})");
  put(R"({"resourceType":"Composition","id":"missed","status":"final","subject":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/missed"},
    "type":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/note","code":"not-given"}]},"date":"2026-11-02T10:05:00Z","author":[{"reference":"Practitioner/maya"}],"title":"Note"})");
  auto const made = report({.since = 2026y / 10 / 12, .until = 2026y / 11 / 20});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->visits.dates, (std::vector<Date>{2026y / 10 / 12, 2026y / 11 / 16}));
  EXPECT_EQ(made->visits.used, 3U);
  EXPECT_EQ(made->pain()->baseline().written, "6");
  EXPECT_EQ(made->pain()->now().written, "4");
}

TEST_F(ReportTest, adverse_events_and_stopped_sessions_are_told) {
  put(R"({"resourceType":"AdverseEvent","id":"bruise","actuality":"actual","event":{"text":"Bruise on the arm"},"subject":{"reference":"Patient/p"},"date":"2026-11-17"})");
  put(R"({"resourceType":"Composition","id":"stopped","status":"final","subject":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/two"},
    "type":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/note","code":"stopped"}]},"date":"2026-10-12T10:05:00Z","author":[{"reference":"Practitioner/maya"}],"title":"Note"})");
  auto const made = report();
  ASSERT_TRUE(made);
  EXPECT_EQ(harms_words(made->harms), "12 Oct 2026: A session was stopped. 17 Nov 2026: Bruise on the arm");
}

TEST_F(ReportTest, the_dose_is_the_plans_own_and_a_review_says_what_is_next) {
  put(R"({"resourceType":"CarePlan","id":"plan","status":"active","intent":"plan","subject":{"reference":"Patient/p"},"title":"Neck",
    "extension":[{"url":"https://tripsis.org/fhir/StructureDefinition/dose","extension":[{"url":"minutes","valueInteger":45},{"url":"per-week","valueDecimal":0.5},{"url":"weeks","valueInteger":8}]}],
    "activity":[{"detail":{"status":"in-progress","description":"First phase"}}]})");
  put(R"({"resourceType":"ClinicalImpression","id":"review","status":"completed","subject":{"reference":"Patient/p"},"date":"2026-11-16T11:00:00Z","description":"taper","summary":"Every second week from now on."})");
  auto const made = report();
  ASSERT_TRUE(made);
  ASSERT_TRUE(made->plan);
  EXPECT_EQ(made->plan->dose, "45 min, 0.5 a week, 8 weeks");
  EXPECT_EQ(next_words(*made),
            "Review of 16 Nov 2026: taper. Every second week from now on. 1 further visit is "
            "booked, the next on 30 Nov 2026.");
}

TEST_F(ReportTest, an_empty_record_makes_a_report_too) {
  put(R"({"resourceType":"Patient","id":"new"})");
  auto const made = report({.patient = "new", .author = "nobody"});
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->author.name, "Tidewater Manual Therapy");
  EXPECT_EQ(headline(*made), "Pain was not rated in this period.");
  EXPECT_EQ(visits_words(*made), "0 visits in this period.");
  EXPECT_EQ(report({.patient = "nowhere"}).error().fault, Fault::NotFound);
}

/// A document begins with its Composition and holds whatever that refers to.
void expect_document(json::Value const& bundle) {
  for (auto const& issue : validation::validate(bundle))
    ADD_FAILURE() << issue.where << ": " << issue.what;
  EXPECT_EQ(bundle.text("type"), "document");
  EXPECT_TRUE(bundle.at({"identifier", "value"})->string().starts_with("urn:uuid:"));
  auto const& entries = bundle.items("entry");
  ASSERT_FALSE(entries.empty());
  auto const& composition = *entries.front().find("resource");
  EXPECT_EQ(composition.text("resourceType"), "Composition");
  std::set<std::string> present;
  for (auto const& entry : entries) {
    auto const to = reference_to(*entry.find("resource"));
    EXPECT_TRUE(present.insert(to).second) << to << " is there twice";
    EXPECT_EQ(entry.text("fullUrl"), "https://clinic.example/fhir/R4/" + to);
  }
  EXPECT_TRUE(present.contains("Patient/p"));
  std::size_t references = 0;
  for (auto const& section : composition.items("section"))
    for (auto const& entry : section.items("entry")) {
      EXPECT_TRUE(present.contains(std::string{entry.text("reference")})) << entry.text("reference");
      ++references;
    }
  EXPECT_GT(references, 3U);
  EXPECT_TRUE(present.contains(std::string{composition.at({"subject", "reference"})->string()}));
  EXPECT_TRUE(present.contains(std::string{composition.at({"author", "reference"})->string()}));
}

Issue issue() {
  return {"019ab0c0-0000-7000-8000-000000000001", "2026-11-23T15:00:00Z", "https://clinic.example/fhir/R4"};
}

TEST_F(ReportTest, the_report_is_a_document) {
  expect_document(report_document(report().value(), issue()));
}

TEST_F(ReportTest, the_letter_is_a_document_and_asks_what_is_asked) {
  for (auto const ask : {Ask::Nothing, Ask::MoreVisits, Ask::Clearance, Ask::Discharge, Ask::Information})
    expect_document(letter_document(letter(ask).value(), issue()));
  EXPECT_EQ(letter(Ask::MoreVisits, 6)->request,
            "We ask you to authorise 6 more visits. 7 of the 10 authorised are left.");
  EXPECT_EQ(letter(Ask::Nothing)->request, "");
  EXPECT_EQ(letter(Ask::Information)->points.size(), 3U);
  EXPECT_EQ(letter(Ask::Nothing)->salutation, "Dear Dr Hanna Weiss");
  EXPECT_TRUE(letter(Ask::Nothing)->opening.front().starts_with("Thank you for referring Ana Petrov"));
  EXPECT_TRUE(letter(Ask::Clearance)->points.empty());
}

TEST_F(ReportTest, a_letter_for_a_clearance_names_what_the_screening_waits_for) {
  put(R"({"resourceType":"Observation","id":"swelling","status":"final","code":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/finding","code":"dvt_limb_swelling_one_sided"}]},
    "subject":{"reference":"Patient/p"},"effectiveDateTime":"2026-11-23T08:00:00Z","valueBoolean":true})");
  auto const made = letter(Ask::Clearance);
  ASSERT_TRUE(made);
  ASSERT_FALSE(made->points.empty());
  EXPECT_TRUE(made->points.front().starts_with("Suspected deep vein thrombosis")) << made->points.front();
}

TEST_F(ReportTest, records_hold_signed_notes_amendments_and_earlier_disclosures) {
  put(R"({"resourceType":"Composition","id":"later","status":"amended","subject":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/one"},
    "type":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/note","code":"session"}]},"date":"2026-10-06T09:00:00Z","author":[{"reference":"Practitioner/maya"}],"title":"Amendment",
    "relatesTo":[{"code":"appends","targetReference":{"reference":"Composition/note-one"}}]})");
  put(R"({"resourceType":"Composition","id":"draft","status":"preliminary","subject":{"reference":"Patient/p"},
    "type":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/note","code":"session"}]},"date":"2026-11-20","author":[{"reference":"Practitioner/maya"}],"title":"Draft"})");
  put(R"({"resourceType":"Composition","id":"wrong","status":"entered-in-error","subject":{"reference":"Patient/p"},
    "type":{"coding":[{"system":"https://tripsis.org/fhir/CodeSystem/note","code":"session"}]},"date":"2026-11-20","author":[{"reference":"Practitioner/maya"}],"title":"Wrong"})");
  put(R"({"resourceType":"Consent","id":"c","status":"active","scope":{"coding":[{"code":"treatment"}]},"category":[{"coding":[{"code":"treatment"}]}],"patient":{"reference":"Patient/p"},
    "dateTime":"2026-10-04","policyRule":{"text":"own"},"provision":{"type":"permit","provision":[{"type":"deny","code":[{"coding":[{"code":"abdomen"}]}]}]}})");
  put(json::write(disclosure(records_request(), "sent", "2026-11-20T10:00:00Z")));
  auto const made = records();
  ASSERT_TRUE(made) << made.error().what;
  ASSERT_EQ(made->notes.size(), 4U);
  EXPECT_EQ(made->notes.front().heading, "Session note, 5 Oct 2026");
  EXPECT_EQ(made->notes.front().signature, "Signed by Maya Lind");
  EXPECT_EQ(made->notes.front().sections.front().lines,
            std::vector<std::string>{"Turns further & sleeps one hours."});
  EXPECT_EQ(made->notes.front().sections.at(1).lines,
            std::vector<std::string>{
                "Trigger point compression, Levator scapulae, left, 15 min, pressure 4 of 10"});
  EXPECT_EQ(made->notes.at(1).amends, "Amendment: adds to the note of 5 Oct 2026.");
  EXPECT_EQ(made->withdrawn, 1U);
  EXPECT_EQ(made->consents,
            std::vector<std::string>{"4 Oct 2026: treatment, given; abdomen: not given (active)"});
  EXPECT_EQ(made->disclosures,
            std::vector<std::string>{
                "20 Nov 2026: to Dr Hanna Weiss. Signed notes, measures and consents from 2026-10-01 to "
                "2026-11-23. Purpose: second opinion"});
  expect_document(records_document(*made, issue()));
}

TEST_F(ReportTest, the_disclosure_is_a_valid_communication) {
  for (auto const& issue : validation::validate(disclosure(records_request(), "x", "2026-11-23T15:00:00Z")))
    ADD_FAILURE() << issue.where << ": " << issue.what;
}

} // namespace
} // namespace tripsis::clinic::report
