// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The write rules on the real store, tried on every path by which something is written: create, update,
// delete, a unit of several changes, and import.
#include "clinic/rules.hh"
#include "store_fixture.hh"

#include <algorithm>
#include <atomic>
#include <thread>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using store::Change;
using store::Method;
using store::Origin;
using store::put;
using store::remove;

std::string const practitioner = "Practitioner/anna";

/// An appointment on a day of November 2026 in New York.
struct Booking {
  std::string id;
  std::string day = "20"; ///< noon (store_fixture.hh) is the 18th
  std::string from = "10:00", to = "11:00";
  std::string status = "booked";
  std::string therapist = practitioner;
  std::string room = "Location/room1";
  std::string service = "treatment-60";
  std::string patient = "Patient/p";

  Change put() const {
    auto const participant = [](std::string const& actor) {
      return R"({"actor":{"reference":")" + actor + R"("},"status":"accepted"})";
    };
    return store::put(fmt::format(
        R"({{"resourceType":"Appointment","id":"{}","status":"{}","serviceType":[{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/service","code":"{}"}}]}}],)"
        R"("start":"2026-11-{}T{}:00-05:00","end":"2026-11-{}T{}:00-05:00","participant":[{},{},{}]}})",
        id, status, service, day, from, day, to, participant(patient), participant(therapist),
        participant(room)));
  }
};

/// A technique given to a patient.
Change procedure(std::string const& id, std::string const& patient = "p",
                 std::string const& status = "completed",
                 std::string const& when = "2026-11-18T10:00:00-05:00") {
  return put(fmt::format(
      R"({{"resourceType":"Procedure","id":"{}","status":"{}","code":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/technique","code":"effleurage"}}]}},)"
      R"("subject":{{"reference":"Patient/{}"}},"performedPeriod":{{"start":"{}"}}}})",
      id, status, patient, when));
}

/// The pre-visit answer by which the rule dvt_suspected fires on that day.
Change swelling(std::string const& patient = "p", std::string const& day = "2026-11-18") {
  return put(fmt::format(
      R"({{"resourceType":"Observation","id":"swelling-{}","status":"final","subject":{{"reference":"Patient/{}"}},"effectiveDateTime":"{}T09:00:00-05:00",)"
      R"("code":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/finding","code":"dvt_limb_swelling_one_sided"}}]}},"valueBoolean":true}})",
      patient, patient, day));
}

Change note(std::string const& id, std::string const& status = "final", std::string const& type = "session",
            std::string const& entries = R"({"reference":"Procedure/work"})",
            std::string const& date = "2026-11-18T12:00:00-05:00") {
  return put(fmt::format(
      R"({{"resourceType":"Composition","id":"{}","status":"{}","type":{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/note","code":"{}"}}]}},)"
      R"("subject":{{"reference":"Patient/p"}},"encounter":{{"reference":"Encounter/visit"}},"date":"{}","author":[{{"reference":"Practitioner/anna"}}],)"
      R"("title":"Session note","section":[{{"title":"Worked on","entry":[{}]}}]}})",
      id, status, type, date, entries));
}

Change signature(std::string const& id, std::string const& note, std::string const& who = practitioner) {
  return put(fmt::format(
      R"({{"resourceType":"Provenance","id":"{}","target":[{{"reference":"Composition/{}"}}],"recorded":"2026-11-18T12:00:00-05:00",)"
      R"("activity":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion","code":"LA"}}]}},"agent":[{{"who":{{"reference":"{}"}}}}],)"
      R"("signature":[{{"type":[{{"system":"urn:iso-astm:E1762-95:2013","code":"1.2.840.10065.1.12.1.1"}}],"when":"2026-11-18T12:00:00-05:00","who":{{"reference":"{}"}}}}]}})",
      id, note, who, who));
}

class WriteRules : public store::StoreTest {
protected:
  void SetUp() override {
    StoreTest::SetUp();
    open(
        write_rules(std::make_shared<CurrentKnowledge>(std::make_shared<Knowledge const>(load_knowledge())),
                    *TimeZone::find("America/New_York"), &let_through));
    ASSERT_TRUE(as_client(
        {put(R"({"resourceType":"Patient","id":"p"})"), put(R"({"resourceType":"Patient","id":"q"})"),
         put(R"({"resourceType":"Encounter","id":"visit","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p"}})")}));
  }

