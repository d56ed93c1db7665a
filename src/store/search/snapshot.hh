// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One state of both files, as a search sees it. The truth decides what there is; the index may be a little
// behind it or, where the truth was read from earlier, ahead. The resources of which the two may tell
// different things are `fresh`: the index is not asked about them, they are judged by themselves. So a
// search is exact without waiting for the index.
#pragma once

#include "store/search/position.hh"
#include "store/sqlite/context.hh"

#include <memory>
#include <optional>
#include <vector>

namespace tripsis::store::search {

/// Not thread-safe. All that it refers to must outlive it.
struct Snapshot {
  sqlite::Context const& context;
  sqlite::Database& truth;
  sqlite::Database& index;
  std::vector<std::int64_t> fresh; ///< rids of the searched type, sorted

  bool is_fresh(std::int64_t rid) const;
};

/// The rids of a type that changes between two marks have touched, as the log of `truth` tells, sorted.
std::vector<std::int64_t> touched_between(sqlite::Database& truth, std::int64_t type, std::int64_t after,
                                          std::int64_t up_to);

/// A resource that may be a match; fetched and parsed when first asked for.
class Candidate {
public:
  Candidate(Snapshot& snapshot, std::int64_t rid) : snapshot_{snapshot}, rid_{rid} {}

  /// nullptr where it is deleted, or not there in this state.
  sqlite::ResourceRow const* row();
  /// Only where row() is not nullptr.
  Key const& key() { return key_; }
  std::string const& wire();
  json::Value const& document();

private:
  Snapshot& snapshot_;
  std::int64_t rid_;
  bool fetched_ = false;
  std::optional<sqlite::ResourceRow> row_;
  Key key_;
  std::string wire_;
  std::optional<json::Value> document_;
};

} // namespace tripsis::store::search
