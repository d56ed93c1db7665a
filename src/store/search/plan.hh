// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// How a query is answered: which cursors are made to meet, which part of the order is walked, and what
// remains to be asked of each resource that they lead to.
//
//   token, reference, _id          cursors that meet
//   dates of the main date         bounds of the walk; a resource is asked only near them, or where its
//   date is not a simple one strings, numbers, other dates  collected from their range into a list, which
//   meets like a range; too broad a range is not
//                                  collected, and the resources are asked instead: with so many hits a page
//                                  fills quickly
//   :not, :missing, _lastUpdated   the resource is asked
#pragma once

#include "store/search/access.hh"
#include "store/search/criterion.hh"
#include "store/search/cursors.hh"
#include "store/search/snapshot.hh"

namespace tripsis::store::search {

/// What a resource's main date is like. All but Simple have rows of their own (index/extract.hh).
enum class DateKind : unsigned char { Simple, LongOrSeveral, None };

/// A stretch of the order to be walked: clinical instants from `first` to `last`, both included.
struct Segment {
  std::int64_t first = least;
  std::int64_t last = greatest;
  std::optional<DateKind> only, without;
};

using CursorMaker = std::function<std::unique_ptr<Cursor>()>;

/// Must not outlive the snapshot that it was made for.
struct Plan {
  index::TypeIndex const* type = nullptr;
  std::vector<CompiledCriterion> criteria;
  std::vector<std::size_t> questions; ///< Criteria that must be asked of the resource
  std::vector<Segment> segments;      ///< In the order of the walk
  std::vector<CursorMaker> cursors;   ///< At least one; each segment is walked with new ones
  Direction direction = Direction::Descending;
  bool is_sorted_by_walk = true; ///< Else the matches must be sorted

  /// The range of the resources with such a date.
  Range range_of(DateKind kind) const;
};

/// Compiles the criteria and plans. Fault::Value and Fault::NotSupported name the parameter at fault.
Result<Plan> make_plan(Query const& query, Snapshot& snapshot, Access const& access);

/// Whether all criteria hold, asked of the resource itself.
bool meets_all(Plan const& plan, Snapshot& snapshot, Candidate& candidate);
/// Whether those that the index could not tell hold. Its position makes a simple date certain unless it
/// lies near a bound.
bool meets_rest(Plan const& plan, Snapshot& snapshot, Candidate& candidate, Position at, DateKind kind);

} // namespace tripsis::store::search
