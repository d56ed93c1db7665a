// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/accounts_file.hh"

#include "store/migrate/migrate.hh"

#include <algorithm>
#include <array>
#include <string_view>

namespace tripsis::auth {
namespace {

/// The first step also meets the files of the time when they had no version.
constexpr std::array<std::string_view, 2> steps{
    R"sql(
CREATE TABLE IF NOT EXISTS account(
  username TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, practitioner TEXT NOT NULL,
  password TEXT NOT NULL, disabled INT NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session(
  secret BLOB PRIMARY KEY, username TEXT NOT NULL REFERENCES account(username),
  opened INT NOT NULL, used INT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_of ON session(username);
)sql",
    R"sql(
ALTER TABLE account ADD COLUMN patient TEXT NOT NULL DEFAULT '';
CREATE TABLE patient_session(
  secret BLOB PRIMARY KEY, patient TEXT NOT NULL, scope TEXT NOT NULL, forms TEXT NOT NULL,
  expires INT NOT NULL) WITHOUT ROWID;
CREATE TABLE link(
  key BLOB PRIMARY KEY, patient TEXT NOT NULL, kind TEXT NOT NULL, forms TEXT NOT NULL, made INT NOT NULL,
  expires INT NOT NULL, misses INT NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX link_of ON link(patient);
)sql"};

} // namespace

// synchronous=FULL: a disabled account stays disabled after a power cut.
void prepare_accounts(store::sqlite::Database& database) {
  database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
  store::migrate::migrate(database, steps, "accounts.db");
}

std::int64_t to_seconds(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

Instant from_seconds(std::int64_t seconds) {
  return Instant{std::chrono::seconds{seconds}};
}

std::string join_words(std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words)
    text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    auto const end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

} // namespace tripsis::auth
