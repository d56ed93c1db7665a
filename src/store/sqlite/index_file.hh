// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// index.db as a file: its schema and what it says of itself. The rows are indexer.hh's.
#pragma once

#include "store/sqlite/database.hh"

namespace tripsis::store::sqlite {

/// Makes the tables where they are absent, and sets what the writing connection needs.
void prepare_index(Database& database);

} // namespace tripsis::store::sqlite
