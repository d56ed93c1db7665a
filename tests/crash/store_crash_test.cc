// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Kill −9 under load: a child process writes with eight threads and tells through a pipe what was
// acknowledged; it is killed at a random moment; then the store is opened again. Every acknowledged change
// must be there, no unit by halves, and the check clean.
#include "base/json/parse.hh"
#include "store/store.hh"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

namespace tripsis::store {
namespace {

constexpr int writers = 8;

/// What a writer reports: the number of its last unit that was acknowledged. Small enough for an atomic
/// write to the pipe.
struct Acknowledged {
  std::int32_t writer, unit;
};

Instant now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Change put(std::string const& type, std::string const& id, std::string const& content) {
  auto resource = json::parse(fmt::format(R"({{"resourceType":"{}","id":"{}",{}}})", type, id, content));
  return {.method = Method::Update, .key = {type, id}, .resource = *std::move(resource)};
}

/// Every unit: an Observation of its own, one that each unit of the writer overwrites, and each third time
/// a deletion of the one before.
Changes unit_of(int round, int writer, int unit) {
  auto const own = [&](int n) { return fmt::format("r{}-w{}-u{}", round, writer, n); };
  auto const content = fmt::format(
      R"("status":"final","code":{{"coding":[{{"system":"urn:c","code":"c{}"}}]}},"subject":{{"reference":"Patient/p{}"}},"valueInteger":{})",
      unit % 7, writer, unit);
  Changes changes{.now = now()};
  changes.changes.push_back(put("Observation", own(unit), content));
  changes.changes.push_back(put("Observation", fmt::format("r{}-w{}-counter", round, writer), content));
  if (unit % 3 == 2)
    changes.changes.push_back({.method = Method::Delete, .key = {"Observation", own(unit - 1)}});
  return changes;
}

[[noreturn]] void write_until_killed(std::string const& folder, int round, int out) {
  auto const store = open_sqlite(folder, {});
  std::vector<std::jthread> threads;
  for (int writer = 0; writer < writers; ++writer)
    threads.emplace_back([&, writer] {
      for (int unit = 0;; ++unit) {
        if (!store->write(unit_of(round, writer, unit)))
          continue; // the queue was full: nothing was acknowledged
        Acknowledged const acknowledged{writer, unit};
        if (::write(out, &acknowledged, sizeof acknowledged) != sizeof acknowledged)
          std::_Exit(2);
      }
    });
  threads.front().join();
  std::_Exit(3);
}

/// Lets a child write for some milliseconds, kills it, and returns the last acknowledged unit of each
/// writer.
std::map<int, int> run_and_kill(std::string const& folder, int round, std::chrono::milliseconds life) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0)
    throw std::runtime_error{"no pipe"};
  auto const child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_until_killed(folder, round, ends[1]);
  }
  ::close(ends[1]);
  std::map<int, int> last;
  std::jthread const killer{[&] {
    std::this_thread::sleep_for(life);
    ::kill(child, SIGKILL);
  }};
  Acknowledged acknowledged{};
  while (::read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged)
    last[acknowledged.writer] = acknowledged.unit;
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writing process ended by itself, with " << status;
  return last;
}

void verify_writer(ReadTx& tx, int round, int writer, int last) {
  auto const present = [&](int unit) {
    return tx.read({"Observation", fmt::format("r{}-w{}-u{}", round, writer, unit)});
  };
  auto const counter = tx.read({"Observation", fmt::format("r{}-w{}-counter", round, writer)});
  ASSERT_TRUE(counter);
  // The unit after the last acknowledged one may have happened, but then whole: the counter tells how far
  // it went.
  auto const written = static_cast<int>(counter->version) - 1;
  EXPECT_GE(written, last);
  EXPECT_LE(written, last + 1);
  EXPECT_TRUE(counter->json.contains(fmt::format("\"valueInteger\":{}}}", written)));
  EXPECT_FALSE(present(written + 1));
  for (int unit = 0; unit <= written; ++unit) {
    bool const deleted = unit % 3 == 1 && unit + 1 <= written;
    auto const found = present(unit);
    if (deleted)
      EXPECT_EQ(found ? Fault::Value : found.error().fault, Fault::Deleted) << "unit " << unit;
    else
      EXPECT_TRUE(found) << "unit " << unit;
  }
  auto const query = parse_query("Observation",
                                 {{"patient", fmt::format("p{}", writer)},
                                  {"_id", fmt::format("r{}-w{}-counter", round, writer)},
                                  {"code", fmt::format("c{}", written % 7)}},
                                 Unknown::Refuse);
  auto const page = tx.search(*query);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->matches.size(), 1U);
}

TEST(StoreCrash, nothing_acknowledged_is_lost_and_no_unit_is_half_done) {
  auto const* wanted = std::getenv("TRIPSIS_CRASH_ROUNDS");
  int const rounds = wanted != nullptr ? std::atoi(wanted) : 20;
  auto const folder =
      (std::filesystem::temp_directory_path() / fmt::format("tripsis-crash-{}", ::getpid())).string();
  std::filesystem::remove_all(folder);
  std::mt19937 random{std::random_device{}()};
  std::uint64_t units = 0;
  for (int round = 0; round < rounds; ++round) {
    auto const life = std::chrono::milliseconds{std::uniform_int_distribution{50, 600}(random)};
    auto const last = run_and_kill(folder, round, life);
    auto const store = open_sqlite(folder, {});
    for (auto const& [writer, unit] : last) {
      units += static_cast<std::uint64_t>(unit) + 1;
      store->read({}, [&](ReadTx& tx) { verify_writer(tx, round, writer, unit); });
    }
    auto const check = store->check();
    for (auto const& problem : check.problems)
      ADD_FAILURE() << problem;
    ASSERT_FALSE(HasFailure()) << "in round " << round;
  }
  RecordProperty("acknowledged_units", std::to_string(units));
  fmt::print("{} rounds, {} acknowledged units\n", rounds, units);
  std::filesystem::remove_all(folder);
}

} // namespace
} // namespace tripsis::store
