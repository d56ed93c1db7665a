// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/drafts.hh"

#include "store/migrate/migrate.hh"

#include <array>

namespace tripsis::store {
namespace {

constexpr std::array<std::string_view, 1> steps{R"sql(
CREATE TABLE draft(
  username TEXT NOT NULL, key TEXT NOT NULL, updated INT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY(username, key)) WITHOUT ROWID;
)sql"};

} // namespace

Drafts::Drafts(std::string const& file) : database_{file, sqlite::OpenMode::Create} {
  database_.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
  migrate::migrate(database_, steps, "drafts.db");
}

std::vector<Draft> Drafts::list(std::string_view username) {
  std::lock_guard const lock{mutex_};
  std::vector<Draft> drafts;
  auto rows = database_.query(
      "SELECT key, updated, title FROM draft WHERE username = ?1 ORDER BY updated DESC, key", username);
  while (rows.next())
    drafts.push_back({std::string{rows.text(0)}, Instant{std::chrono::milliseconds{rows.integer(1)}},
                      std::string{rows.text(2)}});
  return drafts;
}

std::optional<std::string> Drafts::find(std::string_view username, std::string_view key) {
  std::lock_guard const lock{mutex_};
  auto rows = database_.query("SELECT body FROM draft WHERE username = ?1 AND key = ?2", username, key);
  return rows.next() ? std::optional{std::string{rows.text(0)}} : std::nullopt;
}

void Drafts::put(std::string_view username, Draft const& draft, std::string_view body) {
  std::lock_guard const lock{mutex_};
  database_.run(
      "INSERT OR REPLACE INTO draft(username, key, updated, title, body) VALUES(?1, ?2, ?3, ?4, ?5)",
      username, draft.key, draft.updated.time_since_epoch().count(), draft.title, body);
}

void Drafts::erase(std::string_view username, std::string_view key) {
  std::lock_guard const lock{mutex_};
  database_.run("DELETE FROM draft WHERE username = ?1 AND key = ?2", username, key);
}

} // namespace tripsis::store
