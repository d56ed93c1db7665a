// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/index_file.hh"

#include "store/migrate/migrate.hh"

namespace tripsis::store::sqlite {

void prepare_index(Database& database) {
  database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF;");
  migrate::migrate(database, migrate::index_steps(), "index.db");
}

} // namespace tripsis::store::sqlite
