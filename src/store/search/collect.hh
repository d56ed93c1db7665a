// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The ranges of the index that are not in the order of the walk: of strings, of numbers, of dates that do
// not date the resource. Their positions are gathered, to be sorted and met like a range.
#pragma once

#include "store/search/criterion.hh"
#include "store/search/position.hh"
#include "store/sqlite/database.hh"

namespace tripsis::store::search {

/// So many rows are gathered at most (some 65 ns each).
constexpr std::size_t longest_collection = 100'000;

struct Collected {
  std::vector<Position> positions;
  bool must_ask = false; ///< Holds more than what matches: the resource decides
};

/// All positions that a criterion may match; nullopt where there are too many. Sense::AnyValue, and a kind
/// that is collected.
std::optional<Collected> collect(CompiledCriterion const& criterion, sqlite::Database& index);

} // namespace tripsis::store::search
