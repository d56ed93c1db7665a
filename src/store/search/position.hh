// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Where a resource stands in the order that all of the index's ranges have: by clinical instant, then by
// rid.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace tripsis::store::search {

struct Position {
  std::int64_t when = 0;
  std::int64_t rid = 0;
  friend auto operator<=>(Position const&, Position const&) = default;
};

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();

enum class Direction : unsigned char { Ascending, Descending };

/// Whether `a` comes before `b` in the direction.
constexpr bool comes_before(Position a, Position b, Direction direction) {
  return direction == Direction::Ascending ? a < b : b < a;
}
/// The position right after.
constexpr Position after(Position at, Direction direction) {
  return {at.when, direction == Direction::Ascending ? at.rid + 1 : at.rid - 1};
}

} // namespace tripsis::store::search
