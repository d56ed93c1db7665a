// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/catch_up.hh"

#include <map>

namespace tripsis::store::sqlite {

namespace {

constexpr std::size_t rebuild_batch = 20'000;

struct Derived {
  std::int64_t rid, when, compartment;
};

/// Reads the resources after `rid` into `rows`, and into `changed` those whose derived columns are others
/// now. Returns the last rid.
std::int64_t read_batch(Context const& context, Database& truth, std::int64_t rid,
                        std::vector<IndexRow>& rows, std::vector<Derived>& changed) {
  auto found = truth.query(
      "SELECT rid, type, id, ver, upd, w, cp, body FROM res WHERE rid > ?1 ORDER BY rid LIMIT ?2", rid,
      rebuild_batch);
  while (found.next()) {
    rid = found.integer(0);
    if (found.is_null(7))
      continue;
    Key const key{.type = std::string{context.types.name(found.integer(1))}, .id = decode_id(found, 2)};
    auto const made = extract_version(context, key, static_cast<std::uint64_t>(found.integer(3)),
                                      to_instant(found.integer(4)), found.text(7));
    if (made.when != found.integer(5) || made.extracted.compartment != found.integer(6))
      changed.push_back({rid, made.when, made.extracted.compartment});
    append_rows(made.extracted.rows, made.when, rid, rows);
  }
  return rid;
}

struct Touched {
  std::uint64_t first_version = 0; ///< The earliest version in the batch
  std::int64_t type = 0;
};

void append_before(Context const& context, Database& truth, Key const& key, std::int64_t rid,
                   std::uint64_t first_version, std::vector<IndexRow>& out) {
  auto found =
      truth.query("SELECT ver, upd, body FROM hist WHERE rid = ?1 AND ver < ?2 ORDER BY ver DESC LIMIT 1",
                  rid, first_version);
  if (!found.next() || found.is_null(2))
    return;
  auto const old = extract_version(context, key, static_cast<std::uint64_t>(found.integer(0)),
                                   to_instant(found.integer(1)), found.text(2));
  append_rows(old.extracted.rows, old.when, rid, out);
}

} // namespace

IndexedVersion extract_version(Context const& context, Key const& key, std::uint64_t version,
                               Instant updated, std::string_view body) {
  auto const document = document_of(context, key, version, updated, body);
  IndexedVersion made{.extracted = context.extractor.extract(key, document)};
  auto const seconds = std::chrono::floor<std::chrono::seconds>(updated).time_since_epoch().count();
  made.when = made.extracted.when.value_or(seconds);
  return made;
}

void append_rows(std::vector<index::Row> const& from, std::int64_t when, std::int64_t rid,
                 std::vector<IndexRow>& rows) {
  for (auto const& row : from)
    rows.push_back({row, when, rid});
}

void rebuild(Context const& context, Database& truth, Database& index) {
  auto const mark = last_change(truth);
  std::int64_t rid = 0;
  while (true) {
    std::vector<IndexRow> out, in;
    std::vector<Derived> changed;
    auto const last = read_batch(context, truth, rid, in, changed);
    if (last == rid)
      break;
    rid = last;
    Transaction transaction{index, TransactionKind::Immediate};
    apply_rows(index, out, in);
    transaction.commit();
    Transaction columns{truth, TransactionKind::Immediate};
    for (auto const& one : changed)
      truth.run("UPDATE res SET w = ?2, cp = ?3 WHERE rid = ?1", one.rid, one.when, one.compartment);
    columns.commit();
  }
  Transaction transaction{index, TransactionKind::Immediate};
  write_mark(index, mark);
  transaction.commit();
}

// A version before the batch is taken out and the present one put in. Where a batch ends between two
// changes of one resource, the next batch does it again from there, and comes to the same.
bool catch_up(Context const& context, Database& truth, Database& index, std::int64_t limit) {
  Transaction reading{truth, TransactionKind::Deferred};
  std::map<std::int64_t, Touched> touched;
  auto mark = read_mark(index);
  auto changes = truth.query("SELECT seq, rid, ver, type FROM log WHERE seq > ?1 ORDER BY seq LIMIT ?2",
                             mark.sequence, limit);
  while (changes.next()) {
    mark = {changes.integer(0), changes.integer(1), static_cast<std::uint64_t>(changes.integer(2))};
    touched.try_emplace(mark.rid, Touched{.first_version = mark.version, .type = changes.integer(3)});
  }
  if (touched.empty())
    return false;
  std::vector<IndexRow> out, in;
  for (auto const& [rid, change] : touched) {
    Key const key{.type = std::string{context.types.name(change.type)}, .id = read_id(truth, rid)};
    append_before(context, truth, key, rid, change.first_version, out);
    auto const row = find_row(truth, rid);
    if (!row || !row->body)
      continue;
    auto const made = extract_version(context, key, row->version, row->updated, *row->body);
    append_rows(made.extracted.rows, made.when, rid, in);
  }
  Transaction transaction{index, TransactionKind::Immediate};
  apply_rows(index, out, in);
  write_mark(index, mark);
  transaction.commit();
  return true;
}

} // namespace tripsis::store::sqlite