  Result<> as_client(std::vector<Change> changes, std::string who = practitioner) {
    auto const written = store->write(
        {.changes = std::move(changes), .practitioner = std::move(who), .now = store::at(now)});
    return written ? Result<>{} : std::unexpected{written.error()};
  }
  Result<> as_import(Change change) {
    auto const written = write_import(std::move(change));
    return written ? Result<>{} : std::unexpected{written.error()};
  }

  /// Tries a change on every path that writes a resource. All must refuse with that fault, and nothing may
  /// have been written.
  void expect_refused(Change const& change, Fault fault) {
    SCOPED_TRACE(json::write(change.resource));
    auto const before = read(change.key.type, change.key.id);
    auto create = change;
    create.method = Method::Create;
    auto const other = put(R"({"resourceType":"Patient","id":"bystander"})");
    std::vector<std::pair<std::string, Result<>>> const tries{{"create", as_client({create})},
                                                              {"update", as_client({change})},
                                                              {"unit", as_client({other, change})},
                                                              {"unit, first", as_client({change, other})},
                                                              {"import", as_import(change)}};
    for (auto const& [path, result] : tries) {
      ASSERT_FALSE(result) << path;
      EXPECT_EQ(result.error().fault, fault) << path << ": " << result.error().what;
    }
    EXPECT_FALSE(read("Patient", "bystander"));
    auto const after = read(change.key.type, change.key.id);
    ASSERT_EQ(before.has_value(), after.has_value());
    if (before) {
      EXPECT_EQ(before->json, after->json);
    }
  }

  LetThrough let_through;
};

// --- No double booking
// -------------------------------------------------------------------------------------------------------------

TEST_F(WriteRules, a_therapist_or_a_room_is_booked_once_at_a_time) {
  ASSERT_TRUE(as_client({Booking{.id = "first"}.put()}));
  expect_refused(
      Booking{
          .id = "second", .from = "10:30", .to = "11:30", .room = "Location/room2", .patient = "Patient/q"}
          .put(),
      Fault::Conflict);
  expect_refused(Booking{.id = "second",
                         .from = "09:00",
                         .to = "12:00",
                         .therapist = "Practitioner/ben",
                         .patient = "Patient/q"}
                     .put(),
                 Fault::Conflict);
  expect_refused(Booking{.id = "second", .from = "10:15", .to = "10:30", .patient = "Patient/q"}.put(),
                 Fault::Conflict);
  auto const refusal = as_client({Booking{.id = "second", .room = "Location/room2"}.put()});
  EXPECT_EQ(refusal.error().what, "The therapist is already booked on 2026-11-20 from 10:00 to 11:00.");
}

TEST_F(WriteRules, what_does_not_overlap_or_does_not_occupy_may_be_booked) {
  ASSERT_TRUE(as_client({Booking{.id = "first"}.put()}));
  EXPECT_TRUE(as_client({Booking{.id = "after", .from = "11:00", .to = "12:00"}.put()}));
  EXPECT_TRUE(as_client({Booking{.id = "before", .from = "09:00", .to = "10:00"}.put()}));
  EXPECT_TRUE(as_client(
      {Booking{.id = "elsewhere", .therapist = "Practitioner/ben", .room = "Location/room2"}.put()}));
  EXPECT_TRUE(as_client({Booking{.id = "waiting", .status = "waitlist"}.put()}));
  EXPECT_TRUE(as_client({Booking{.id = "wish", .status = "proposed"}.put()}));
  EXPECT_TRUE(as_client({Booking{.id = "first", .from = "10:15", .to = "11:00"}.put()})); // Itself
  EXPECT_TRUE(as_client({Booking{.id = "first", .status = "cancelled"}.put()}));
  EXPECT_TRUE(as_client({Booking{.id = "instead"}.put()}));
  EXPECT_EQ(as_client({Booking{.id = "first"}.put()}).error().fault,
            Fault::Conflict); // It cannot come back
}

