// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/database.hh"

#include <sqlite3.h>

namespace tripsis::store::sqlite {

namespace {

constexpr int busy_milliseconds = 10'000;

} // namespace

// --- Rows
// ----------------------------------------------------------------------------------------------------------------------

Rows::Rows(Rows&& other) noexcept
    : database_{other.database_}, statement_{std::exchange(other.statement_, nullptr)}, home_{other.home_} {
}

Rows::~Rows() {
  if (statement_ == nullptr)
    return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  home_->push_back(statement_);
}

bool Rows::next() {
  auto const code = sqlite3_step(statement_);
  if (code == SQLITE_ROW)
    return true;
  if (code == SQLITE_DONE)
    return false;
  database_->raise(code);
}

void Rows::rewind() {
  sqlite3_reset(statement_);
}

std::int64_t Rows::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double Rows::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

std::string_view Rows::text(int column) const {
  auto const* bytes = static_cast<char const*>(sqlite3_column_blob(statement_, column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Rows::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

bool Rows::is_blob(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_BLOB;
}

void Rows::bind(int parameter, std::int64_t value) {
  if (auto const code = sqlite3_bind_int64(statement_, parameter, value); code != SQLITE_OK)
    database_->raise(code);
}

void Rows::bind(int parameter, double value) {
  if (auto const code = sqlite3_bind_double(statement_, parameter, value); code != SQLITE_OK)
    database_->raise(code);
}

// SQLite copies what it is given: a caller's text may be a temporary, and the rows outlive it. An empty
// view may have a null pointer, which SQLite would bind as NULL.
void Rows::bind(int parameter, std::string_view value) {
  auto const* bytes = value.data() != nullptr ? value.data() : "";
  auto const code =
      sqlite3_bind_text64(statement_, parameter, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK)
    database_->raise(code);
}

void Rows::bind(int parameter, Blob value) {
  auto const* bytes = value.bytes.data() != nullptr ? value.bytes.data() : "";
  auto const code = sqlite3_bind_blob64(statement_, parameter, bytes, value.bytes.size(), SQLITE_TRANSIENT);
  if (code != SQLITE_OK)
    database_->raise(code);
}

void Rows::bind(int parameter, Null) {
  if (auto const code = sqlite3_bind_null(statement_, parameter); code != SQLITE_OK)
    database_->raise(code);
}

// --- Database
// ------------------------------------------------------------------------------------------------------------------

Database::Database(std::string const& path, OpenMode mode) {
  int const flags = mode == OpenMode::ReadOnly    ? SQLITE_OPEN_READONLY
                    : mode == OpenMode::ReadWrite ? SQLITE_OPEN_READWRITE
                                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  auto const code =
      sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (code != SQLITE_OK) {
    std::string const what =
        path + ": " + (handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code));
    sqlite3_close(handle_);
    throw SqliteError{code, what};
  }
  sqlite3_busy_timeout(handle_, busy_milliseconds);
}

Database::~Database() {
  for (auto& [sql, statements] : idle_)
    for (auto* statement : statements)
      sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

void Database::execute(std::string const& script) {
  if (auto const code = sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK)
    raise(code);
}

Rows Database::take(std::string_view sql) {
  auto found = idle_.find(sql);
  if (found == idle_.end())
    found = idle_.emplace(std::string{sql}, std::vector<sqlite3_stmt*>{}).first;
  auto& home = found->second;
  if (!home.empty()) {
    auto* statement = home.back();
    home.pop_back();
    return Rows{*this, statement, &home};
  }
  sqlite3_stmt* statement = nullptr;
  auto const code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                       SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK)
    raise(code);
  return Rows{*this, statement, &home};
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}

std::int64_t Database::last_rowid() const {
  return sqlite3_last_insert_rowid(handle_);
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

void Database::rollback() noexcept {
  if (in_transaction())
    sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

std::int64_t Database::user_version() {
  auto rows = query("PRAGMA user_version");
  return rows.next() ? rows.integer(0) : 0;
}

void Database::raise(int code) const {
  auto const* file = sqlite3_db_filename(handle_, nullptr);
  auto what = std::string{file != nullptr ? file : "SQLite"} + ": " + sqlite3_errmsg(handle_);
  if ((code & 0xff) == SQLITE_NOTADB || (code & 0xff) == SQLITE_CORRUPT)
    what += ". The file is damaged: keep a copy of the data folder as it is, and restore a backup.";
  if ((code & 0xff) == SQLITE_FULL)
    throw DiskFull{code, what};
  throw SqliteError{code, what};
}

// --- Transaction
// ---------------------------------------------------------------------------------------------------------------

Transaction::Transaction(Database& database, TransactionKind kind) : database_{database} {
  database_.run(kind == TransactionKind::Immediate ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  database_.rollback();
}

void Transaction::commit() {
  database_.run("COMMIT");
}

} // namespace tripsis::store::sqlite
