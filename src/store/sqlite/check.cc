// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/check.hh"

#include "base/json/parse.hh"
#include "store/sqlite/catch_up.hh"
#include "store/sqlite/index_file.hh"
#include "store/sqlite/wire.hh"

namespace tripsis::store::sqlite {

namespace {

constexpr std::size_t most_problems = 100;

/// A statement that counts what must not be, and what it would mean.
struct Invariant {
  std::string_view sql, problem;
};

constexpr std::array<Invariant, 7> invariants{{
    {"SELECT count(*) FROM hist WHERE NOT EXISTS (SELECT 1 FROM res WHERE res.rid = hist.rid AND res.ver > "
     "hist.ver)",
     "earlier versions belong to no resource, or come after its present version"},
    {"SELECT count(*) FROM log WHERE NOT EXISTS (SELECT 1 FROM res WHERE res.rid = log.rid AND res.ver = "
     "log.ver) "
     "AND NOT EXISTS (SELECT 1 FROM hist WHERE hist.rid = log.rid AND hist.ver = log.ver)",
     "changes in the log have no version"},
    {"SELECT (SELECT count(*) FROM res) + (SELECT count(*) FROM hist) - (SELECT count(*) FROM log)",
     "versions are not in the log"},
    {"SELECT coalesce(max(seq), 0) - count(*) FROM log", "changes are missing from the log"},
    {"SELECT coalesce(max(rid), 0) - count(*) FROM res", "resources are missing"},
    {"SELECT count(*) FROM seal WHERE NOT EXISTS (SELECT 1 FROM res WHERE res.rid = seal.rid AND res.body "
     "IS NOT NULL)",
     "sealed resources are gone"},
    {"SELECT count(*) FROM log JOIN seal ON seal.rid = log.rid WHERE log.seq > seal.seq",
     "changes were made to sealed resources"},
}};

class Checker {
public:
  Checker(Context const& context, Database& truth, Database& index)
      : context_{context}, truth_{truth}, index_{index} {}

  Store::Check check() {
    check_pages(truth_, "tripsis.db");
    check_pages(index_, "index.db");
    for (auto const& invariant : invariants)
      if (auto rows = truth_.query(invariant.sql); rows.next() && rows.integer(0) != 0)
        problem(fmt::format("tripsis.db: {} {}", rows.integer(0), invariant.problem));
    check_counts();
    check_present();
    check_history();
    if (auto const mark = read_mark(index_); mark != last_change(truth_))
      problem("index.db: it is not complete up to the last change");
    if (auto const there = count_rows(index_); there != result_.index_rows)
      problem(
          fmt::format("index.db: it holds {} rows where the resources give {}", there, result_.index_rows));
    return std::move(result_);
  }

private:
  void problem(std::string text) {
    if (result_.problems.size() < most_problems)
      result_.problems.push_back(std::move(text));
  }

  void check_pages(Database& database, std::string_view file) {
    auto rows = database.query("PRAGMA integrity_check(20)");
    while (rows.next())
      if (rows.text(0) != "ok")
        problem(fmt::format("{}: {}", file, rows.text(0)));
  }

  void check_counts() {
    auto rows = truth_.query("SELECT name FROM type WHERE present <> (SELECT count(*) FROM res WHERE "
                             "res.type = type.number AND body IS NOT NULL)");
    while (rows.next())
      problem(fmt::format("tripsis.db: the count of {} is wrong", rows.text(0)));
  }

  /// The document of a body; nullopt where it cannot be read.
  std::optional<json::Value> open(Key const& key, std::int64_t rid, std::uint64_t version, Instant updated,
                                  std::string_view body) {
    auto const tail = context_.codec.try_decode(body);
    auto document = tail ? json::parse(make_wire(key, version, updated, *tail))
                         : Result<json::Value>{fail(Fault::Structure, "unreadable")};
    if (!document) {
      problem(fmt::format("tripsis.db: version {} of {} number {} cannot be read", version, key.type, rid));
      return std::nullopt;
    }
    return *std::move(document);
  }

  void check_present() {
    auto rows = truth_.query("SELECT rid, type, id, ver, upd, w, cp, body FROM res");
    while (rows.next()) {
      ++result_.versions;
      if (rows.is_null(7))
        continue;
      ++result_.resources;
      auto const rid = rows.integer(0);
      Key const key{.type = std::string{context_.types.name(rows.integer(1))}, .id = decode_id(rows, 2)};
      auto const updated = to_instant(rows.integer(4));
      auto const document =
          open(key, rid, static_cast<std::uint64_t>(rows.integer(3)), updated, rows.text(7));
      if (document)
        check_rows(key, rid, context_.extractor.extract(key, *document), updated, rows.integer(5),
                   rows.integer(6));
    }
  }

  void check_rows(Key const& key, std::int64_t rid, index::Extracted const& extracted, Instant updated,
                  std::int64_t when, std::int64_t compartment) {
    auto const expected = extracted.when.value_or(
        std::chrono::floor<std::chrono::seconds>(updated).time_since_epoch().count());
    if (when != expected || compartment != extracted.compartment)
      problem(fmt::format("tripsis.db: {} number {} has another date or compartment than its content says",
                          key.type, rid));
    std::size_t missing = 0;
    for (auto const& row : extracted.rows)
      missing += has_row(index_, {row, expected, rid}) ? 0 : 1;
    if (missing != 0)
      problem(fmt::format("index.db: {} rows of {} number {} are missing", missing, key.type, rid));
    result_.index_rows += extracted.rows.size();
  }

  void check_history() {
    auto rows = truth_.query("SELECT hist.rid, hist.ver, hist.upd, hist.body, res.type, res.id FROM hist "
                             "JOIN res ON res.rid = hist.rid");
    while (rows.next()) {
      ++result_.versions;
      Key const key{.type = std::string{context_.types.name(rows.integer(4))}, .id = decode_id(rows, 5)};
      if (!rows.is_null(3))
        open(key, rows.integer(0), static_cast<std::uint64_t>(rows.integer(1)), to_instant(rows.integer(2)),
             rows.text(3));
    }
  }

  Context const& context_;
  Database& truth_;
  Database& index_;
  Store::Check result_;
};

} // namespace

Store::Check check_files(Context const& context, Database& truth, Database& index) {
  return Checker{context, truth, index}.check();
}

} // namespace tripsis::store::sqlite
