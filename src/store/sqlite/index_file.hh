// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// index.db as a file: what it was made of, how far it is complete, and the rows that go in and out in
// sorted batches.
#pragma once

#include "store/index/rows.hh"
#include "store/sqlite/context.hh"

namespace tripsis::store::sqlite {

/// A row of the index with the columns that all tables share.
struct IndexRow {
  index::Row row;
  std::int64_t when = 0;
  std::int64_t rid = 0;
  friend auto operator<=>(IndexRow const&, IndexRow const&) = default;
};

/// How far the index is complete: the number of a change, and what the log says of it, so that an index is
/// never used beside a truth that has taken another way (a restored copy).
struct Mark {
  std::int64_t sequence = 0;
  std::int64_t rid = 0;
  std::uint64_t version = 0;
  friend bool operator==(Mark const&, Mark const&) = default;
};

/// Whether the file at `path` is there and was made of these definitions, by this program and beside this
/// truth.
bool is_usable_index(std::string const& path, Database& truth, Context const& context);
/// Makes an empty one, in place of what is there. Nobody else may have it open.
void make_index(std::string const& path, Context const& context);
/// Sets up the connection that writes.
void prepare_index_writer(Database& index);

/// How far the index is; inside a transaction on it.
Mark read_mark(Database& index);
void write_mark(Database& index, Mark const& mark);
/// What the log says of its last change; all 0 while it is empty.
Mark last_change(Database& truth);

/// Takes rows out and puts rows in; those that are not there, or are there already, do no harm. Both are
/// sorted first.
void apply_rows(Database& index, std::vector<IndexRow>& out, std::vector<IndexRow>& in);
bool has_row(Database& index, IndexRow const& row);
/// Of all tables.
std::uint64_t count_rows(Database& index);

} // namespace tripsis::store::sqlite
