// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Making the index from the truth: all of it, or what the log says happened since its mark.
#pragma once

#include "store/sqlite/index_file.hh"

namespace tripsis::store::sqlite {

/// A version as the index needs it.
struct IndexedVersion {
  index::Extracted extracted;
  std::int64_t when = 0;
};
IndexedVersion extract_version(Context const& context, Key const& key, std::uint64_t version,
                               Instant updated, std::string_view body);
/// Appends the rows of a version to `rows`.
void append_rows(std::vector<index::Row> const& from, std::int64_t when, std::int64_t rid,
                 std::vector<IndexRow>& rows);

/// Fills an empty index, and brings the columns of the truth that come from extraction (w and cp) up to
/// date. Nobody else may write the truth meanwhile.
void rebuild(Context const& context, Database& truth, Database& index);

/// Takes up to `limit` changes of the log that come after the mark. False when there were none.
bool catch_up(Context const& context, Database& truth, Database& index, std::int64_t limit);

} // namespace tripsis::store::sqlite
