// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/rule_gate.hh"

#include "base/json/parse.hh"
#include "store/sqlite/wire.hh"

#include <stdexcept>

namespace tripsis::store::sqlite {

namespace {

/// What the store has written parses, or the file is damaged.
json::Value parse_body(Context const& context, Key const& key, ResourceRow const& row) {
  auto parsed = json::parse(make_wire(key, row.version, row.updated, context.codec.decode(*row.body)));
  if (!parsed)
    throw std::runtime_error{"a stored resource is not JSON"};
  return *std::move(parsed);
}

class SqliteRuleTx final : public RuleTx {
public:
  SqliteRuleTx(Context const& context, Database& truth, Changes const& unit,
               std::vector<std::int64_t>& seals)
      : context_{context}, truth_{truth}, unit_{unit}, seals_{seals} {}

  Result<json::Value> read(Key const& key) override {
    auto const row = find_row(truth_, context_.types.number(key.type), key.id);
    if (!row)
      return fail(Fault::NotFound, "There is no such resource.");
    if (!row->body)
      return fail(Fault::Deleted, "This resource has been deleted.");
    return parse_body(context_, key, *row);
  }

  Result<std::vector<json::Value>> search(Query const& query) override {
    return fail(Fault::NotSupported, "Searching " + query.type + " is not offered.");
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
  Changes const& unit_;
  std::vector<std::int64_t>& seals_;
};

} // namespace

Result<> SqliteRuleGate::check(Database& truth, Unit const& unit,
                               std::vector<std::optional<ResourceRow>> const& before,
                               std::vector<std::int64_t>& seals) {
  SqliteRuleTx tx{context_, truth, unit.changes, seals};
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
        if (unit.changes.changes.size() > 1)
          error.where = fmt::format("[{}]", place);
        return std::unexpected{std::move(error)};
      }
  }
  return {};
}

void SqliteRuleGate::prepare() {}

} // namespace tripsis::store::sqlite
