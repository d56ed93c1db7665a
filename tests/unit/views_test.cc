// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The read operations that are made for a screen, on a small practice in the real store.
#include "clinic/views/view.hh"
#include "store_fixture.hh"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using store::put;

constexpr auto monday = std::chrono::year{2026} / 11 / 23;

class Views : public store::StoreTest {
protected:
  void SetUp() override {
    StoreTest::SetUp();
    for (
        auto const* text :
        {R"({"resourceType":"Patient","id":"p","name":[{"family":"Reed"}]})",
         R"({"resourceType":"Patient","id":"q"})", R"({"resourceType":"Practitioner","id":"anna"})",
         R"({"resourceType":"Practitioner","id":"ben"})",
         R"({"resourceType":"Practitioner","id":"outside"})",
         R"({"resourceType":"PractitionerRole","id":"r1","practitioner":{"reference":"Practitioner/anna"}})",
         R"({"resourceType":"PractitionerRole","id":"r2","practitioner":{"reference":"Practitioner/ben"}})",
         R"({"resourceType":"Location","id":"room1","physicalType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/location-physical-type","code":"ro"}]}})",
         R"({"resourceType":"Location","id":"building"})",
         R"({"resourceType":"ServiceRequest","id":"order","status":"active","intent":"order","subject":{"reference":"Patient/p"},"authoredOn":"2026-11-01"})"})
      ASSERT_TRUE(write(put(text)));
  }

  void book(std::string const& id, std::string const& start, std::string const& patient = "p") {
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"Appointment","id":"{}","status":"booked","start":"{}","end":"{}","basedOn":[{{"reference":"ServiceRequest/order"}}],)"
        R"("participant":[{{"actor":{{"reference":"Patient/{}"}},"status":"accepted"}},{{"actor":{{"reference":"Practitioner/anna"}},"status":"accepted"}},)"
        R"({{"actor":{{"reference":"Location/room1"}},"status":"accepted"}}]}})",
        id, start, start, patient))));
  }

  /// A signed note with one technique and one rating.
  void visit(std::string const& id, std::string const& date, std::string const& type = "session",
             std::string const& status = "final") {
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"Encounter","id":"e-{}","status":"finished","class":{{"code":"AMB"}},"subject":{{"reference":"Patient/p"}},)"
        R"("period":{{"start":"{}"}}}})",
        id, date))));
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"Procedure","id":"w-{}","status":"completed","subject":{{"reference":"Patient/p"}},"encounter":{{"reference":"Encounter/e-{}"}}}})",
        id, id))));
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"Observation","id":"o-{}","status":"final","code":{{"coding":[{{"system":"http://loinc.org","code":"72514-3"}}]}},)"
        R"("subject":{{"reference":"Patient/p"}},"encounter":{{"reference":"Encounter/e-{}"}},"effectiveDateTime":"{}","valueInteger":4}})",
        id, id, date))));
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"Composition","id":"n-{}","status":"{}","type":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/note","code":"{}"}}]}},)"
        R"("subject":{{"reference":"Patient/p"}},"encounter":{{"reference":"Encounter/e-{}"}},"date":"{}","title":"Note","author":[{{"reference":"Practitioner/anna"}}],)"
        R"("section":[{{"entry":[{{"reference":"Procedure/w-{}"}}]}},{{"entry":[{{"reference":"Observation/o-{}"}}]}}]}})",
        id, status, type, id, date, id, id))));
  }

  template <class Work>
  View view(Work const& work) {
    Result<View> made;
    store->read({}, [&](store::ReadTx& tx) { made = work(tx); });
    EXPECT_TRUE(made) << (made ? "" : made.error().what);
    return made ? *std::move(made) : View{};
  }
  View day(std::chrono::year_month_day date = monday) {
    return view([&](store::ReadTx& tx) { return day_view(tx, {knowledge, zone}, date); });
  }
  View chart() {
    return view([](store::ReadTx& tx) { return chart_view(tx, "p", store::at(store::noon)); });
  }
  View prefill(std::optional<std::string> const& appointment = {}) {
    return view([&](store::ReadTx& tx) { return note_prefill_view(tx, "p", appointment); });
  }
  static std::set<std::string> names(View const& view) {
    std::set<std::string> found;
    for (auto const& entry : view)
      EXPECT_TRUE(found.insert(entry.key.reference()).second) << entry.key.reference() << " is there twice";
    return found;
  }

  Knowledge knowledge = load_knowledge();
  TimeZone zone = *TimeZone::find("America/New_York");
};

