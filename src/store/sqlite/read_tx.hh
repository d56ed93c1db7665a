// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Reading in one state of the store: a read transaction on the truth, begun by the first thing that is
// asked, and one on the index for the first search.
#pragma once

#include "store/search/access.hh"
#include "store/sqlite/context.hh"
#include "store/sqlite/indexer.hh"
#include "store/sqlite/readers.hh"

namespace tripsis::store::sqlite {

/// Not thread-safe. All that it is made of must outlive it.
class SqliteReadTx final : public ReadTx {
public:
  SqliteReadTx(Context const& context, Readers& readers, Indexer& indexer, Reader& reader,
               AccessFilter const& filter);

  Result<Version> read(Key const& key) override;
  Result<Version> vread(Key const& key, std::uint64_t version) override;
  Result<std::vector<Version>> history(Key const& key, std::size_t count) override;
  Result<Page> search(Query const& query) override;

private:
  /// The row, where it is there and may be seen.
  Result<ResourceRow> find(Key const& key);
  /// Whether the caller may see a version of a resource that it may see as it stands.
  bool may_see(Key const& key, std::uint64_t version, Instant updated,
               std::optional<std::string> const& body) const;
  Version to_version(Key const& key, std::uint64_t version, Instant updated, Method method,
                     std::optional<std::string> const& body) const;
  /// Begins what is needed, and returns the resources of the type that the index cannot be asked about.
  Result<std::vector<std::int64_t>> begin_search(std::int64_t type);

  Context const& context_;
  Readers& readers_;
  Indexer& indexer_;
  Reader& reader_;
  search::Access access_;
};

} // namespace tripsis::store::sqlite
