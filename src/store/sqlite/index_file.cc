// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/index_file.hh"

#include "store/migrate/sql.hh" // generated from the .sql files

#include <array>
#include <filesystem>
#include <fstream>

namespace tripsis::store::sqlite {

namespace {

constexpr int checkpoint_pages = 16'000;
constexpr int cache_kilobytes =
    49'152; ///< Rows scatter: what does not fit is read and written again in every batch
constexpr std::array tables{"tok", "ref", "cc", "dat", "str", "qty"};

constexpr int schema = 1; ///< Of the tables: a file of another schema is made again, not migrated

/// Names all that the rows depend on.
std::string made_of(Context const& context) {
  return fmt::format("{}/{}/{}/{}", schema, index::extraction_version, fhir::definitions_version(),
                     context.extractor.converter().zone().name());
}

std::string meta(Database& index, std::string_view key) {
  auto rows = index.query("SELECT v FROM meta WHERE k = ?1", key);
  return rows.next() ? std::string{rows.text(0)} : std::string{};
}

std::int64_t meta_number(Database& index, std::string_view key) {
  auto rows = index.query("SELECT v FROM meta WHERE k = ?1", key);
  return rows.next() ? rows.integer(0) : 0;
}

/// Whether the file begins as SQLite's do (https://www.sqlite.org/fileformat.html#magic_header_string):
/// the index can be made again, so a damaged one is no reason not to start.
bool is_database(std::string const& path) {
  constexpr std::string_view magic{"SQLite format 3\0", 16};
  std::array<char, magic.size()> head{};
  std::ifstream in{path, std::ios::binary};
  return in.read(head.data(), head.size()) && std::string_view{head.data(), head.size()} == magic;
}

bool has_tables(Database& index) {
  return index.query("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").next();
}

bool fits(Database& index, Database& truth, Context const& context) {
  if (meta(index, "store") != context.secrets.store || meta(index, "definitions") != made_of(context))
    return false;
  auto const mark = read_mark(index);
  if (mark.sequence == 0)
    return meta_number(index, "complete") != 0;
  auto rows = truth.query("SELECT rid, ver FROM log WHERE seq = ?1", mark.sequence);
  return rows.next() &&
         Mark{mark.sequence, rows.integer(0), static_cast<std::uint64_t>(rows.integer(1))} == mark;
}

struct Statements {
  std::string_view insert, remove, find;
};

// In the order of index::Table. w and r are parameters 1 and 2.
constexpr std::array<Statements, 6> statements{{
    {"INSERT OR IGNORE INTO tok (w, r, p, h, s) VALUES (?1, ?2, ?3, ?4, ?5)",
     "DELETE FROM tok WHERE w = ?1 AND r = ?2 AND p = ?3 AND h = ?4 AND s = ?5",
     "SELECT 1 FROM tok WHERE w = ?1 AND r = ?2 AND p = ?3 AND h = ?4 AND s = ?5"},
    {"INSERT OR IGNORE INTO ref (w, r, p, t) VALUES (?1, ?2, ?3, ?4)",
     "DELETE FROM ref WHERE w = ?1 AND r = ?2 AND p = ?3 AND t = ?4",
     "SELECT 1 FROM ref WHERE w = ?1 AND r = ?2 AND p = ?3 AND t = ?4"},
    {"INSERT OR IGNORE INTO cc (w, r, p, t, h) VALUES (?1, ?2, ?3, ?4, ?5)",
     "DELETE FROM cc WHERE w = ?1 AND r = ?2 AND p = ?3 AND t = ?4 AND h = ?5",
     "SELECT 1 FROM cc WHERE w = ?1 AND r = ?2 AND p = ?3 AND t = ?4 AND h = ?5"},
    {"INSERT OR IGNORE INTO dat (w, r, p, lo, hi) VALUES (?1, ?2, ?3, ?4, ?5)",
     "DELETE FROM dat WHERE w = ?1 AND r = ?2 AND p = ?3 AND lo = ?4 AND hi = ?5",
     "SELECT 1 FROM dat WHERE w = ?1 AND r = ?2 AND p = ?3 AND lo = ?4 AND hi = ?5"},
    {"INSERT OR IGNORE INTO str (w, r, p, v) VALUES (?1, ?2, ?3, ?4)",
     "DELETE FROM str WHERE w = ?1 AND r = ?2 AND p = ?3 AND v = ?4",
     "SELECT 1 FROM str WHERE w = ?1 AND r = ?2 AND p = ?3 AND v = ?4"},
    {"INSERT OR IGNORE INTO qty (w, r, p, u, v) VALUES (?1, ?2, ?3, ?4, ?5)",
     "DELETE FROM qty WHERE w = ?1 AND r = ?2 AND p = ?3 AND u = ?4 AND v = ?5",
     "SELECT 1 FROM qty WHERE w = ?1 AND r = ?2 AND p = ?3 AND u = ?4 AND v = ?5"},
}};

void bind(Rows& rows, IndexRow const& row) {
  rows.bind(1, row.when);
  rows.bind(2, row.rid);
  rows.bind(3, static_cast<std::int64_t>(row.row.parameter));
  switch (row.row.table) {
  case index::Table::Reference:
    return rows.bind(4, row.row.a);
  case index::Table::String:
    return rows.bind(4, std::string_view{row.row.text});
  case index::Table::Quantity:
    rows.bind(4, row.row.a);
    return rows.bind(5, row.row.number);
  case index::Table::Token:
  case index::Table::PatientCode:
  case index::Table::Date:
    rows.bind(4, row.row.a);
    return rows.bind(5, row.row.b);
  }
}

/// Runs a statement of each row's table, over rows that are sorted by table.
void run_sorted(Database& index, std::vector<IndexRow>& rows, std::string_view Statements::* which) {
  std::ranges::sort(rows);
  std::optional<Rows> statement;
  std::optional<index::Table> table;
  for (auto const& row : rows) {
    if (row.row.table != table) {
      table = row.row.table;
      statement.reset();
      statement.emplace(index.query(statements[static_cast<std::size_t>(*table)].*which));
    }
    bind(*statement, row);
    statement->next();
    statement->rewind();
  }
}

} // namespace

bool is_usable_index(std::string const& path, Database& truth, Context const& context) {
  if (!is_database(path))
    return false;
  Database index{path, OpenMode::ReadWrite};
  return has_tables(index) && fits(index, truth, context);
}

void make_index(std::string const& path, Context const& context) {
  for (auto const* ending : {"", "-wal", "-shm"})
    std::filesystem::remove(path + ending);
  Database index{path, OpenMode::Create};
  index.execute("PRAGMA journal_mode = WAL");
  Transaction transaction{index, TransactionKind::Immediate};
  index.execute(std::string{migrate::sql::index});
  index.run("INSERT INTO meta (k, v) VALUES ('store', ?1), ('definitions', ?2)",
            Blob{context.secrets.store}, made_of(context));
  transaction.commit();
}

void prepare_index_writer(Database& index) {
  index.execute(fmt::format("PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF; "
                            "PRAGMA wal_autocheckpoint = {}; PRAGMA cache_size = -{};",
                            checkpoint_pages, cache_kilobytes));
}

Mark read_mark(Database& index) {
  return {meta_number(index, "mark"), meta_number(index, "mark_rid"),
          static_cast<std::uint64_t>(meta_number(index, "mark_ver"))};
}

void write_mark(Database& index, Mark const& mark) {
  index.run("INSERT OR REPLACE INTO meta (k, v) VALUES ('complete', 1), ('mark', ?1), ('mark_rid', ?2), "
            "('mark_ver', ?3)",
            mark.sequence, mark.rid, mark.version);
}

Mark last_change(Database& truth) {
  auto rows = truth.query("SELECT seq, rid, ver FROM log ORDER BY seq DESC LIMIT 1");
  return rows.next() ? Mark{rows.integer(0), rows.integer(1), static_cast<std::uint64_t>(rows.integer(2))}
                     : Mark{};
}

void apply_rows(Database& index, std::vector<IndexRow>& out, std::vector<IndexRow>& in) {
  run_sorted(index, out, &Statements::remove);
  run_sorted(index, in, &Statements::insert);
}

bool has_row(Database& index, IndexRow const& row) {
  auto rows = index.query(statements[static_cast<std::size_t>(row.row.table)].find);
  bind(rows, row);
  return rows.next();
}

std::uint64_t count_rows(Database& index) {
  std::uint64_t count = 0;
  for (auto const* table : tables) {
    auto rows = index.query(fmt::format("SELECT count(*) FROM {}", table));
    if (rows.next())
      count += static_cast<std::uint64_t>(rows.integer(0));
  }
  return count;
}

} // namespace tripsis::store::sqlite