TEST_F(Views, day_holds_the_appointments_that_start_on_the_clinics_day) {
  book("first", "2026-11-23T00:00:00-05:00");
  book("last", "2026-11-24T04:59:00Z", "q");
  book("before", "2026-11-22T23:59:00-05:00");
  book("after", "2026-11-24T00:00:00-05:00");
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Encounter","id":"e","status":"in-progress","class":{"code":"AMB"},"subject":{"reference":"Patient/p"},"appointment":[{"reference":"Appointment/first"}]})")));
  auto const bundle = day();
  EXPECT_EQ(names(bundle),
            (std::set<std::string>{"Appointment/first", "Appointment/last", "Patient/p", "Patient/q",
                                   "Practitioner/anna", "Practitioner/ben", "PractitionerRole/r1",
                                   "PractitionerRole/r2", "Location/room1", "ServiceRequest/order",
                                   "Encounter/e"}));
  for (auto const& entry : bundle)
    EXPECT_EQ(entry.mode == ViewEntry::Mode::Match, entry.key.type == "Appointment");
}

TEST_F(Views, an_empty_day_still_shows_therapists_and_rooms) {
  EXPECT_EQ(names(day()),
            (std::set<std::string>{"Practitioner/anna", "Practitioner/ben", "PractitionerRole/r1",
                                   "PractitionerRole/r2", "Location/room1"}));
}

TEST_F(Views, day_tags_an_appointment_with_what_the_screening_says_and_stores_nothing) {
  book("a", "2026-11-23T09:00:00-05:00");
  book("b", "2026-11-23T10:00:00-05:00", "q");
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Condition","id":"clot","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I82.402"}]}})")));
  auto const bundle = day();
  auto const text = [&](std::string_view id) {
    return std::ranges::find(bundle, id, [](ViewEntry const& entry) { return entry.key.id; })->json;
  };
  EXPECT_TRUE(
      text("a").contains(R"({"system":"https://tripsis.org/fhir/CodeSystem/screening","code":"stop"})"))
      << text("a");
  EXPECT_FALSE(text("b").contains("CodeSystem/screening"));
  for (auto const* id : {"a", "b"})
    EXPECT_TRUE(text(id).contains(
        R"({"system":"https://tripsis.org/fhir/CodeSystem/attention","code":"form-missing"})"));
  EXPECT_FALSE(read("Appointment", "a")->json.contains("CodeSystem/screening"));
}

TEST_F(Views, day_says_which_visit_of_its_referral_an_appointment_is) {
  book("a", "2026-11-23T09:00:00-05:00");
  auto const number = [&] {
    auto const bundle = day();
    auto const entry = std::ranges::find(bundle, "a", [](ViewEntry const& e) { return e.key.id; });
    auto const extension = json::parse(entry->json)->items("extension").at(0);
    EXPECT_EQ(extension.text("url"), "https://tripsis.org/fhir/StructureDefinition/visit-number");
    return extension.find("valueInteger")->lexeme();
  };
  EXPECT_EQ(number(), "1");
  for (
      auto const* encounter :
      {R"("id":"e1","status":"finished","period":{"start":"2026-11-09T09:00:00-05:00","end":"2026-11-09T10:00:00-05:00"})",
       R"("id":"e2","status":"finished","period":{"start":"2026-11-16T09:00:00-05:00","end":"2026-11-16T10:00:00-05:00"})",
       R"("id":"e3","status":"cancelled","period":{"start":"2026-11-17T09:00:00-05:00"})",
       R"("id":"e4","status":"finished","period":{"start":"2026-11-30T09:00:00-05:00","end":"2026-11-30T10:00:00-05:00"})"})
    ASSERT_TRUE(write(put(fmt::format(
        R"({{"resourceType":"Encounter",{},"class":{{"code":"AMB"}},"subject":{{"reference":"Patient/p"}},"basedOn":[{{"reference":"ServiceRequest/order"}}]}})",
        encounter))));
  EXPECT_EQ(number(), "3");
  EXPECT_FALSE(read("Appointment", "a")->json.contains("visit-number"));
}

TEST_F(Views, chart_holds_what_is_active_and_the_visits) {
  visit("one", "2026-11-01T10:00:00-05:00");
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Condition","id":"now","subject":{"reference":"Patient/p"},"clinicalStatus":{"coding":[{"code":"active"}]}})")));
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Condition","id":"over","subject":{"reference":"Patient/p"},"clinicalStatus":{"coding":[{"code":"resolved"}]}})")));
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Condition","id":"not-so","subject":{"reference":"Patient/p"},"verificationStatus":{"coding":[{"code":"refuted"}]}})")));
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Goal","id":"goal","lifecycleStatus":"active","description":{"text":"Turn my head"},"subject":{"reference":"Patient/p"}})")));
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Observation","id":"phone","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},"subject":{"reference":"Patient/p"},"effectiveDateTime":"2026-11-05","valueInteger":3})")));
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Observation","id":"height","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8302-2"}]},"subject":{"reference":"Patient/p"}})")));
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Goal","id":"other","lifecycleStatus":"active","description":{"text":"x"},"subject":{"reference":"Patient/q"}})")));
  EXPECT_EQ(names(chart()),
            (std::set<std::string>{"Patient/p", "Condition/now", "ServiceRequest/order", "Goal/goal",
                                   "Encounter/e-one", "Composition/n-one", "Procedure/w-one",
                                   "Observation/o-one", "Observation/phone"}));
  Result<View> none;
  store->read({}, [&](store::ReadTx& tx) { none = chart_view(tx, "nobody", store::at(store::noon)); });
  EXPECT_EQ(none.error().fault, Fault::NotFound);
}

