// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Runs the write rules on the writer's thread: they see the unit's changes as made, because they have been,
// inside a savepoint.
#pragma once

#include "store/sqlite/context.hh"
#include "store/sqlite/indexer.hh"
#include "store/sqlite/writer.hh"

namespace tripsis::store::sqlite {

/// The writer's thread only.
class SqliteRuleGate final : public RuleGate {
public:
  SqliteRuleGate(Context const& context, Indexer& indexer, std::string const& index_path)
      : context_{context}, indexer_{indexer}, index_{index_path, OpenMode::ReadWrite} {}

  Result<> check(Database& truth, Unit const& unit, std::vector<std::optional<ResourceRow>> const& before,
                 std::vector<std::int64_t>& seals) override;
  bool is_correction(Unit const& unit, std::size_t place, ResourceRow const& before) override;
  void prepare(std::int64_t sequence) override;

private:
  Context const& context_;
  Indexer& indexer_;
  Database index_;
};

} // namespace tripsis::store::sqlite
