// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/rule_gate.hh"

#include "store/correction.hh"
#include "store/search/search.hh"
#include "store/sqlite/wire.hh"

namespace tripsis::store::sqlite {

namespace {

/// Changes that the index may lack when a unit with rules begins: each costs a rule's search some 20 µs.
constexpr std::size_t longest_lag = 32;

json::Value parse_body(Context const& context, Key const& key, ResourceRow const& row) {
  return document_of(context, key, row.version, row.updated, *row.body);
}

class SqliteRuleTx final : public RuleTx {
public:
  SqliteRuleTx(Context const& context, Database& truth, Database& index, Changes const& unit,
               std::vector<std::int64_t>& seals)
      : context_{context}, truth_{truth}, index_{index}, unit_{unit}, seals_{seals} {}

  Result<json::Value> read(Key const& key) override {
    auto const row = find_row(truth_, context_.types.number(key.type), key.id);
    if (!row)
      return fail(Fault::NotFound, "There is no such resource.");
    if (!row->body)
      return fail(Fault::Deleted, "This resource has been deleted.");
    return parse_body(context_, key, *row);
  }

  Result<std::vector<json::Value>> search(Query const& query) override {
    // The truth is read inside the writer's transaction, with this unit's changes and those of others
    // before it.
    Transaction const reading{index_, TransactionKind::Deferred};
    search::Snapshot snapshot{.context = context_, .truth = truth_, .index = index_};
    auto const mark = read_mark(index_).sequence;
    snapshot.fresh =
        search::touched_between(truth_, context_.types.number(query.type), mark, last_sequence(truth_));
    AccessFilter const everything;
    return search::search_all(query, snapshot, search::Access{everything, context_.extractor});
  }

  void seal(Key const& key) override {
    if (auto const row = find_row(truth_, context_.types.number(key.type), key.id); row && row->body)
      seals_.push_back(row->rid);
  }

  bool is_sealed(Key const& key) override {
    auto const row = find_row(truth_, context_.types.number(key.type), key.id);
    return row && (std::ranges::find(seals_, row->rid) != seals_.end() ||
                   truth_.query("SELECT 1 FROM seal WHERE rid = ?1", row->rid).next());
  }

  Changes const& unit() const override { return unit_; }

private:
  Context const& context_;
  Database& truth_;
  Database& index_;
  Changes const& unit_;
  std::vector<std::int64_t>& seals_;
};

} // namespace

Result<> SqliteRuleGate::check(Database& truth, Unit const& unit,
                               std::vector<std::optional<ResourceRow>> const& before,
                               std::vector<std::int64_t>& seals) {
  SqliteRuleTx tx{context_, truth, index_, unit.changes, seals};
  for (std::size_t place = 0; place < unit.changes.changes.size(); ++place) {
    auto const& change = unit.changes.changes[place];
    auto const& rules = unit.prepared[place].rules;
    if (rules.empty())
      continue;
    std::optional<json::Value> earlier;
    if (before[place] && before[place]->body)
      earlier = parse_body(context_, change.key, *before[place]);
    auto const* after = change.method == Method::Delete ? nullptr : &change.resource;
    for (auto const* rule : rules)
      if (auto checked = rule->check(tx, change, earlier ? &*earlier : nullptr, after); !checked) {
        auto error = std::move(checked).error();
        if (unit.changes.changes.size() > 1 &&
            !error.where.starts_with('[')) // A rule may name another's place.
          error.where = fmt::format("[{}] {}", place, error.where);
        return std::unexpected{std::move(error)};
      }
  }
  return {};
}

bool SqliteRuleGate::is_correction(Unit const& unit, std::size_t place, ResourceRow const& before) {
  auto const& change = unit.changes.changes[place];
  if (unit.changes.correction.kind == Correction::Kind::None || change.method != Method::Update)
    return false;
  auto const corrected = corrected_by(unit.changes.correction, parse_body(context_, change.key, before));
  return corrected && make_tail(*corrected) == make_tail(change.resource);
}

void SqliteRuleGate::prepare(std::int64_t sequence) {
  if (indexer_.lag() > longest_lag)
    indexer_.wait_for(sequence);
}

} // namespace tripsis::store::sqlite