TEST_F(Views, chart_holds_the_last_fifty_encounters_and_every_rating) {
  for (int i = 0; i < 52; ++i)
    visit(fmt::format("v{}", i), fmt::format("2026-{:02}-{:02}T10:00:00-05:00", 1 + i / 28, 1 + i % 28));
  auto const found = names(chart());
  EXPECT_EQ(std::ranges::count_if(found, [](auto const& name) { return name.starts_with("Encounter/"); }),
            50);
  EXPECT_FALSE(found.contains("Encounter/e-v0"));
  EXPECT_FALSE(found.contains("Procedure/w-v1"));
  EXPECT_TRUE(found.contains("Encounter/e-v2"));
  EXPECT_TRUE(found.contains("Observation/o-v0")); // A rating
}

TEST_F(Views, prefill_gives_the_last_signed_session) {
  EXPECT_TRUE(prefill().empty());
  visit("one", "2026-11-01T10:00:00-05:00");
  visit("two", "2026-11-08T10:00:00-05:00");
  visit("missed", "2026-11-15T10:00:00-05:00", "not-given");
  visit("draft", "2026-11-16T10:00:00-05:00", "session", "preliminary");
  EXPECT_EQ(names(prefill()),
            (std::set<std::string>{"Composition/n-two", "Procedure/w-two", "Observation/o-two"}));
  book("earlier", "2026-11-08T09:00:00-05:00");
  EXPECT_EQ(names(prefill("earlier")),
            (std::set<std::string>{"Composition/n-one", "Procedure/w-one", "Observation/o-one"}));
}

TEST_F(Views, screening_as_parameters) {
  ASSERT_TRUE(write(put(
      R"({"resourceType":"Condition","id":"clot","subject":{"reference":"Patient/p"},"code":{"text":"Clot","coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I82.402"}]}})")));
  Result<screening::Screening> screened;
  auto const screen = [&](std::string const& patient) {
    store->read({},
                [&](store::ReadTx& tx) { screened = screen_on(tx, {knowledge, zone}, patient, monday); });
  };
  screen("p");
  ASSERT_TRUE(screened);
  auto const answer = to_parameters(*screened, knowledge, monday);
  auto const& parameters = answer.items("parameter");
  EXPECT_EQ(parameters[0].text("valueDate"), "2026-11-23");
  EXPECT_EQ(parameters[1].text("valueCode"), "stop");
  EXPECT_EQ(parameters[2].text("name"), "issue");
  auto const text = json::write(parameters[2]);
  for (
      auto const* part :
      {R"({"name":"rule","valueCode":"dvt_acute"})",
       R"({"name":"because","part":[{"name":"ref","valueReference":{"reference":"Condition/clot"}},{"name":"text","valueString":"Clot"}]})",
       R"({"name":"overridable","valueCode":"no"})", R"({"name":"reviewBy","valueDate":"2027-11-21"})"})
    EXPECT_TRUE(text.contains(part)) << part << "\n" << text;
  screen("nobody");
  EXPECT_EQ(screened.error().fault, Fault::NotFound);
}

} // namespace
} // namespace tripsis::clinic
