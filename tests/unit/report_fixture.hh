// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A patient with a referral, three visits, measures, a goal and a plan, in the real store: what reports are
// made of in the tests.
#pragma once

#include "clinic/report/letter.hh"
#include "clinic/report/records.hh"
#include "clinic/report/report_model.hh"
#include "store_fixture.hh"

#include <fmt/format.h>

namespace tripsis::clinic::report {

constexpr Date today{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};

/// Read once: it does not change.
inline Knowledge const& knowledge() {
  static auto const loaded = load_knowledge();
  return loaded;
}

class ReportTest : public store::StoreTest {
protected:
  void SetUp() override {
    StoreTest::SetUp();
    put(R"({"resourceType":"Patient","id":"p","identifier":[{"system":"https://tripsis.org/fhir/NamingSystem/patient-number","value":"T-1003"}],
      "name":[{"use":"official","family":"Petrov","given":["Ana"]}],"birthDate":"1974-11-24"})");
    put(R"({"resourceType":"Practitioner","id":"maya","name":[{"family":"Lind","given":["Maya"]}],"qualification":[{"code":{"text":"Licensed massage therapist"}}]})");
    put(R"({"resourceType":"ServiceRequest","id":"order","status":"active","intent":"order","subject":{"reference":"Patient/p"},"authoredOn":"2026-10-01",
      "requester":{"display":"Dr Hanna Weiss"},"reasonCode":[{"text":"Neck pain"}],"quantityQuantity":{"value":10},"occurrencePeriod":{"end":"2027-03-30"}})");
    visit("one", "2026-10-05", 7);
    visit("two", "2026-10-12", 6);
    visit("three", "2026-11-16", 4);
    put(R"({"resourceType":"Goal","id":"g","lifecycleStatus":"active","description":{"text":"Read to my daughter"},"subject":{"reference":"Patient/p"},
      "target":[{"measure":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},"detailQuantity":{"value":3},"dueDate":"2027-01-04"}]})");
    put(R"({"resourceType":"CarePlan","id":"plan","status":"active","intent":"plan","subject":{"reference":"Patient/p"},"title":"Neck",
      "activity":[{"detail":{"status":"in-progress","description":"60 min, once a week, 10 weeks"}}]})");
    put(R"({"resourceType":"Appointment","id":"next","status":"booked","start":"2026-11-30T10:00:00Z","end":"2026-11-30T11:00:00Z",
      "participant":[{"actor":{"reference":"Patient/p"},"status":"accepted"}]})");
  }

  void put(std::string_view text) {
    auto const written = write(store::put(text));
    ASSERT_TRUE(written) << written.error().what << "\n" << text;
  }

  void score(std::string_view id, std::string_view code, std::string_view on, std::string_view value) {
    put(fmt::format(
        R"({{"resourceType":"Observation","id":"{}","status":"final","code":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/measure","code":"{}"}}],"text":"{}"}},
      "subject":{{"reference":"Patient/p"}},"effectiveDateTime":"{}","valueQuantity":{{"value":{}}}}})",
        id, code, code, on, value));
  }

  void visit(std::string_view id, std::string_view on, int pain) {
    put(fmt::format(
        R"({{"resourceType":"Encounter","id":"{0}","status":"finished","class":{{"code":"AMB"}},"subject":{{"reference":"Patient/p"}},
      "basedOn":[{{"reference":"ServiceRequest/order"}}],"period":{{"start":"{1}T10:00:00Z","end":"{1}T11:00:00Z"}}}})",
        id, on));
    put(fmt::format(
        R"({{"resourceType":"Procedure","id":"work-{0}","status":"completed","subject":{{"reference":"Patient/p"}},"encounter":{{"reference":"Encounter/{0}"}},
      "code":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/technique","code":"trigger_point_compression","display":"Trigger point compression"}}]}},
      "performedPeriod":{{"start":"{1}T10:00:00Z"}},"bodySite":[{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/muscle","code":"levator_scapulae"}}],"text":"Levator scapulae, left"}}],
      "extension":[{{"url":"https://tripsis.org/fhir/StructureDefinition/minutes","valueInteger":15}},{{"url":"https://tripsis.org/fhir/StructureDefinition/pressure","valueInteger":4}}]}})",
        id, on));
    for (auto const* when : {"before", "after"})
      put(fmt::format(
          R"({{"resourceType":"Observation","id":"{0}-{2}","status":"final","subject":{{"reference":"Patient/p"}},"encounter":{{"reference":"Encounter/{0}"}},
      "code":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/measure","code":"nprs-{2}"}},{{"system":"http://loinc.org","code":"72514-3"}}],"text":"Pain {2}, 0 to 10"}},
      "effectiveDateTime":"{1}T10:00:00Z","valueInteger":{3}}})",
          id, on, when, std::string_view{when} == "before" ? pain : 1));
    put(fmt::format(
        R"({{"resourceType":"Composition","id":"note-{0}","status":"final","subject":{{"reference":"Patient/p"}},"encounter":{{"reference":"Encounter/{0}"}},
      "type":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/note","code":"session"}}]}},"date":"{1}T11:05:00Z","author":[{{"reference":"Practitioner/maya"}}],"title":"Session note",
      "section":[{{"title":"Assessment","text":{{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Turns further &amp; sleeps {0} hours.</p></div>"}}}},
      {{"title":"Worked on","entry":[{{"reference":"Procedure/work-{0}"}}]}},{{"title":"Measures","entry":[{{"reference":"Observation/{0}-before"}}]}}]}})",
        id, on));
  }

  template <class Made, class Work>
  Result<Made> made(Work const& work) {
    Result<Made> result = fail(Fault::NotFound, "");
    auto const zone = TimeZone::utc();
    store->read({}, [&](store::ReadTx& tx) { result = work(tx, ViewContext{knowledge(), zone}); });
    return result;
  }

  Result<ReportModel> report(ReportRequest request = {}) {
    request.patient = request.patient.empty() ? "p" : request.patient;
    request.today = today;
    request.practice = "Tidewater Manual Therapy";
    request.author = request.author.empty() ? "Practitioner/maya" : request.author;
    return made<ReportModel>(
        [&](store::ReadTx& tx, ViewContext const& context) { return make_report(tx, context, request); });
  }

  Result<Letter> letter(Ask ask, std::optional<int> visits = std::nullopt) {
    return made<Letter>([&](store::ReadTx& tx, ViewContext const& context) {
      return make_letter(tx, context,
                         {"order", ask, visits, today, "Tidewater Manual Therapy", "Practitioner/maya"});
    });
  }

  static RecordsRequest records_request() {
    return {"p",
            {Date{std::chrono::year{2026}, std::chrono::October, std::chrono::day{1}}, today},
            "Dr Hanna Weiss",
            "second opinion",
            today,
            "Tidewater Manual Therapy",
            "Practitioner/maya"};
  }
  Result<Records> records() {
    return made<Records>([&](store::ReadTx& tx, ViewContext const& context) {
      return make_records(tx, context, records_request());
    });
  }
};

} // namespace tripsis::clinic::report
