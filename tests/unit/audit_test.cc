// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/audit.hh"
#include "base/json/parse.hh"
#include "support/temporary_folder.hh"

#include <fstream>
#include <iterator>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::auth {
namespace {

AuditRow row(std::string_view id) {
  return {.time = Instant{std::chrono::milliseconds{1'795'000'000'123}},
          .request_id = "r",
          .who = "anna",
          .role = "owner",
          .peer = "192.0.2.1",
          .method = "GET",
          .interaction = "read",
          .type = "Patient",
          .id = id,
          .status = 200};
}

class Audit : public testing::Test {
protected:
  std::string read() const {
    std::ifstream in{file_, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
  void write(std::string const& text) const {
    std::ofstream out{file_, std::ios::binary};
    out << text;
  }

  test::TemporaryFolder folder_;
  std::string file_ = folder_.path() + "/audit.log";
};

TEST_F(Audit, what_is_no_log_is_left_as_it_is) {
  for (std::string const& text :
       {std::string{"garbage"}, std::string(4, '\0'), std::string{"{\"other\":1}"}}) {
    write(text);
    EXPECT_THROW(AuditLog{file_}, std::runtime_error) << text;
    EXPECT_EQ(read(), text);
  }
  write(R"({"seq":1,"ti)"); // the first row, torn by a crash
  EXPECT_NO_THROW(AuditLog{file_});
  EXPECT_EQ(read(), "");
}

TEST_F(Audit, rows_are_json_and_chained_over_restarts) {
  for (int run = 0; run < 3; ++run) {
    AuditLog log{file_};
    log.append(row("a"), Durability::Soon);
    log.append(row("b \"quoted\""), Durability::Now);
  }
  EXPECT_EQ(AuditLog::verify(file_).value_or(0), 6U);
  std::ifstream in{file_};
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  auto const value = json::parse(line);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->text("who"), "anna");
  EXPECT_EQ(value->text("time"), "2026-11-18T11:06:40.123Z");
  EXPECT_EQ(value->text("id"), "a");
  EXPECT_EQ(value->text("prev"), std::string(64, '0'));
}

TEST_F(Audit, a_change_anywhere_shows) {
  {
    AuditLog log{file_};
    for (int i = 0; i < 5; ++i)
      log.append(row(fmt::format("p{}", i)), Durability::Soon);
  }
  auto const whole = read();
  for (std::size_t i = 0; i < whole.size(); i += 7) {
    auto changed = whole;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    write(changed);
    EXPECT_FALSE(AuditLog::verify(file_)) << i;
  }
  auto const second = whole.find('\n') + 1;
  auto const third = whole.find('\n', second) + 1;
  write(whole.substr(0, second) + whole.substr(third)); // one line taken out
  EXPECT_FALSE(AuditLog::verify(file_));
  write(whole.substr(second)); // the first lines taken out
  EXPECT_FALSE(AuditLog::verify(file_));
}

TEST_F(Audit, an_unfinished_last_line_is_cut_off) {
  {
    AuditLog log{file_};
    log.append(row("a"), Durability::Now);
    log.append(row("b"), Durability::Now);
  }
  auto const whole = read();
  for (auto const cut : {whole.size() - 1, whole.size() - 40, whole.find('\n') + 2}) {
    write(whole.substr(0, cut));
    {
      AuditLog log{file_};
      log.append(row("c"), Durability::Now);
    }
    EXPECT_EQ(AuditLog::verify(file_).value_or(0), 2U) << cut;
    EXPECT_TRUE(read().contains(R"("id":"c")"));
  }
}

TEST_F(Audit, a_long_last_line_is_found_again) {
  auto long_row = row("a");
  for (int i = 0; i < 5000; ++i)
    long_row.entries.push_back(fmt::format("create Observation/01a208eb-c980-7ac0-8d01-b551{:08}", i));
  for (int run = 0; run < 2; ++run) {
    AuditLog log{file_};
    log.append(long_row, Durability::Now);
  }
  EXPECT_EQ(AuditLog::verify(file_).value_or(0), 2U);
}

TEST_F(Audit, many_threads_share_one_chain) {
  {
    AuditLog log{file_};
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t)
      threads.emplace_back([&log, t] {
        for (int i = 0; i < 50; ++i)
          log.append(row("x"), t % 2 == 0 ? Durability::Now : Durability::Soon);
      });
  }
  EXPECT_EQ(AuditLog::verify(file_).value_or(0), 400U);
}

TEST_F(Audit, a_file_that_is_no_log_is_not_written_to) {
  write("something else\n");
  EXPECT_THROW(AuditLog{file_}, std::runtime_error);
  EXPECT_EQ(read(), "something else\n");
}

} // namespace
} // namespace tripsis::auth
