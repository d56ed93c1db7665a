// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// SQLite 3 with C++'s manners: a connection that closes itself, statements that are compiled once, bound by
// type and reset when their rows have been read, transactions that roll back unless committed. Values only
// ever reach SQL as parameters.
//
// A failure of SQLite is a broken machine and throws; only a full disk has a type of its own, because the
// store turns it into an answer. Used for the store's two files and for every other small database in the
// data folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace tripsis::store::sqlite {

/// What SQLite said, with its own message, which names tables and columns and never values.
class SqliteError : public std::runtime_error {
public:
  SqliteError(int code, std::string const& what) : std::runtime_error{what}, code_{code} {}
  int code() const noexcept { return code_; } ///< SQLite's extended result code

private:
  int code_;
};

/// The disk, or the size that SQLite may use, is full. The transaction may have been rolled back already.
class DiskFull final : public SqliteError {
  using SqliteError::SqliteError;
};

/// Bytes, to be bound as a BLOB (a string_view is bound as TEXT).
struct Blob {
  std::string_view bytes;
};

struct Null {};

class Database;

/// A running statement. Its statement goes back to the connection's cache at the end of its life.
/// Not thread-safe; must not outlive the Database.
class Rows {
public:
  Rows(Rows&& other) noexcept;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  /// Goes to the next row; false after the last.
  bool next();
  /// Starts again with the same parameters, or with others bound since.
  void rewind();

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const; ///< Also of a BLOB; valid until next()
  bool is_null(int column) const;
  bool is_blob(int column) const;

  /// Parameters are numbered from 1, as in SQL (?1).
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, double value);
  void bind(int parameter, std::string_view value);
  void bind(int parameter, Blob value);
  void bind(int parameter, Null value);

private:
  friend class Database;
  Rows(Database& database, sqlite3_stmt* statement, std::vector<sqlite3_stmt*>* home)
      : database_{&database}, statement_{statement}, home_{home} {}

  Database* database_;
  sqlite3_stmt* statement_;
  std::vector<sqlite3_stmt*>* home_;
};

enum class OpenMode : unsigned char { ReadOnly, ReadWrite, Create };

/// One connection. Not thread-safe: one thread at a time.
class Database {
public:
  /// Throws SqliteError where the file cannot be opened.
  Database(std::string const& path, OpenMode mode);
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;
  ~Database();

  /// Runs a script of statements without parameters.
  void execute(std::string const& script);

  /// A statement with its parameters, ready for next(). Compiled once for each text.
  template <class... Values>
  Rows query(std::string_view sql, Values const&... values) {
    Rows rows = take(sql);
    int parameter = 0;
    (bind_one(rows, ++parameter, values), ...);
    return rows;
  }

  /// Runs a statement to its end; returns how many rows it changed.
  template <class... Values>
  std::int64_t run(std::string_view sql, Values const&... values) {
    Rows rows = query(sql, values...);
    while (rows.next()) {
    }
    return changes();
  }

  std::int64_t changes() const;
  std::int64_t last_rowid() const;
  /// False outside every transaction, also after SQLite has rolled one back by itself.
  bool in_transaction() const;
  /// Ends the transaction, if there is one, without its changes. What fails here SQLite has rolled back by
  /// itself.
  void rollback() noexcept;
  std::int64_t user_version();

  /// Throws what SQLite says of its last failure.
  [[noreturn]] void raise(int code) const;

private:
  Rows take(std::string_view sql);

  template <class T>
  static void bind_one(Rows& rows, int parameter, T const& value) {
    if constexpr (std::is_same_v<T, bool> || std::is_integral_v<T> || std::is_enum_v<T>)
      rows.bind(parameter, static_cast<std::int64_t>(value));
    else if constexpr (std::is_floating_point_v<T>)
      rows.bind(parameter, static_cast<double>(value));
    else if constexpr (std::is_same_v<T, Blob> || std::is_same_v<T, Null>)
      rows.bind(parameter, value);
    else
      rows.bind(parameter, std::string_view{value});
  }

  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string, std::vector<sqlite3_stmt*>, TextHash, std::equal_to<>> idle_;
};

enum class TransactionKind : unsigned char { Deferred, Immediate };

/// Rolls back at the end of its life unless committed.
class Transaction {
public:
  Transaction(Database& database, TransactionKind kind);
  Transaction(Transaction const&) = delete;
  Transaction& operator=(Transaction const&) = delete;
  ~Transaction();
  void commit();

private:
  Database& database_;
};

} // namespace tripsis::store::sqlite
