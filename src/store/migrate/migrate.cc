// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/migrate/migrate.hh"

#include "store/migrate/sql.hh" // generated from the .sql files

#include <stdexcept>

namespace tripsis::store::migrate {

namespace {

constexpr std::array truth{sql::truth_001};

} // namespace

std::span<std::string_view const> truth_steps() noexcept {
  return truth;
}

void migrate(sqlite::Database& database, std::span<std::string_view const> steps, std::string_view file) {
  auto const present = database.user_version();
  if (present > std::ssize(steps))
    throw std::runtime_error{fmt::format(
        "{} was written by a newer Tripsis (schema {}, this program knows {}): start that version, or "
        "a later one",
        file, present, steps.size())};
  for (auto done = static_cast<std::size_t>(present); done < steps.size(); ++done) {
    sqlite::Transaction transaction{database, sqlite::TransactionKind::Immediate};
    if (static_cast<std::size_t>(database.user_version()) > done)
      continue; // another process has done it meanwhile
    database.execute(std::string{steps[done]});
    database.execute(fmt::format("PRAGMA user_version = {}", done + 1));
    transaction.commit();
  }
}

} // namespace tripsis::store::migrate
