// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/importer.hh"
#include "app/wiring.hh"
#include "base/json/parse.hh"
#include "support/shared.hh"
#include "support/temporary_folder.hh"
#include "support/test_program.hh"

#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::test {
namespace {

class Import : public testing::Test {
protected:
  void put(std::string const& name, std::string_view text) const {
    std::ofstream{files_.path() + "/" + name} << text;
  }

  app::ImportReport import(std::string const& path) {
    complaints_.clear();
    app::Importer importer{*store_, let_through_, clock_,
                           [&](std::string const& sentence) { complaints_.push_back(sentence); },
                           [](std::uint64_t) {}};
    auto report = importer.import(path);
    EXPECT_TRUE(report);
    return report ? *std::move(report) : app::ImportReport{};
  }
  app::ImportReport import() { return import(files_.path()); }

  json::Value read(std::string const& type, std::string const& id) {
    json::Value found;
    store_->read({}, [&](store::ReadTx& tx) {
      auto const version = tx.read({type, id});
      if (version)
        found = json::parse(version->json).value_or(json::Value{});
    });
    return found;
  }
  std::map<std::string, std::string> everything() {
    std::map<std::string, std::string> all;
    auto const done = store_->for_each([&](store::Version const& version) -> Result<> {
      all[version.key.reference()] = version.json;
      return {};
    });
    EXPECT_TRUE(done);
    return all;
  }

  TemporaryFolder folder_, files_;
  ManualClock clock_{monday_morning()};
  SystemRandom random_;
  clinic::LetThrough let_through_;
  std::unique_ptr<store::Store> store_ = app::open_store({folder_.path()}, &let_through_);
  std::vector<std::string> complaints_;
};

TEST_F(Import, patient_records_come_whole_and_twice_is_as_once) {
  SHARED_OR_SKIP(shared);
  std::map<std::string, std::set<std::string>> ids;
  std::uint64_t entries = 0;
  for (auto const& entry : std::filesystem::directory_iterator{shared / "fhir" / "patients"}) {
    std::ifstream in{entry.path()};
    auto const bundle = json::parse(std::string{std::istreambuf_iterator<char>{in}, {}});
    ASSERT_TRUE(bundle);
    for (auto const& each : bundle->items("entry")) {
      ids[std::string{each.find("resource")->text("resourceType")}].emplace(
          each.find("resource")->text("id"));
      ++entries;
    }
  }
  auto const report = import(shared / "fhir" / "patients");
  EXPECT_TRUE(complaints_.empty()) << complaints_.front();
  EXPECT_EQ(report.total().read, entries);
  auto const counts = store_->type_counts();
  for (auto const& [type, expected] : ids)
    EXPECT_TRUE(std::ranges::find(counts, std::pair{type, std::uint64_t{expected.size()}}) != counts.end())
        << type;
  auto const before = everything();
  for (auto const& [reference, text] : before)
    EXPECT_FALSE(text.contains("\"reference\":\"urn:uuid:")) << reference;
  auto const again = import(shared / "fhir" / "patients");
  EXPECT_EQ(again.total().written, 0U);
  EXPECT_EQ(again.total().left, entries);
  EXPECT_EQ(everything(), before);
}

TEST_F(Import, bad_resources_are_named_and_the_rest_goes_on) {
  put("a.json", R"({"resourceType":"Bundle","type":"collection","entry":[
    {"resource":{"resourceType":"Patient","id":"good"}},
    {"resource":{"resourceType":"Patient","id":"bad","gender":"none"}},
    {"resource":{"resourceType":"Unicorn","id":"u"}},
    {"resource":{"resourceType":"Parameters","id":"u"}},
    {"resource":7},
    {"resource":{"resourceType":"Patient","id":"not an id"}}]})");
  put("b.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"also-good\"}\n\n{\"resourceType\":\n{"
                  "\"resourceType\":\"Patient\",\"id\":\"b2\",\"active\":1}\n");
  put("c.json", "{");
  put("ignored.txt", "not looked at");
  auto const report = import();
  EXPECT_EQ(report.total().written, 2U);
  EXPECT_EQ(report.total().refused, 8U);
  EXPECT_EQ(report.total().read, 10U);
  ASSERT_EQ(complaints_.size(), 8U);
  EXPECT_TRUE(complaints_[0].starts_with("a.json, entry 2 (Patient): Patient.gender: ")) << complaints_[0];
  EXPECT_TRUE(complaints_[1].starts_with("a.json, entry 3: ")) << complaints_[1];
  EXPECT_TRUE(complaints_[5].starts_with("b.ndjson, line 3: ")) << complaints_[5];
  EXPECT_TRUE(complaints_[6].starts_with("b.ndjson, line 4 (Patient): Patient.active: ")) << complaints_[6];
  EXPECT_TRUE(complaints_[7].starts_with("c.json: ")) << complaints_[7];
  EXPECT_FALSE(read("Patient", "good").is_null());
  EXPECT_FALSE(read("Patient", "also-good").is_null());
}

