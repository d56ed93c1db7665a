// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Searching, parameter kind by parameter kind, with the official search parameters.
#include "store/sqlite/database.hh"
#include "store_fixture.hh"

#include <thread>

namespace tripsis::store {
namespace {

std::vector<std::string> ids(Result<Page> const& page) {
  if (!page)
    return {"error: " + page.error().what};
  std::vector<std::string> found;
  for (auto const& match : page->matches)
    found.push_back(match.key.id);
  return found;
}

using Ids = std::vector<std::string>;

struct StoreSearch : StoreTest {
  Ids find(std::string type, std::vector<std::pair<std::string, std::string>> parameters,
           AccessFilter filter = {}) {
    return ids(search(std::move(type), std::move(parameters), std::move(filter)));
  }
  Ids sorted(std::string type, std::vector<std::pair<std::string, std::string>> parameters) {
    auto found = find(std::move(type), std::move(parameters));
    std::ranges::sort(found);
    return found;
  }
  void add(std::string_view text) { ASSERT_TRUE(write(put(text))) << text; }
};

struct StoreSearchPatients : StoreSearch {
  void SetUp() override {
    StoreTest::SetUp();
    add(R"({"resourceType":"Patient","id":"zoe","name":[{"family":"Ødegård-Müller","given":["Zoë","Anna"]}],"gender":"female","birthDate":"1980-02-29","identifier":[{"system":"urn:mrn","value":"1,2"}],"telecom":[{"system":"phone","value":"+1 555"},{"system":"email","value":"z@x.org"}],"address":[{"line":["Main St 1"],"city":"Boston"}]})");
    add(R"({"resourceType":"Patient","id":"max","name":[{"text":"Max Mustermann","family":"Mustermann"}],"gender":"male","birthDate":"1980-03","active":true,"deceasedDateTime":"2020-05-05"})");
    add(R"({"resourceType":"Patient","id":"nil","managingOrganization":{"reference":"Organization/o"},"meta":{"tag":[{"system":"s","code":"demo"}]}})");
  }
};

TEST_F(StoreSearchPatients, all_newest_first) {
  EXPECT_EQ(find("Patient", {}), (Ids{"nil", "max", "zoe"}));
  EXPECT_EQ(find("Patient", {{"_count", "2"}}), (Ids{"nil", "max"}));
}

TEST_F(StoreSearchPatients, strings) {
  EXPECT_EQ(find("Patient", {{"name", "zoe"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"name", "MUST"}}), Ids{"max"});
  EXPECT_EQ(find("Patient", {{"name", "erman"}}), Ids{});
  EXPECT_EQ(find("Patient", {{"name:contains", "erman"}}), Ids{"max"});
  EXPECT_EQ(find("Patient", {{"name:exact", "zoe"}}), Ids{});
  EXPECT_EQ(find("Patient", {{"name:exact", "Zoë"}}), Ids{"zoe"});
  EXPECT_EQ(sorted("Patient", {{"name", "ann,max"}}), (Ids{"max", "zoe"}));
  EXPECT_EQ(find("Patient", {{"given", "zo"}, {"given", "ANNA"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"family", "must"}}), Ids{"max"});
  EXPECT_EQ(find("Patient", {{"address", "main"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"address-city", "bos"}}), Ids{"zoe"});
  EXPECT_EQ(sorted("Patient", {{"name:missing", "false"}}), (Ids{"max", "zoe"}));
  EXPECT_EQ(find("Patient", {{"name:missing", "true"}}), Ids{"nil"});
}

TEST_F(StoreSearchPatients, tokens) {
  EXPECT_EQ(find("Patient", {{"gender", "female"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"gender", "http://hl7.org/fhir/administrative-gender|female"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"gender", "http://elsewhere|female"}}), Ids{});
  EXPECT_EQ(find("Patient", {{"gender", "Female"}}), Ids{});
  EXPECT_EQ(sorted("Patient", {{"gender", "female,male"}}), (Ids{"max", "zoe"}));
  EXPECT_EQ(sorted("Patient", {{"gender:not", "female"}}), (Ids{"max", "nil"}));
  EXPECT_EQ(find("Patient", {{"identifier", R"(urn:mrn|1\,2)"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"identifier", "urn:mrn|"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"identifier", R"(1\,2)"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"identifier", R"(|1\,2)"}}), Ids{});
  EXPECT_EQ(find("Patient", {{"identifier", R"(urn:other|1\,2)"}}), Ids{});
  EXPECT_EQ(find("Patient", {{"identifier", "urn:nothing|,urn:mrn|other"}}),
            Ids{}); // A whole system, and a code beside it
  EXPECT_EQ(find("Patient", {{"identifier", R"(urn:nothing|,urn:mrn|1\,2)"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"identifier", R"(urn:nothing|,1\,2)"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"active", "true"}}), Ids{"max"});
  EXPECT_EQ(find("Patient", {{"deceased", "true"}}), Ids{"max"}); // not a path: by FHIRPath
  EXPECT_EQ(sorted("Patient", {{"deceased", "false"}}), (Ids{"nil", "zoe"}));
  EXPECT_EQ(find("Patient", {{"email", "z@x.org"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"phone", "z@x.org"}}), Ids{});
  EXPECT_EQ(find("Patient", {{"_tag", "s|demo"}}), Ids{"nil"});
  EXPECT_EQ(find("Patient", {{"_id", "max,nobody"}}), Ids{"max"});
  EXPECT_EQ(find("Patient", {{"_id", "max"}, {"gender", "female"}}), Ids{});
}

TEST_F(StoreSearchPatients, dates) {
  EXPECT_EQ(find("Patient", {{"birthdate", "1980-02-29"}}), Ids{"zoe"});
  EXPECT_EQ(sorted("Patient", {{"birthdate", "1980"}}), (Ids{"max", "zoe"}));
  EXPECT_EQ(find("Patient", {{"birthdate", "1980-03-01"}}), Ids{});
  EXPECT_EQ(find("Patient", {{"birthdate", "ge1980-03"}}), Ids{"max"});
  EXPECT_EQ(find("Patient", {{"birthdate", "gt1980-02"}}), Ids{"max"});
  EXPECT_EQ(find("Patient", {{"birthdate", "lt1980-03"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"birthdate", "ge1980-01"}, {"birthdate", "le1980-02"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"birthdate", "ne1980-02-29"}}), Ids{"max"});
  EXPECT_EQ(find("Patient", {{"birthdate", "sa1980-02-29"}}), Ids{"max"});
  EXPECT_EQ(find("Patient", {{"birthdate", "eb1980-03"}}), Ids{"zoe"});
  EXPECT_EQ(find("Patient", {{"death-date", "2020"}}), Ids{"max"});
  EXPECT_EQ(find("Patient", {{"_lastUpdated", "lt2026-11-18"}}), Ids{});
  EXPECT_EQ(sorted("Patient", {{"_lastUpdated", "2026-11-18"}}), (Ids{"max", "nil", "zoe"}));
}

TEST_F(StoreSearchPatients, references) {
  EXPECT_EQ(find("Patient", {{"organization", "Organization/o"}}), Ids{"nil"});
  EXPECT_EQ(find("Patient", {{"organization", "o"}}), Ids{"nil"});
  EXPECT_EQ(find("Patient", {{"organization", "Organization/p"}}), Ids{});
}

TEST_F(StoreSearchPatients, sorts) {
  EXPECT_EQ(find("Patient", {{"_sort", "family"}}), (Ids{"max", "zoe", "nil"}));
  EXPECT_EQ(find("Patient", {{"_sort", "-family"}}), (Ids{"zoe", "max", "nil"}));
  EXPECT_EQ(find("Patient", {{"_sort", "birthdate"}}), (Ids{"zoe", "max", "nil"}));
  EXPECT_EQ(find("Patient", {{"_sort", "_id"}}), (Ids{"max", "nil", "zoe"}));
  EXPECT_EQ(find("Patient", {{"_sort", "-_lastUpdated,_id"}}).size(), 3U);
  EXPECT_EQ(find("Patient", {{"_sort", "gender"}}), (Ids{"zoe", "max", "nil"}));
}

TEST_F(StoreSearchPatients, counts) {
  auto const page = search("Patient", {{"_summary", "count"}});
  EXPECT_EQ(page->total, 3U);
  EXPECT_TRUE(page->matches.empty());
  EXPECT_EQ(search("Patient", {{"gender", "male"}, {"_total", "accurate"}})->total, 1U);
  EXPECT_FALSE(search("Patient", {{"gender", "male"}})->total);
  EXPECT_EQ(search("Patient", {{"_count", "0"}})->total, 3U);
}

TEST_F(StoreSearchPatients, what_is_not_offered_is_refused_by_name) {
  for (auto const& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"colour", "red"},
                                                        {"name:text", "x"},
                                                        {"organization.name", "x"},
                                                        {"_has:Observation:patient:code", "x"},
                                                        {"gender:in", "x"},
                                                        {"_sort", "colour"},
                                                        {"name:", "x"}}) {
    auto const page = search("Patient", {{name, value}});
    if (name == "name:")
      continue;
    ASSERT_FALSE(page) << name;
    EXPECT_EQ(page.error().fault, Fault::NotSupported) << name;
  }
  for (auto const& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"birthdate", "yesterday"},
                                                        {"birthdate", "1980-13"},
                                                        {"_count", "many"},
                                                        {"gender", ""},
                                                        {"identifier", "a|b|c"},
                                                        {"_cursor", "abc"},
                                                        {"name:missing", "perhaps"},
                                                        {"organization", "a b"}}) {
    auto const page = search("Patient", {{name, value}});
    ASSERT_FALSE(page) << name;
    EXPECT_EQ(page.error().fault, Fault::Value) << name;
    EXPECT_TRUE(page.error().what.contains(name.substr(0, name.find(':')))) << page.error().what;
  }
  std::vector<std::string> ignored;
  auto const query =
      parse_query("Patient", {{"colour", "red"}, {"gender", "male"}}, Unknown::Ignore, &ignored);
  EXPECT_EQ(query->criteria.size(), 1U);
  EXPECT_EQ(ignored, Ids{"colour"});
}