TEST_F(WriteRules, two_of_one_unit_collide_and_one_may_give_way_to_the_other) {
  auto const both =
      as_client({Booking{.id = "a"}.put(), Booking{.id = "b", .from = "10:30", .to = "11:30"}.put()});
  EXPECT_EQ(both.error().fault, Fault::Conflict);
  EXPECT_FALSE(read("Appointment", "a"));
  ASSERT_TRUE(as_client({Booking{.id = "a"}.put()}));
  EXPECT_TRUE(as_client({Booking{.id = "a", .status = "cancelled"}.put(), Booking{.id = "b"}.put()}));
  EXPECT_TRUE(as_client({remove("Appointment", "b"), Booking{.id = "c"}.put()}));
}

TEST_F(WriteRules, of_many_who_book_the_last_hour_exactly_one_wins) {
  std::atomic<int> won = 0;
  {
    std::vector<std::jthread> desks;
    for (int i = 0; i < 8; ++i)
      desks.emplace_back(
          [this, i, &won] { won += as_client({Booking{.id = fmt::format("desk{}", i)}.put()}) ? 1 : 0; });
  }
  EXPECT_EQ(won, 1);
}

TEST_F(WriteRules, an_import_may_bring_double_bookings_of_the_past) {
  ASSERT_TRUE(as_client({Booking{.id = "first", .day = "17"}.put()}));
  EXPECT_EQ(as_client({Booking{.id = "second", .day = "17"}.put()}).error().fault, Fault::Conflict);
  EXPECT_TRUE(as_import(Booking{.id = "second", .day = "17"}.put()));
  auto const items = let_through.take();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].key.reference(), "Appointment/second");
  EXPECT_TRUE(let_through.take().empty());
  auto const provenance = import_provenance(items, store::at(now));
  EXPECT_EQ(provenance.items("target")[0].text("reference"), "Appointment/second");
  EXPECT_TRUE(import_provenance({}, store::at(now)).is_null());
}

TEST_F(WriteRules, an_appointment_lasts_a_day_at_most) {
  auto change = Booking{.id = "long"}.put();
  change.resource.set("end", "2026-11-22T10:00:00-05:00");
  expect_refused(change, Fault::BusinessRule);
}

// --- No treatment under a hard stop
// --------------------------------------------------------------------------------------------------

TEST_F(WriteRules, no_treatment_under_a_hard_stop) {
  ASSERT_TRUE(as_client({swelling()}));
  for (auto const* status : {"proposed", "pending", "booked", "arrived", "checked-in", "waitlist"})
    expect_refused(Booking{.id = "x", .day = "18", .status = status}.put(), Fault::BusinessRule);
  expect_refused(procedure("x"), Fault::BusinessRule);
  expect_refused(procedure("x", "p", "in-progress"), Fault::BusinessRule);
  auto const refusal = as_client({procedure("x")});
  EXPECT_TRUE(refusal.error().what.contains("Suspected deep vein thrombosis (dvt_suspected)"))
      << refusal.error().what;
  EXPECT_TRUE(refusal.error().what.contains("A clinician has excluded DVT in writing."))
      << refusal.error().what;
}

TEST_F(WriteRules, a_hard_stop_is_judged_for_the_treatments_own_day_and_patient) {
  ASSERT_TRUE(as_client({swelling()}));
  EXPECT_TRUE(as_client({Booking{.id = "later", .day = "19"}.put()})); // The answer ends at midnight
  EXPECT_TRUE(as_client({Booking{.id = "other", .day = "18", .patient = "Patient/q"}.put()}));
  EXPECT_TRUE(as_client({procedure("yesterday", "p", "completed", "2026-11-17T10:00:00-05:00")}));
  EXPECT_FALSE(as_client(
      {procedure("late", "p", "completed", "2026-11-19T04:30:00Z")})); // 23:30 of the 18th in New York
  EXPECT_TRUE(as_client({procedure("early", "p", "completed", "2026-11-19T05:30:00Z")}));
}

TEST_F(WriteRules, a_stop_that_comes_with_the_treatment_counts) {
  EXPECT_EQ(as_client({procedure("x"), swelling()}).error().fault, Fault::BusinessRule);
  EXPECT_EQ(as_client({procedure("y", "q"), procedure("x"), procedure("x2"), swelling()}).error().fault,
            Fault::BusinessRule);
  EXPECT_FALSE(read("Observation", "swelling-p"));
}