TEST_F(Import, references_between_files_become_ids) {
  put("a.json", R"({"resourceType":"Bundle","type":"transaction","entry":[
    {"fullUrl":"urn:uuid:11111111-1111-4111-8111-111111111111","resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},
     "subject":{"reference":"urn:uuid:22222222-2222-4222-8222-222222222222"},"performer":[{"reference":"urn:uuid:33333333-3333-4333-8333-333333333333"}]}}]})");
  put("b.json", R"({"resourceType":"Bundle","type":"transaction","entry":[
    {"fullUrl":"urn:uuid:22222222-2222-4222-8222-222222222222","resource":{"resourceType":"Patient"}},
    {"fullUrl":"urn:uuid:33333333-3333-4333-8333-333333333333","resource":{"resourceType":"Practitioner","id":"dr-w"}}]})");
  EXPECT_EQ(import().total().written, 3U);
  auto const observation = read("Observation", "11111111-1111-4111-8111-111111111111");
  EXPECT_EQ(observation.at({"subject", "reference"})->string(),
            "Patient/22222222-2222-4222-8222-222222222222");
  EXPECT_EQ(observation.at({"performer", "reference"})->string(), "Practitioner/dr-w");
}

TEST_F(Import, versions_and_times_are_kept_and_only_what_is_newer_is_written) {
  put("a.json",
      R"({"resourceType":"Patient","id":"p","meta":{"versionId":"7","lastUpdated":"2020-01-02T03:04:05.678+01:00"},"active":true})");
  EXPECT_EQ(import().total().written, 1U);
  auto const patient = read("Patient", "p");
  EXPECT_EQ(patient.at({"meta", "versionId"})->string(), "7");
  EXPECT_EQ(patient.at({"meta", "lastUpdated"})->string(), "2020-01-02T02:04:05.678Z");
  put("a.json",
      R"({"resourceType":"Patient","id":"p","meta":{"lastUpdated":"2019-01-01T00:00:00Z"},"active":false})");
  EXPECT_EQ(import().total().left, 1U);
  put("a.json", R"({"resourceType":"Patient","id":"p","active":false})");
  EXPECT_EQ(import().total().left, 1U);
  EXPECT_EQ(*read("Patient", "p").find("active"), json::Value{true});
  put("a.json",
      R"({"resourceType":"Patient","id":"p","meta":{"lastUpdated":"2021-01-01T00:00:00Z"},"active":false})");
  EXPECT_EQ(import().total().written, 1U);
  EXPECT_EQ(*read("Patient", "p").find("active"), json::Value{false});
}

TEST_F(Import, what_has_no_id_gets_the_same_one_again) {
  put("a.ndjson",
      "{\"resourceType\":\"Patient\",\"active\":true}\n{\"resourceType\":\"Patient\",\"active\":false}\n");
  EXPECT_EQ(import().total().written, 2U);
  EXPECT_EQ(import().total().left, 2U);
}

TEST_F(Import, what_is_older_than_today_is_let_through_and_marked) {
  auto const appointment = [](std::string_view id, std::string_view day) {
    return fmt::format(
        R"({{"resourceType":"Appointment","id":"{0}","status":"booked","start":"{1}T10:00:00Z","end":"{1}T11:00:00Z",)"
        R"("participant":[{{"actor":{{"reference":"Practitioner/x"}},"status":"accepted"}}]}})"
        "\n",
        id, day);
  };
  put("a.ndjson", "{\"resourceType\":\"Practitioner\",\"id\":\"x\"}\n" +
                      appointment("old-1", "2026-11-01") + appointment("old-2", "2026-11-01") +
                      appointment("new-1", "2026-12-01") + appointment("new-2", "2026-12-01"));
  auto const report = import();
  EXPECT_EQ(report.total().written, 4U);
  EXPECT_EQ(report.total().refused, 1U);
  ASSERT_EQ(complaints_.size(), 1U);
  EXPECT_TRUE(complaints_[0].starts_with("a.ndjson, line 5 (Appointment): ")) << complaints_[0];
  int marks = 0;
  for (auto const& [reference, text] : everything())
    marks += reference.starts_with("Provenance/") && text.contains("Appointment/old-2") ? 1 : 0;
  EXPECT_EQ(marks, 1);
  EXPECT_EQ(import().total().written, 0U);
}

TEST_F(Import, nothing_there_is_told) {
  app::Importer importer{*store_, let_through_, clock_, [](std::string const&) {}, [](std::uint64_t) {}};
  EXPECT_EQ(importer.import(files_.path() + "/absent").error().fault, Fault::NotFound);
}

} // namespace
} // namespace tripsis::test
