// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The truth: versions, preconditions, units, rules, seals, imports, and what is there after closing and
// opening again.
#include "store_fixture.hh"

#include <fstream>
#include <thread>

namespace tripsis::store {
namespace {

constexpr auto patient =
    R"({"resourceType":"Patient","id":"a","meta":{"versionId":"77","lastUpdated":"1999-01-01T00:00:00Z","profile":["http://p"]},"active":true,"multipleBirthInteger":2})";

using StoreWrite = StoreTest;

TEST_F(StoreWrite, gives_back_what_was_written_with_version_and_time) {
  auto const written = write(put(patient));
  ASSERT_TRUE(written);
  EXPECT_EQ(written->front().effect, Effect::Created);
  EXPECT_EQ(written->front().version.version, 1U);
  auto const version = read("Patient", "a");
  ASSERT_TRUE(version);
  EXPECT_EQ(
      version->json,
      R"({"resourceType":"Patient","id":"a","meta":{"versionId":"1","lastUpdated":"2026-11-18T11:06:40.000Z","profile":["http://p"]},"active":true,"multipleBirthInteger":2})");
  EXPECT_EQ(version->json, written->front().version.json);
}

TEST_F(StoreWrite, keeps_members_order_and_numbers_spelling) {
  ASSERT_TRUE(write(
      put(R"({"id":"q","valueQuantity":{"value":2.10},"resourceType":"Observation","status":"final"})")));
  EXPECT_EQ(
      read("Observation", "q")->json,
      R"({"resourceType":"Observation","id":"q","meta":{"versionId":"1","lastUpdated":"2026-11-18T11:06:40.000Z"},"valueQuantity":{"value":2.10},"status":"final"})");
}

TEST_F(StoreWrite, keeps_every_version) {
  ASSERT_TRUE(write(put(R"({"resourceType":"Patient","id":"a","active":true})")));
  ASSERT_TRUE(write(put(R"({"resourceType":"Patient","id":"a","active":false})")));
  ASSERT_TRUE(write(remove("Patient", "a")));
  EXPECT_EQ(read("Patient", "a").error().fault, Fault::Deleted);
  auto const again = write(put(R"({"resourceType":"Patient","id":"a"})"));
  EXPECT_EQ(again->front().effect, Effect::Created);
  EXPECT_EQ(again->front().version.version, 4U);
  store->read({}, [](ReadTx& tx) {
    auto const all = tx.history({"Patient", "a"}, 100);
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 4U);
    EXPECT_EQ((*all)[0].version, 4U);
    EXPECT_EQ((*all)[1].method, Method::Delete);
    EXPECT_TRUE((*all)[1].json.empty());
    EXPECT_TRUE((*all)[3].json.contains("true"));
    EXPECT_GT((*all)[0].updated, (*all)[1].updated); // in one millisecond, and still in order
    EXPECT_EQ(tx.history({"Patient", "a"}, 2)->size(), 2U);
    EXPECT_TRUE(tx.vread({"Patient", "a"}, 2)->json.contains("false"));
    EXPECT_EQ(tx.vread({"Patient", "a"}, 3).error().fault, Fault::Deleted);
    EXPECT_EQ(tx.vread({"Patient", "a"}, 5).error().fault, Fault::NotFound);
    EXPECT_EQ(tx.history({"Patient", "b"}, 2).error().fault, Fault::NotFound);
    EXPECT_EQ(tx.read({"Nothing", "b"}).error().fault, Fault::NotFound);
  });
}

TEST_F(StoreWrite, preconditions) {
  auto change = put(patient);
  change.if_match = 1;
  EXPECT_EQ(write(change).error().fault, Fault::Precondition);
  change.if_match.reset();
  change.must_be_new = true;
  ASSERT_TRUE(write(change));
  EXPECT_EQ(write(change).error().fault, Fault::Conflict);
  change.must_be_new = false;
  change.if_match = 1;
  EXPECT_EQ(write(change)->front().effect, Effect::Updated);
  EXPECT_EQ(write(change).error().fault, Fault::Precondition);
  auto gone = remove("Patient", "a");
  gone.if_match = 1;
  EXPECT_EQ(write(gone).error().fault, Fault::Precondition);
  gone.if_match = 2;
  EXPECT_EQ(write(gone)->front().effect, Effect::Deleted);
  EXPECT_EQ(write(gone).error().fault, Fault::Precondition);
  gone.if_match.reset();
  auto const twice = write(gone);
  EXPECT_EQ(twice->front().effect, Effect::Unchanged);
  EXPECT_EQ(twice->front().version.version, 3U);
  EXPECT_EQ(write(remove("Patient", "never"))->front().version.version, 0U);
}

TEST_F(StoreWrite, a_unit_happens_whole_or_not_at_all) {
  auto stale = put(R"({"resourceType":"Patient","id":"b"})");
  stale.if_match = 9;
  auto const refused = write(put(patient), stale);
  EXPECT_EQ(refused.error().fault, Fault::Precondition);
  EXPECT_TRUE(refused.error().where.starts_with("[1] ")) << refused.error().where;
  EXPECT_EQ(read("Patient", "a").error().fault, Fault::NotFound);
  EXPECT_TRUE(store->type_counts().empty());
  ASSERT_TRUE(write(put(patient), put(R"({"resourceType":"Patient","id":"b"})")));
  EXPECT_EQ(store->type_counts(), (std::vector<std::pair<std::string, std::uint64_t>>{{"Patient", 2}}));
}

TEST_F(StoreWrite, each_unit_for_itself) {
  auto stale = put(R"({"resourceType":"Patient","id":"b"})");
  stale.if_match = 9;
  auto const results = store->write_each(
      {{.changes = {put(patient)}, .now = at(now)},
       {.changes = {put(R"({"resourceType":"Patient","id":"x"})"), stale}, .now = at(now)},
       {.changes = {put(R"({"resourceType":"Patient","id":"c"})")}, .now = at(now)}});
  ASSERT_EQ(results.size(), 3U);
  EXPECT_TRUE(results[0]);
  EXPECT_FALSE(results[1]);
  EXPECT_TRUE(results[2]);
  EXPECT_TRUE(read("Patient", "c"));
  EXPECT_FALSE(read("Patient", "x"));
}

TEST_F(StoreWrite, time_never_goes_back) {
  ASSERT_TRUE(write(put(patient)));
  now -= 60'000;
  auto const later = write(put(R"({"resourceType":"Patient","id":"b"})"));
  EXPECT_EQ(later->front().version.updated, at(noon));
  open();
  EXPECT_EQ(write(put(R"({"resourceType":"Patient","id":"c"})"))->front().version.updated, at(noon));
}

TEST_F(StoreWrite, an_import_keeps_version_and_time_and_changes_nothing_twice) {
  auto change = put(patient);
  change.import_version = 7;
  change.import_updated = at(1'000);
  EXPECT_EQ(write_import(change)->front().effect, Effect::Created);
  EXPECT_EQ(read("Patient", "a")->version, 7U);
  EXPECT_TRUE(
      read("Patient", "a")->json.contains(R"("versionId":"7","lastUpdated":"1970-01-01T00:00:01.000Z")"));
  EXPECT_EQ(write_import(change)->front().effect, Effect::Unchanged);
  change.import_updated.reset();
  EXPECT_EQ(write_import(change)->front().effect, Effect::Unchanged);
  change.import_version = 9;
  change.import_updated = at(2'000);
  EXPECT_EQ(write_import(change)->front().effect, Effect::Updated);
  EXPECT_EQ(read("Patient", "a")->version, 9U);
  EXPECT_EQ(write(put(R"({"resourceType":"Patient","id":"b"})"))->front().version.updated, at(noon));
}

TEST_F(StoreWrite, opens_again_with_everything) {
  ASSERT_TRUE(write(put(patient)));
  ASSERT_TRUE(write(
      put(R"({"resourceType":"Patient","id":"0190163d-8694-739b-aea5-966c26f8ad90","gender":"other"})")));
  open();
  EXPECT_TRUE(read("Patient", "a")->json.contains("multipleBirthInteger"));
  EXPECT_TRUE(read("Patient", "0190163d-8694-739b-aea5-966c26f8ad90")->json.contains("other"));
  EXPECT_EQ(read("Patient", "0190163D-8694-739b-aea5-966c26f8ad90").error().fault, Fault::NotFound);
  EXPECT_EQ(write(put(patient))->front().version.version, 2U);
}

TEST_F(StoreWrite, one_process_a_folder) {
  EXPECT_THROW({ auto other = open_sqlite(folder, {}); }, std::runtime_error);
}

TEST_F(StoreWrite, a_unit_of_a_type_that_does_not_exist_is_refused) {
  EXPECT_EQ(write(put(R"({"resourceType":"Patience","id":"a"})")).error().fault, Fault::NotSupported);
}

TEST_F(StoreWrite, for_each_gives_all_that_is_present) {
  ASSERT_TRUE(write(put(patient), put(R"({"resourceType":"Group","id":"g"})")));
  ASSERT_TRUE(write(remove("Group", "g")));
  std::vector<std::string> seen;
  ASSERT_TRUE(store->for_each([&](Version const& version) -> Result<> {
    seen.push_back(version.key.reference());
    return {};
  }));
  EXPECT_EQ(seen, std::vector<std::string>{"Patient/a"});
  auto const stopped =
      store->for_each([](Version const&) -> Result<> { return fail(Fault::Value, "enough"); });
  EXPECT_EQ(stopped.error().what, "enough");
}

TEST_F(StoreWrite, a_dictionary_is_trained_and_everything_stays_readable) {
  auto const body = [](int i) {
    return fmt::format(
        R"({{"resourceType":"Observation","id":"o{}","status":"final","code":{{"coding":[{{"system":"http://loinc.org","code":"72514-3","display":"Pain severity - 0-10 verbal numeric rating [Score] - Reported"}}]}},"subject":{{"reference":"Patient/p{}"}},"valueInteger":{}}})",
        i, i % 50, i % 11);
  };
  std::vector<Changes> units;
  for (int i = 0; i < 2'500; ++i)
    units.push_back({.changes = {put(body(i))}, .now = at(now)});
  store->write_each(units);
  // The training ends some time; the write after that makes the dictionary durable, and the next ones use
  // it.
  auto const has_dictionary = [&] {
    std::ifstream file{folder + "/tripsis.db-wal", std::ios::binary};
    return std::string{std::istreambuf_iterator<char>{file}, {}}.contains("dictionary:2");
  };
  for (int round = 0; round < 200 && !has_dictionary(); ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    ASSERT_TRUE(write(put(patient)));
  }
  ASSERT_TRUE(has_dictionary());
  ASSERT_TRUE(write(put(body(9'999))));
  open();
  EXPECT_TRUE(read("Observation", "o9999")->json.contains("Patient/p49"));
  EXPECT_TRUE(read("Observation", "o77")->json.contains("Patient/p27"));
}

// --- Rules
// ---------------------------------------------------------------------------------------------------------------------

bool concerns_groups(Change const& change) {
  return change.key.type == "Group";
}

/// No two active Groups with the names x and y: the unit's other changes count, earlier and later ones.
Result<> not_both(RuleTx& tx, Change const&, json::Value const*, json::Value const* after) {
  if (after == nullptr)
    return {};
  auto const x = tx.read({"Group", "x"});
  auto const y = tx.read({"Group", "y"});
  if (x && y && x->text("name") == "on" && y->text("name") == "on")
    return fail(Fault::Conflict, "both are on");
  return {};
}

Result<> seal_when_final(RuleTx& tx, Change const& change, json::Value const* before,
                         json::Value const* after) {
  if (before != nullptr && after != nullptr && before->text("name") == "on" &&
      after->text("name") == "final") {
    EXPECT_FALSE(tx.is_sealed(change.key));
    tx.seal(change.key);
    EXPECT_TRUE(tx.is_sealed(change.key));
  }
  return {};
}

struct StoreRules : StoreTest {
  void SetUp() override {
    StoreTest::SetUp();
    open({{"not both", concerns_groups, not_both}, {"seal", concerns_groups, seal_when_final}});
  }
  static Change group(std::string id, std::string name) {
    return put(fmt::format(R"({{"resourceType":"Group","id":"{}","name":"{}"}})", id, name));
  }
};

TEST_F(StoreRules, judge_the_unit_as_a_whole) {
  ASSERT_TRUE(write(group("x", "on")));
  auto const refused = write(group("y", "on"));
  EXPECT_EQ(refused.error().what, "both are on");
  EXPECT_EQ(refused.error().where, "");
  EXPECT_FALSE(read("Group", "y"));
  ASSERT_TRUE(write(group("y", "on"), group("x", "off")));
  EXPECT_EQ(write(group("z", "on"), group("x", "on")).error().where, "[0] ");
  EXPECT_FALSE(read("Group", "z"));
  EXPECT_EQ(read("Group", "x")->version, 2U);
}

TEST_F(StoreRules, what_is_sealed_stays_for_every_origin) {
  ASSERT_TRUE(write(group("s", "on")));
  ASSERT_TRUE(write(group("s", "final")));
  EXPECT_EQ(write(group("s", "off")).error().fault, Fault::BusinessRule);
  EXPECT_EQ(write(remove("Group", "s")).error().fault, Fault::BusinessRule);
  auto imported = group("s", "off");
  imported.import_updated = at(noon + 1'000'000);
  EXPECT_EQ(write_import(imported).error().fault, Fault::BusinessRule);
  imported.import_updated = at(1);
  EXPECT_EQ(write_import(imported)->front().effect, Effect::Unchanged);
  open();
  EXPECT_EQ(write(group("s", "off")).error().fault, Fault::BusinessRule);
}

TEST_F(StoreRules, many_writers_at_once_and_one_wins) {
  std::atomic<int> won = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&, i] {
        for (int n = 0; n < 50; ++n)
          EXPECT_TRUE(write(put(fmt::format(R"({{"resourceType":"Patient","id":"t{}-{}"}})", i, n))));
        won += write(group(i % 2 == 0 ? "x" : "y", "on")) ? 1 : 0;
      });
  }
  EXPECT_EQ(won, 4); // all of one kind: they name the same resource
  EXPECT_NE(read("Group", "x").has_value(), read("Group", "y").has_value());
  EXPECT_EQ(store->type_counts().back().second, 400U);
}

} // namespace
} // namespace tripsis::store
