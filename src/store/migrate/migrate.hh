// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Brings a database file to the program's schema. The steps are the plain .sql files of this folder,
// embedded at build time and applied in order; SQLite's user_version says how many have been. There is no
// way back: a file of a newer program is refused.
#pragma once

#include "store/sqlite/database.hh"

#include <span>
#include <string_view>

namespace tripsis::store::migrate {

/// The steps of tripsis.db; the first makes an empty file into schema 1. (index.db has none: it is made
/// again.)
std::span<std::string_view const> truth_steps() noexcept;

/// Applies the steps that the file has not had, each in a transaction of its own. Throws std::runtime_error
/// where the file's schema is newer than the last step; `file` names it in that message.
void migrate(sqlite::Database& database, std::span<std::string_view const> steps, std::string_view file);

} // namespace tripsis::store::migrate