TEST_F(WriteRules, a_hard_stop_never_blocks_what_is_no_treatment) {
  ASSERT_TRUE(as_client({Booking{.id = "x", .day = "18"}.put()}));
  ASSERT_TRUE(as_client({swelling()}));
  EXPECT_TRUE(as_client(
      {Booking{.id = "talk", .day = "18", .from = "12:00", .to = "13:00", .service = "consultation"}
           .put()}));
  EXPECT_TRUE(as_client({procedure("x", "p", "not-done")}));
  EXPECT_TRUE(as_client({procedure("y", "p", "stopped")}));
  EXPECT_TRUE(as_client(
      {Booking{.id = "x", .day = "18", .status = "fulfilled"}.put()})); // As a note "not given" does
  for (auto const* type : {"not-given", "stopped", "referred"}) {
    auto const id = std::string{"note-"} + type;
    EXPECT_TRUE(as_client(
        {note(id, "final", type, R"({"reference":"Observation/swelling-p"})"), signature("s-" + id, id)}))
        << type;
  }
  EXPECT_TRUE(as_client({Booking{.id = "x", .day = "18", .status = "cancelled"}.put()}));
  EXPECT_TRUE(as_client({Booking{.id = "x", .day = "18", .status = "noshow"}.put()}));
  EXPECT_TRUE(as_client({Booking{.id = "x", .day = "18", .status = "entered-in-error"}.put()}));
  EXPECT_TRUE(as_client({remove("Appointment", "x")}));
}

TEST_F(WriteRules, a_hard_stop_reads_diagnoses_and_medicines_of_the_record) {
  auto const clot = put(
      R"({"resourceType":"Condition","id":"clot","subject":{"reference":"Patient/p"},"onsetDateTime":"2026-11-01",)"
      R"("code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I82.402"}]}})");
  ASSERT_TRUE(as_client({clot}));
  expect_refused(procedure("x"), Fault::BusinessRule);
  ASSERT_TRUE(as_client({remove("Condition", "clot")}));
  EXPECT_TRUE(as_client({procedure("x")}));
}

TEST_F(WriteRules, an_import_may_bring_treatments_of_the_past) {
  ASSERT_TRUE(as_client({swelling("p", "2026-11-17")}));
  EXPECT_FALSE(as_client({procedure("past", "p", "completed", "2026-11-17T10:00:00-05:00")}));
  EXPECT_TRUE(as_import(procedure("past", "p", "completed", "2026-11-17T10:00:00-05:00")));
  auto const items = let_through.take();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].key.reference(), "Procedure/past");
}

// --- Signed notes
// ----------------------------------------------------------------------------------------------------------------

class SignedNotes : public WriteRules {
protected:
  void SetUp() override {
    WriteRules::SetUp();
    ASSERT_TRUE(as_client({procedure("work"), note("n"), signature("s", "n")}));
  }
  /// The parts of a signed note, each as a change of it.
  std::vector<Change> parts() const {
    auto encounter = put(
        R"({"resourceType":"Encounter","id":"visit","status":"cancelled","class":{"code":"AMB"},"subject":{"reference":"Patient/p"}})");
    return {note("n", "amended"), signature("s", "other"), encounter, procedure("work", "p", "not-done")};
  }
};

TEST_F(SignedNotes, cannot_be_changed_on_any_path) {
  for (auto const& change : parts()) {
    SCOPED_TRACE(change.key.reference());
    auto const before = read(change.key.type, change.key.id);
    auto create = change;
    create.method = Method::Create;
    auto newer = change;
    newer.import_updated = store::at(now + 1'000'000);
    std::vector<std::pair<std::string, Result<>>> const tries{
        {"create", as_client({create})},
        {"update", as_client({change})},
        {"delete", as_client({remove(change.key.type, change.key.id)})},
        {"unit", as_client({put(R"({"resourceType":"Patient","id":"z"})"), change})},
        {"import", as_import(newer)}};
    for (auto const& [path, result] : tries) {
      ASSERT_FALSE(result) << path;
      EXPECT_EQ(result.error().fault, Fault::BusinessRule) << path << ": " << result.error().what;
    }
    EXPECT_EQ(read(change.key.type, change.key.id)->json, before->json);
  }
  EXPECT_FALSE(read("Patient", "z"));
}

TEST_F(SignedNotes, keep_their_patient_who_may_yet_be_corrected) {
  auto const refused = as_client({remove("Patient", "p")});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::BusinessRule);
  EXPECT_TRUE(read("Patient", "p"));
  EXPECT_TRUE(as_client({put(R"({"resourceType":"Patient","id":"p","name":[{"family":"Reed-Moss"}]})")}));
  EXPECT_TRUE(as_client({put(R"({"resourceType":"Patient","id":"nobody"})")}));
  EXPECT_TRUE(as_client({remove("Patient", "nobody")}));
}

