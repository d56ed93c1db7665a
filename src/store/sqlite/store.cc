// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The store on SQLite: puts the parts together and prepares writes on their callers' threads.
#include "store/store.hh"

#include "store/sqlite/check.hh"
#include "store/sqlite/folder_lock.hh"
#include "store/sqlite/indexer.hh"
#include "store/sqlite/read_tx.hh"
#include "store/sqlite/rule_gate.hh"
#include "store/sqlite/trainer.hh"
#include "store/sqlite/wire.hh"
#include "store/sqlite/writer.hh"

namespace tripsis::store {

namespace sqlite {
namespace {

class SqliteStore final : public Store, private Follower {
public:
  SqliteStore(std::string const& folder, std::vector<WriteRule> rules, TimeZone zone)
      : lock_{folder}, truth_path_{folder + "/tripsis.db"}, index_path_{folder + "/index.db"},
        rules_{std::move(rules)}, context_{open_truth(truth_path_, zone)},
        indexer_{context_, truth_path_, index_path_}, readers_{truth_path_, index_path_},
        gate_{context_, indexer_, index_path_},
        writer_{truth_path_, context_.types, gate_, *this, context_.codec},
        trainer_{context_, truth_path_} {}

  void read(AccessFilter const& filter, std::function<void(ReadTx&)> const& work) override {
    auto const reader = readers_.lend();
    SqliteReadTx tx{context_, readers_, indexer_, *reader, filter};
    work(tx);
  }

  Result<std::vector<Written>> write(Changes changes) override {
    std::vector<Unit> units;
    units.push_back(prepare(std::move(changes)));
    auto const& unit = units.front();
    if (unit.result)
      writer_.write(units);
    if (!unit.result)
      return std::unexpected{unit.result.error()};
    return written(unit, WithJson::Yes);
  }

  std::vector<Result<std::vector<Written>>> write_each(std::vector<Changes> all) override {
    std::vector<Result<std::vector<Written>>> results(all.size());
    std::vector<Unit> units;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto unit = prepare(std::move(all[i]));
      if (unit.result) {
        units.push_back(std::move(unit));
        places.push_back(i);
      } else {
        results[i] = std::unexpected{unit.result.error()};
      }
    }
    if (!units.empty())
      writer_.write(units);
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (units[i].result)
        results[places[i]] = written(units[i], WithJson::No);
      else
        results[places[i]] = std::unexpected{units[i].result.error()};
    }
    return results;
  }

  Check check() override {
    auto const reader = readers_.lend();
    bool complete = false;
    writer_.pause([&] { // Nothing is written until both files are read from in the same state.
      complete = indexer_.wait_for(last_sequence(reader->truth)) == Indexer::Reached::Yes;
      reader->truth.run("BEGIN");
      reader->index.run("BEGIN");
      last_sequence(reader->truth);
      read_mark(reader->index);
    });
    auto result = check_files(context_, reader->truth, reader->index);
    if (!complete)
      result.problems.insert(result.problems.begin(), "index.db: it did not come up to the truth in time");
    return result;
  }

  std::vector<std::pair<std::string, std::uint64_t>> type_counts() override {
    std::vector<std::pair<std::string, std::uint64_t>> counts;
    auto const reader = readers_.lend();
    auto rows = reader->truth.query("SELECT name, present FROM type WHERE present > 0 ORDER BY name");
    while (rows.next())
      counts.emplace_back(rows.text(0), static_cast<std::uint64_t>(rows.integer(1)));
    return counts;
  }

  Result<> for_each(std::function<Result<>(Version const&)> const& each) override {
    auto const reader = readers_.lend();
    reader->truth.run("BEGIN");
    auto rows = reader->truth.query(
        "SELECT type, id, ver, upd, method, body FROM res WHERE body IS NOT NULL ORDER BY rid");
    while (rows.next()) {
      Version version{
          .key = {.type = std::string{context_.types.name(rows.integer(0))}, .id = decode_id(rows, 1)},
          .version = static_cast<std::uint64_t>(rows.integer(2)),
          .updated = to_instant(rows.integer(3)),
          .method = static_cast<Method>(rows.integer(4))};
      version.json =
          make_wire(version.key, version.version, version.updated, context_.codec.decode(rows.text(5)));
      TRY(each(version));
    }
    return {};
  }

private:
  enum class WithJson : bool { No, Yes };

  static Context open_truth(std::string const& path, TimeZone zone);

  /// On the caller's thread. An error stands in the unit's result.
  Unit prepare(Changes changes);
  std::vector<Written> written(Unit const& unit, WithJson with_json) const;
  void follow(std::vector<Committed> committed) override;

  FolderLock lock_;
  std::string truth_path_, index_path_;
  std::vector<WriteRule> rules_;
  Context context_;
  Indexer indexer_;
  Readers readers_;
  SqliteRuleGate gate_;
  Writer writer_;
  Trainer trainer_; // ends before the writer, to which it offers what it has made
};

Context SqliteStore::open_truth(std::string const& path, TimeZone zone) {
  Database truth{path, OpenMode::Create};
  prepare_truth(truth);
  return Context{truth, zone};
}

Unit SqliteStore::prepare(Changes changes) {
  Unit unit{.changes = std::move(changes)};
  for (auto const& change : unit.changes.changes) {
    if (context_.types.number(change.key.type) == 0) {
      unit.result = fail(Fault::NotSupported, "There is no resource type of that name.");
      return unit;
    }
    Prepared prepared;
    if (change.method != Method::Delete) {
      prepared.body = context_.codec.encode(make_tail(change.resource));
      prepared.extracted = context_.extractor.extract(change.key, change.resource);
    }
    for (auto const& rule : rules_)
      if (rule.concerns(change))
        prepared.rules.push_back(&rule);
    unit.prepared.push_back(std::move(prepared));
  }
  return unit;
}

std::vector<Written> SqliteStore::written(Unit const& unit, WithJson with_json) const {
  std::vector<Written> all;
  for (std::size_t place = 0; place < unit.result->size(); ++place) {
    auto const& outcome = (*unit.result)[place];
    auto const& body = outcome.body ? *outcome.body : unit.prepared[place].body;
    Written one{.effect = outcome.effect,
                .version = {.key = unit.changes.changes[place].key,
                            .version = outcome.version,
                            .updated = outcome.updated,
                            .method = outcome.method}};
    if (with_json == WithJson::Yes && !body.empty() && outcome.method != Method::Delete)
      one.version.json =
          make_wire(one.version.key, outcome.version, outcome.updated, context_.codec.decode(body));
    all.push_back(std::move(one));
  }
  return all;
}

void SqliteStore::follow(std::vector<Committed> committed) {
  indexer_.enqueue(std::move(committed));
  trainer_.consider(writer_.resources(),
                    [this](std::string dictionary) { writer_.offer_dictionary(std::move(dictionary)); });
}

} // namespace
} // namespace sqlite

std::unique_ptr<Store> open_sqlite(std::string const& folder, std::vector<WriteRule> rules, TimeZone zone) {
  return std::make_unique<sqlite::SqliteStore>(folder, std::move(rules), zone);
}

} // namespace tripsis::store
