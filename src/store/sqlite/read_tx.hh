// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Reading in one state of the store: a read transaction on the truth, begun by the first thing that is
// asked.
#pragma once

#include "store/sqlite/context.hh"
#include "store/sqlite/readers.hh"

namespace tripsis::store::sqlite {

/// Not thread-safe. All that it is made of must outlive it.
class SqliteReadTx final : public ReadTx {
public:
  SqliteReadTx(Context const& context, Reader& reader, AccessFilter const& filter);

  Result<Version> read(Key const& key) override;
  Result<Version> vread(Key const& key, std::uint64_t version) override;
  Result<std::vector<Version>> history(Key const& key, std::size_t count) override;
  Result<Page> search(Query const& query) override;

private:
  /// The row, where it is there and may be seen.
  Result<ResourceRow> find(Key const& key);
  Version to_version(Key const& key, std::uint64_t version, Instant updated, Method method,
                     std::optional<std::string> const& body) const;

  Context const& context_;
  Reader& reader_;
  AccessFilter const& filter_;
};

} // namespace tripsis::store::sqlite
