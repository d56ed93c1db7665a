// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Orders that the walk does not give (https://hl7.org/fhir/R4/search.html#sort): all matches are gathered,
// and what they are sorted by is taken from each, or from the parameter's rows in the index where there are
// many.
#pragma once

#include "store/search/page_cursor.hh"
#include "store/search/plan.hh"

namespace tripsis::store::search {

struct Sortable {
  Position position;
  std::vector<SortValue> by;
};

/// So many matches are sorted at most; beyond, Fault::TooLong asks for a narrower search.
constexpr std::size_t longest_sorted = 200'000;

/// Sorts the positions by the query's keys, then by rid.
std::vector<Sortable> sort_matches(std::vector<Position> const& positions, Query const& query,
                                   Plan const& plan, Snapshot& snapshot);
/// Whether `a` comes before `b`.
bool comes_before(Sortable const& a, Sortable const& b, Query const& query);

} // namespace tripsis::store::search
