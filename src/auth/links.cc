// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/links.hh"

#include "auth/accounts_file.hh"
#include "auth/secret.hh"

#include <algorithm>
#include <array>

namespace tripsis::auth {
namespace {

using store::sqlite::Blob;

constexpr std::array<std::string_view, 3> kind_names{"invitation", "requested", "forms"};

std::string_view name_of(LinkKind kind) {
  return kind_names.at(static_cast<std::size_t>(kind));
}

LinkKind kind_named(std::string_view name) {
  auto const found = std::ranges::find(kind_names, name);
  return found == kind_names.end() ? LinkKind::Requested
                                   : static_cast<LinkKind>(std::distance(kind_names.begin(), found));
}

/// How long what is over is still counted.
constexpr std::chrono::hours kept{24};

} // namespace

Links::Links(std::string const& file, Clock const& clock, Random& random)
    : database_{file, store::sqlite::OpenMode::Create}, clock_{clock}, random_{random} {
  prepare_accounts(database_);
}

std::string Links::make(Link const& link) {
  auto key = new_secret(random_);
  auto const now = clock_.now();
  std::lock_guard const lock{mutex_};
  database_.run("DELETE FROM link WHERE expires < ?1", to_seconds(now - Instant::duration{kept}));
  database_.run("INSERT INTO link(key, patient, kind, forms, made, expires) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                Blob{sha256(key)}, link.patient, name_of(link.kind), join_words(link.forms),
                to_seconds(now), to_seconds(link.expires));
  return key;
}

void Links::remove(std::string_view key) {
  std::lock_guard const lock{mutex_};
  database_.run("DELETE FROM link WHERE key = ?1", Blob{sha256(key)});
}

void Links::remove_all(std::string_view patient) {
  std::lock_guard const lock{mutex_};
  database_.run("DELETE FROM link WHERE patient = ?1", patient);
}

Links::Found Links::try_key(std::string_view key) {
  auto const hash = sha256(key);
  std::lock_guard const lock{mutex_};
  store::sqlite::Transaction transaction{database_, store::sqlite::TransactionKind::Immediate};
  Found found;
  {
    auto rows = database_.query(
        "SELECT patient, kind, forms, expires, misses FROM link WHERE key = ?1 AND expires > ?2",
        Blob{hash}, to_seconds(clock_.now()));
    if (!rows.next())
      return found;
    found.use = rows.integer(4) < most_misses ? Use::Open : Use::Dead;
    found.link = {.patient = std::string{rows.text(0)},
                  .kind = kind_named(rows.text(1)),
                  .forms = split_words(rows.text(2)),
                  .expires = from_seconds(rows.integer(3))};
  }
  database_.run("UPDATE link SET misses = misses + 1 WHERE key = ?1 AND misses < ?2", Blob{hash},
                most_misses);
  transaction.commit();
  return found;
}

void Links::forgive(std::string_view key) {
  std::lock_guard const lock{mutex_};
  database_.run("UPDATE link SET misses = misses - 1 WHERE key = ?1 AND misses > 0", Blob{sha256(key)});
}

bool Links::has_open(std::string_view patient, LinkKind kind) {
  std::lock_guard const lock{mutex_};
  return database_
      .query("SELECT 1 FROM link WHERE patient = ?1 AND kind = ?2 AND expires > ?3 AND misses < ?4",
             patient, name_of(kind), to_seconds(clock_.now()), most_misses)
      .next();
}

std::int64_t Links::count_since(std::string_view patient, LinkKind kind, Instant since) {
  std::lock_guard const lock{mutex_};
  auto rows = database_.query("SELECT count(*) FROM link WHERE patient = ?1 AND kind = ?2 AND made >= ?3",
                              patient, name_of(kind), to_seconds(since));
  return rows.next() ? rows.integer(0) : 0;
}

} // namespace tripsis::auth
