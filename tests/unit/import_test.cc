// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Import meets the clinic's write rules: what lies before today comes in and is marked, what lies ahead is
// refused by name, in whichever order the files hold things.
#include "app/importer.hh"
#include "store_fixture.hh"

#include <fstream>

namespace tripsis::app {
namespace {

std::string const clot =
    R"({"resourceType":"Condition","id":"clot","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I82.402"}]}})";

std::string appointment(std::string const& id, std::string const& day, std::string const& patient) {
  return fmt::format(
      R"({{"resourceType":"Appointment","id":"{}","status":"booked","serviceType":[{{"coding":[{{"system":"https://tripsis.org/fhir/CodeSystem/service","code":"treatment-60"}}]}}],)"
      R"("start":"2026-11-{}T10:00:00Z","end":"2026-11-{}T11:00:00Z","participant":[{{"actor":{{"reference":"Patient/{}"}},"status":"accepted"}},)"
      R"({{"actor":{{"reference":"Practitioner/anna"}},"status":"accepted"}}]}})",
      id, day, day, patient);
}

class Import : public store::StoreTest {
protected:
  void SetUp() override {
    StoreTest::SetUp();
    open(clinic::write_rules(std::make_shared<clinic::CurrentKnowledge>(
                                 std::make_shared<clinic::Knowledge const>(clinic::load_knowledge())),
                             TimeZone::utc(), &let_through));
    files = folder + "-files";
    std::filesystem::create_directories(files);
  }
  void TearDown() override {
    StoreTest::TearDown();
    std::filesystem::remove_all(files);
  }
  void file(std::string const& name, std::initializer_list<std::string> lines) {
    std::ofstream out{files + "/" + name};
    for (auto const& line : lines)
      out << line << "\n";
  }
  Tally import() {
    ManualClock const clock{store::at(now)};
    complaints.clear();
    Importer importer{*store, let_through, clock,
                      [&](std::string const& sentence) { complaints.push_back(sentence); },
                      [](std::uint64_t) {}};
    auto const report = importer.import(files);
    EXPECT_TRUE(report);
    return report ? report->total() : Tally{};
  }

  clinic::LetThrough let_through;
  std::string files;
  std::vector<std::string> complaints;
};

TEST_F(Import, judges_by_the_whole_even_where_the_files_hold_appointments_first) {
  file("Appointment.ndjson", {appointment("stopped", "25", "p"), appointment("fine", "26", "q")});
  file("Condition.ndjson", {clot});
  file("Patient.ndjson",
       {R"({"resourceType":"Patient","id":"p"})", R"({"resourceType":"Patient","id":"q"})"});
  auto const tally = import();
  EXPECT_EQ(tally.read, 5U);
  EXPECT_EQ(tally.written, 4U);
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_TRUE(complaints[0].starts_with(
      "Appointment.ndjson, line 1 (Appointment): Treatment on 2026-11-25 is stopped."))
      << complaints[0];
  EXPECT_FALSE(read("Appointment", "stopped"));
  EXPECT_TRUE(read("Appointment", "fine"));
}

TEST_F(Import, lets_the_past_in_and_marks_it_once) {
  file("a.ndjson", {R"({"resourceType":"Patient","id":"p"})", clot, appointment("first", "10", "p"),
                    appointment("second", "10", "p"), "not JSON"});
  auto const tally = import();
  EXPECT_EQ(tally.written, 4U);
  EXPECT_EQ(tally.refused, 1U);
  EXPECT_EQ(complaints.size(), 1U);
  auto const marks = search("Provenance", {});
  ASSERT_TRUE(marks);
  ASSERT_EQ(marks->matches.size(), 1U);
  auto const provenance = store::parsed(marks->matches[0].json);
  EXPECT_EQ(provenance.items("target").size(), 2U);
  EXPECT_EQ(provenance.items("reason").size(), 2U);
  auto const again = import();
  EXPECT_EQ(again.left, 4U);
  EXPECT_EQ(search("Provenance", {})->matches.size(), 1U);
}

} // namespace
} // namespace tripsis::app
