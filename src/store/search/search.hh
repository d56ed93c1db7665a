// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Answers a query on a snapshot: plans it, walks the index, asks the resources what remains, and makes the
// page.
#pragma once

#include "store/search/access.hh"
#include "store/search/snapshot.hh"

namespace tripsis::store::search {

/// Fault::Value and Fault::NotSupported name the parameter at fault.
Result<Page> search(Query const& query, Snapshot& snapshot, Access const& access);
/// All matches, as documents, in the query's order; count, cursor and totals are not looked at.
Result<std::vector<json::Value>> search_all(Query const& query, Snapshot& snapshot, Access const& access);

} // namespace tripsis::store::search
