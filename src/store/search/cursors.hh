// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Streams of positions, all in one direction, that can be told to go forward to a place: ranges of the
// index, lists, and unions of such. Because every equality range of the index has the same order, any
// number of them meet by going forward in turns (Meeting).
#pragma once

#include "store/search/position.hh"
#include "store/sqlite/database.hh"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace tripsis::store::search {

/// Not thread-safe.
class Cursor {
public:
  virtual ~Cursor() = default;
  /// The first position that does not come before `at`; nullopt at the end. `at` never goes back.
  virtual std::optional<Position> seek(Position at) = 0;
  /// About how many positions there are, counted up to `limit`.
  virtual std::size_t estimate(std::size_t limit) = 0;
};

/// The equality ranges of the index.
enum class RangeKind : unsigned char { Token, Reference, PatientCode };
struct Range {
  RangeKind kind;
  std::uint32_t parameter;
  std::int64_t a; ///< Token h, Reference t, PatientCode t
  std::int64_t b; ///< Token s, PatientCode h
};

std::unique_ptr<Cursor> range_cursor(sqlite::Database& index, Range const& range, Direction direction);
/// `positions` in any order and with repeats.
std::unique_ptr<Cursor> list_cursor(std::vector<Position> positions, Direction direction);
std::unique_ptr<Cursor> union_cursor(std::vector<std::unique_ptr<Cursor>> cursors, Direction direction);

/// Where several cursors stand together. The one with the fewest positions comes first.
class Meeting {
public:
  Meeting(std::vector<std::unique_ptr<Cursor>> cursors, Direction direction);
  std::optional<Position> seek(Position at);

private:
  std::vector<std::unique_ptr<Cursor>> cursors_;
  Direction direction_;
};

} // namespace tripsis::store::search