TEST_F(StoreSearchPatients, changes_show_at_once) {
  add(R"({"resourceType":"Patient","id":"zoe","name":[{"family":"Other"}],"gender":"male"})");
  EXPECT_EQ(find("Patient", {{"family", "ødeg"}}), Ids{});
  EXPECT_EQ(find("Patient", {{"family", "other"}}), Ids{"zoe"});
  EXPECT_EQ(sorted("Patient", {{"gender", "male"}}), (Ids{"max", "zoe"}));
  ASSERT_TRUE(write(remove("Patient", "max")));
  EXPECT_EQ(find("Patient", {{"gender", "male"}}), Ids{"zoe"});
  EXPECT_EQ(search("Patient", {{"_summary", "count"}})->total, 2U);
}

struct StoreSearchVisits : StoreSearch {
  static std::string observation(std::string_view id, std::string_view patient, std::string_view code,
                                 std::string_view effective) {
    return fmt::format(
        R"({{"resourceType":"Observation","id":"{}","status":"final","code":{{"coding":[{{"system":"http://loinc.org","code":"{}"}}]}},"subject":{{"reference":"Patient/{}"}},"valueQuantity":{{"value":{},"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}{}}})",
        id, code, patient, id.size() * 10.5,
        effective.empty() ? "" : fmt::format(R"(,"effectiveDateTime":"{}")", effective));
  }
  void SetUp() override {
    StoreTest::SetUp();
    add(observation("a", "p", "1", "2026-01-01T10:00:00Z"));
    add(observation("bb", "p", "2", "2026-01-02"));
    add(observation("ccc", "q", "1", "2026-01-03T10:00:00+02:00"));
    add(observation("dddd", "p", "1", ""));
    add(R"({"resourceType":"Observation","id":"e","status":"preliminary","code":{"text":"x"},"subject":{"reference":"Group/p"},"effectivePeriod":{"start":"2025-06-01","end":"2026-01-02"}})");
    add(R"({"resourceType":"Encounter","id":"v","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p"},"period":{"start":"2026-01-01T09:00:00Z","end":"2026-01-01T10:00:00Z"}})");
    add(R"({"resourceType":"Encounter","id":"open","status":"in-progress","class":{"code":"AMB"},"period":{"start":"2025-12-01T09:00:00Z"}})");
    add(R"({"resourceType":"ServiceRequest","id":"s","status":"active","intent":"order","subject":{"reference":"Patient/p"},"requester":{"display":"Dr W","identifier":{"system":"http://hl7.org/fhir/sid/us-npi","value":"77"}}})");
    add(R"({"resourceType":"Appointment","id":"ap","status":"booked","start":"2026-02-01T10:00:00-05:00","participant":[{"actor":{"reference":"Patient/p"},"status":"accepted"},{"actor":{"reference":"Practitioner/t"},"status":"accepted"}]})");
    add(R"({"resourceType":"QuestionnaireResponse","id":"r","status":"completed","questionnaire":"https://tripsis.org/fhir/Questionnaire/intake","authored":"2026-01-05","subject":{"reference":"Patient/p"}})");
    add(R"({"resourceType":"Practitioner","id":"t"})");
  }
};

TEST_F(StoreSearchVisits, patient_and_code) {
  EXPECT_EQ(sorted("Observation", {{"patient", "p"}, {"code", "1"}}), (Ids{"a", "dddd"}));
  EXPECT_EQ(sorted("Observation", {{"patient", "Patient/p"}, {"code", "http://loinc.org|1"}}),
            (Ids{"a", "dddd"}));
  EXPECT_EQ(sorted("Observation", {{"patient", "Patient/p"}, {"code", "http://other|1"}}), Ids{});
  EXPECT_EQ(sorted("Observation", {{"subject", "Patient/p,Patient/q"}, {"code", "1,2"}}),
            (Ids{"a", "bb", "ccc", "dddd"}));
  EXPECT_EQ(sorted("Observation", {{"subject", "p"}}), (Ids{"a", "bb", "dddd", "e"}));
  EXPECT_EQ(sorted("Observation", {{"subject:Group", "p"}}), Ids{"e"});
  EXPECT_EQ(sorted("Observation", {{"subject", "Group/p"}}), Ids{"e"});
  EXPECT_EQ(sorted("Observation", {{"patient", "Group/p"}}), Ids{});
  EXPECT_EQ(sorted("Observation", {{"patient:missing", "true"}}), Ids{"e"});
}

TEST_F(StoreSearchVisits, main_dates) {
  EXPECT_EQ(find("Observation", {{"_sort", "date"}}), (Ids{"e", "a", "bb", "ccc", "dddd"}));
  EXPECT_EQ(find("Observation", {{"_sort", "-date"}}), (Ids{"ccc", "bb", "a", "e", "dddd"}));
  EXPECT_EQ(find("Observation", {{"date", "2026-01-02"}}), (Ids{"bb"}));
  EXPECT_EQ(find("Observation", {{"date", "ge2026-01-02"}}), (Ids{"ccc", "bb"}));
  EXPECT_EQ(find("Observation", {{"date", "gt2026-01-01"}}), (Ids{"ccc", "bb", "e"}));
  EXPECT_EQ(find("Observation", {{"date", "gt2026-01-01"}, {"_sort", "date"}}), (Ids{"e", "bb", "ccc"}));
  EXPECT_EQ(find("Observation", {{"date", "lt2026-01-02"}}), (Ids{"a", "e"}));
  EXPECT_EQ(find("Observation", {{"date", "ge2026-01-01"}, {"date", "lt2026-01-03"}}),
            (Ids{"bb", "a", "e"}));
  EXPECT_EQ(find("Observation", {{"date", "2026-01-03T08:00:00Z"}}), Ids{"ccc"});
  EXPECT_EQ(find("Observation", {{"date", "2026"}}), (Ids{"ccc", "bb", "a"}));
  EXPECT_EQ(find("Observation", {{"date", "2026-01-01,2026-01-03"}}), (Ids{"ccc", "a"}));
  EXPECT_EQ(find("Observation", {{"date", "ne2026-01-03"}}), (Ids{"bb", "a", "e"}));
  EXPECT_EQ(find("Encounter", {{"date", "2026-01-01"}}), Ids{"v"});
  EXPECT_EQ(find("Encounter", {{"date", "gt2026-06-01"}}), Ids{"open"});
  EXPECT_EQ(find("Encounter", {{"date", "ap2026-01-01"}}), (Ids{"v", "open"}));
  EXPECT_EQ(find("Appointment", {{"date", "2026-02-01"}, {"actor", "Practitioner/t"}}), Ids{"ap"});
}

TEST_F(StoreSearchVisits, other_kinds) {
  EXPECT_EQ(find("Observation", {{"value-quantity", "21.0"}}), Ids{"bb"});
  EXPECT_EQ(sorted("Observation", {{"value-quantity", "gt21||mg"}}), (Ids{"ccc", "dddd"}));
  EXPECT_EQ(find("Observation", {{"value-quantity", "21.0|http://unitsofmeasure.org|mg"}}), Ids{"bb"});
  EXPECT_EQ(find("Observation", {{"value-quantity", "21.0|http://unitsofmeasure.org|kg"}}), Ids{});
  EXPECT_EQ(find("ServiceRequest", {{"requester:identifier", "http://hl7.org/fhir/sid/us-npi|77"}}),
            Ids{"s"});
  EXPECT_EQ(
      find("QuestionnaireResponse", {{"questionnaire", "https://tripsis.org/fhir/Questionnaire/intake"}}),
      Ids{"r"});
  EXPECT_EQ(find("Appointment", {{"practitioner", "t"}, {"status", "booked"}}), Ids{"ap"});
  EXPECT_EQ(find("Appointment", {{"practitioner", "p"}}), Ids{});
  EXPECT_EQ(find("Encounter", {{"status:not", "finished"}}), Ids{"open"});
}

TEST_F(StoreSearchVisits, one_patients_compartment) {
  AccessFilter const only_p{.patients = Ids{"p"}};
  EXPECT_EQ(find("Observation", {}, only_p), (Ids{"dddd", "bb", "a"}));
  EXPECT_EQ(find("Observation", {{"code", "1"}}, only_p).size(), 2U);
  EXPECT_EQ(find("Observation", {{"patient", "q"}}, only_p), Ids{});
  EXPECT_EQ(find("Appointment", {}, only_p), Ids{"ap"});
  EXPECT_EQ(find("Practitioner", {}, only_p), Ids{});
  EXPECT_EQ(search("Observation", {{"_summary", "count"}}, only_p)->total, 3U);
  store->read(only_p, [](ReadTx& tx) {
    EXPECT_TRUE(tx.read({"Observation", "a"}));
    EXPECT_EQ(tx.read({"Observation", "ccc"}).error().fault, Fault::NotFound);
    EXPECT_EQ(tx.vread({"Observation", "ccc"}, 1).error().fault, Fault::NotFound);
    EXPECT_EQ(tx.history({"Observation", "ccc"}, 1).error().fault, Fault::NotFound);
    EXPECT_EQ(tx.read({"Practitioner", "t"}).error().fault, Fault::NotFound);
  });
  // Moved to another patient: what p's version said is still nobody else's to see.
  add(observation("a", "q", "1", "2026-01-01"));
  store->read({.patients = Ids{"q"}}, [](ReadTx& tx) {
    EXPECT_TRUE(tx.read({"Observation", "a"}));
    EXPECT_EQ(tx.vread({"Observation", "a"}, 1).error().fault, Fault::NotFound);
    EXPECT_EQ(tx.history({"Observation", "a"}, 10)->size(), 1U);
  });
}

TEST_F(StoreSearchVisits, one_state_for_all_that_a_reader_asks) {
  auto const query = *parse_query("Observation", {{"code", "1"}}, Unknown::Refuse);
  store->read({}, [&](ReadTx& tx) {
    EXPECT_TRUE(tx.read({"Observation", "a"}));
    ASSERT_TRUE(write(remove("Observation", "a")));
    add(observation("new", "p", "1", "2026-05-05"));
    std::this_thread::sleep_for(std::chrono::milliseconds{50}); // the index is ahead of this reader now
    EXPECT_EQ(ids(tx.search(query)), (Ids{"dddd", "ccc", "a"}));
    EXPECT_EQ(ids(tx.search(query)), (Ids{"dddd", "ccc", "a"}));
    EXPECT_EQ(tx.read({"Observation", "new"}).error().fault, Fault::NotFound);
  });
  EXPECT_EQ(find("Observation", {{"code", "1"}}), (Ids{"dddd", "new", "ccc"}));
}

TEST_F(StoreSearchVisits, pages_follow_each_other) {
  for (int i = 0; i < 57; ++i)
    add(observation(fmt::format("n{}", i), "p", "9", fmt::format("2026-03-{:02}", 1 + i % 20)));
  for (auto const* sort : {"date", "-date", "_id", "-_lastUpdated", "value-quantity", ""}) {
    std::vector<std::pair<std::string, std::string>> parameters{{"patient", "p"}};
    if (*sort != '\0')
      parameters.emplace_back("_sort", sort);
    parameters.emplace_back("_count", "1000");
    auto const whole = find("Observation", parameters);
    EXPECT_EQ(whole.size(), 60U);
    parameters.back().second = "7";
    Ids pages;
    std::string cursor;
    do {
      auto with = parameters;
      if (!cursor.empty())
        with.emplace_back("_cursor", cursor);
      auto const page = search("Observation", with);
      ASSERT_TRUE(page);
      std::ranges::move(ids(page), std::back_inserter(pages));
      cursor = page->next;
    } while (!cursor.empty());
    EXPECT_EQ(pages, whole) << sort;
  }
}

TEST_F(StoreSearchVisits, a_cursor_is_of_its_search_alone) {
  auto const page = search("Observation", {{"patient", "p"}, {"_count", "1"}});
  ASSERT_FALSE(page->next.empty());
  EXPECT_EQ(search("Observation", {{"patient", "q"}, {"_cursor", page->next}}).error().fault, Fault::Value);
  auto forged = page->next;
  forged[40] = forged[40] == 'A' ? 'B' : 'A';
  EXPECT_EQ(search("Observation", {{"patient", "p"}, {"_cursor", forged}}).error().fault, Fault::Value);
  EXPECT_TRUE(search("Observation", {{"patient", "p"}, {"_cursor", page->next}}));
}

TEST_F(StoreSearchVisits, an_index_that_is_gone_or_of_another_zone_is_made_again) {
  store.reset();
  for (auto const* name : {"/index.db", "/index.db-wal", "/index.db-shm"})
    std::filesystem::remove(folder + name);
  open();
  EXPECT_EQ(find("Observation", {{"date", "ge2026-01-02"}}), (Ids{"ccc", "bb"}));
  store.reset();
  store = open_sqlite(folder, {}, *TimeZone::find("America/New_York"));
  EXPECT_EQ(find("Observation", {{"date", "2026-01-02"}}), Ids{"bb"});
  EXPECT_EQ(find("Observation", {{"date", "2026-01-02T06:00:00Z"}}), Ids{});
  EXPECT_EQ(find("Observation", {{"date", "lt2026-01-02T05:00:00Z"}}), (Ids{"a", "e"}));
}

struct StoreCheck : StoreSearchVisits {
  void change(std::string file, std::string sql) {
    store.reset();
    sqlite::Database{folder + "/" + file, sqlite::OpenMode::ReadWrite}.execute(sql);
    open();
  }
};

TEST_F(StoreCheck, finds_nothing_where_all_is_well) {
  add(observation("a", "q", "7", "2027-01-01"));
  ASSERT_TRUE(write(remove("Observation", "bb")));
  auto const check = store->check();
  EXPECT_EQ(check.problems, Ids{});
  EXPECT_EQ(check.resources, 10U);
  EXPECT_EQ(check.versions, 13U);
  EXPECT_GT(check.index_rows, 60U);
}

TEST_F(StoreCheck, finds_what_the_index_lacks_and_has_too_much) {
  change("index.db", "DELETE FROM tok WHERE r = 1; INSERT INTO ref (p, t, w, r) VALUES (1, 2, 3, 4)");
  EXPECT_GE(store->check().problems.size(), 2U);
}

TEST_F(StoreCheck, finds_what_the_truth_has_lost) {
  change("tripsis.db", "UPDATE res SET body = x'0041' WHERE rid = 2");
  EXPECT_FALSE(store->check().problems.empty());
  change("tripsis.db", "DELETE FROM log WHERE seq = 3");
  EXPECT_GE(store->check().problems.size(), 3U);
}

// --- Rules that search
// ---------------------------------------------------------------------------------------------------------

Result<> no_double_booking(RuleTx& tx, Change const&, json::Value const*, json::Value const* after) {
  if (after == nullptr || after->text("status") != "booked")
    return {};
  auto const query = TRY(parse_query("Appointment",
                                     {{"practitioner", "Practitioner/t"},
                                      {"date", std::string{after->text("start")}},
                                      {"status", "booked"}},
                                     Unknown::Refuse));
  auto const found = TRY(tx.search(query));
  if (found.size() > 1)
    return fail(Fault::Conflict, "taken");
  return {};
}

TEST_F(StoreSearchVisits, a_rule_searches_what_is_committed_and_its_own_unit) {
  open({{"no double booking", [](Change const& c) { return c.key.type == "Appointment"; },
         no_double_booking}});
  auto const book = [](std::string id, std::string status = "booked",
                       std::string start = "2026-02-01T10:00:00-05:00") {
    return put(fmt::format(
        R"({{"resourceType":"Appointment","id":"{}","status":"{}","start":"{}","participant":[{{"actor":{{"reference":"Practitioner/t"}},"status":"accepted"}}]}})",
        id, status, start));
  };
  EXPECT_EQ(write(book("x")).error().fault, Fault::Conflict);
  ASSERT_TRUE(
      write(book("x"), book("ap", "booked", "2026-02-01T11:00:00-05:00"))); // moved away in the same unit
  EXPECT_EQ(write(book("y", "booked", "2026-02-03T10:00:00Z"), book("z", "booked", "2026-02-03T10:00:00Z"))
                .error()
                .fault,
            Fault::Conflict);
  ASSERT_TRUE(write(book("x", "cancelled")));
  std::atomic<int> won = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&, i] { won += write(book(fmt::format("race{}", i))) ? 1 : 0; });
  }
  EXPECT_EQ(won, 1);
}

TEST_F(StoreSearchVisits, a_search_after_an_acknowledged_write_sees_it) {
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) {
        auto const code = fmt::format("c{}-{}", t, i % 10);
        auto const before = search("Observation", {{"code", code}, {"_summary", "count"}})->total.value();
        ASSERT_TRUE(write(put(observation(fmt::format("t{}-{}", t, i), "p", code, "2026-01-01"))));
        EXPECT_EQ(search("Observation", {{"code", code}, {"_summary", "count"}})->total, before + 1);
      }
    });
}

} // namespace
} // namespace tripsis::store
