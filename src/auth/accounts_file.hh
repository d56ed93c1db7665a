// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// DATA/accounts.db as a file: its tables, and how one of an earlier version becomes one of this.
#pragma once

#include "base/clock.hh"
#include "store/sqlite/database.hh"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::auth {

/// Makes what is missing. Throws where the file was written by a newer program.
void prepare_accounts(store::sqlite::Database& database);

/// How times and lists of ids stand in it: whole seconds since 1970; words with blanks between.
std::int64_t to_seconds(Instant at);
Instant from_seconds(std::int64_t seconds);
std::string join_words(std::vector<std::string> const& words);
std::vector<std::string> split_words(std::string_view text);

} // namespace tripsis::auth