TEST_F(SignedNotes, keep_their_author) {
  auto const author =
      std::string{json::parse(read("Composition", "n")->json)->items("author").at(0).text("reference")};
  ASSERT_TRUE(author.starts_with("Practitioner/"));
  auto const id = author.substr(author.find('/') + 1);
  ASSERT_TRUE(as_client({put(fmt::format(R"({{"resourceType":"Practitioner","id":"{}"}})", id))}));
  auto const refused = as_client({remove("Practitioner", id)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::BusinessRule);
}

TEST_F(SignedNotes, stay_as_they_are_when_the_same_is_imported_again) {
  auto again = note("n");
  again.import_updated = store::at(now);
  EXPECT_TRUE(as_import(again));
  EXPECT_TRUE(let_through.take().empty());
}

TEST_F(SignedNotes, can_be_signed_only_by_oneself) {
  EXPECT_EQ(as_client({note("m"), signature("t", "m", "Practitioner/ben")}).error().fault,
            Fault::BusinessRule);
  EXPECT_EQ(as_client({note("m"), signature("t", "m")}, "").error().fault, Fault::BusinessRule);
  EXPECT_EQ(as_client({note("m"), signature("t", "m")}, "Practitioner/ben").error().fault,
            Fault::BusinessRule);
  EXPECT_EQ(as_client({signature("t", "n", "Practitioner/ben")}).error().fault,
            Fault::BusinessRule); // A second one, in another's name
  EXPECT_TRUE(as_client({note("m"), signature("t", "m")}));
}

TEST_F(SignedNotes, become_final_only_with_a_signature_in_the_same_unit) {
  expect_refused(note("m"), Fault::BusinessRule);
  EXPECT_EQ(as_client({note("m"), signature("t", "another")}).error().fault, Fault::BusinessRule);
  auto unsigned_ = signature("t", "m");
  unsigned_.resource.erase("signature");
  EXPECT_EQ(as_client({note("m"), unsigned_}).error().fault, Fault::BusinessRule);
  expect_refused(note("m", "amended"), Fault::BusinessRule);
  expect_refused(note("m", "entered-in-error"), Fault::BusinessRule);
  ASSERT_TRUE(as_client({note("m", "preliminary")}));
  EXPECT_EQ(as_client({note("m")}).error().fault, Fault::BusinessRule);
  EXPECT_TRUE(as_client({note("m"), signature("t", "m")}));
}

TEST_F(SignedNotes, refer_only_to_what_is_there_and_of_the_same_patient) {
  EXPECT_EQ(
      as_client({note("m", "final", "session", R"({"reference":"Procedure/none"})"), signature("t", "m")})
          .error()
          .fault,
      Fault::BusinessRule);
  EXPECT_EQ(
      as_client({procedure("other", "q"),
                 note("m", "final", "session", R"({"reference":"Procedure/other"})"), signature("t", "m")})
          .error()
          .fault,
      Fault::BusinessRule);
  EXPECT_EQ(as_client({note("m", "final", "session", R"({"display":"something"})"), signature("t", "m")})
                .error()
                .fault,
            Fault::BusinessRule);
}

TEST_F(SignedNotes, of_the_past_may_be_imported_and_are_sealed_then) {
  auto const past =
      note("old", "final", "session", R"({"reference":"Procedure/old-work"})", "2020-05-05T12:00:00-05:00");
  ASSERT_TRUE(as_import(past));
  ASSERT_TRUE(as_import(procedure("old-work", "p", "completed", "2020-05-05T10:00:00-05:00")));
  ASSERT_TRUE(as_import(signature("old-signature", "old", "Practitioner/gone")));
  for (auto const& key : {store::Key{"Composition", "old"}, store::Key{"Procedure", "old-work"},
                          store::Key{"Provenance", "old-signature"}})
    EXPECT_EQ(as_client({remove(key.type, key.id)}).error().fault, Fault::BusinessRule) << key.reference();
  auto const items = let_through.take();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].key.reference(), "Composition/old");
}

} // namespace
} // namespace tripsis::clinic
