// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The store as the rest of the program sees it, opened for one practice. Two parts: what was written (every
// version, durable) and an index derived from it. docs/formats/store.md tells how the SQLite store keeps
// them.
//
// Promises: an acknowledged write is durable. A unit (Changes) happens whole or not at all. A search sees
// every write that was acknowledged before the search began. A reader sees one unchanging state.
#pragma once

#include "base/clock.hh"
#include "base/json/value.hh"
#include "base/result.hh"
#include "base/time_zone.hh"
#include "fhir/definitions.hh"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripsis::store {

struct Key {
  std::string type, id;
  friend auto operator<=>(Key const&, Key const&) = default;
  std::string reference() const { return type + "/" + id; }
};

/// What of one type may be seen by who does not see the whole practice.
struct Sight {
  enum class Of : unsigned char {
    Own,    ///< What is about the filter's patients, and about nobody else
    Shared, ///< Whatever there is: definitions that all work by
  };
  std::string_view type;
  Of of = Of::Own;
  std::span<std::string_view const> statuses = {}; ///< Empty: whatever its `status`
};

/// What the caller may see. Filled by auth/policy; enforced here, on every read and search, for every
/// version.
struct AccessFilter {
  std::optional<std::vector<std::string>>
      patients; ///< Ids of patients whose compartments may be seen; nullopt: the whole practice.
  /// Together with `patients`: the types of which something may be seen. Empty: all that lies in the
  /// compartments. Points into a table that outlives everything.
  std::span<Sight const> sights = {};
  /// Where given, nothing but these.
  std::optional<std::vector<Key>> only = {};
};

enum class Method : unsigned char { Create, Update, Delete };

/// One version of a resource.
struct Version {
  Key key;
  std::uint64_t version = 0;
  Instant updated;
  Method method = Method::Create;
  std::string json; ///< With id, meta.versionId and meta.lastUpdated; empty for a deletion.
};

// --- Searching
// -----------------------------------------------------------------------------------------------------------------

enum class Prefix : unsigned char { Eq, Ne, Gt, Lt, Ge, Le, Sa, Eb, Ap };

/// One parameter of a search as it came, split at ':' and ','. All criteria must hold; within one, any
/// value may.
struct Criterion {
  fhir::SearchParameter const* parameter = nullptr;
  std::string modifier; ///< "exact", "contains", "missing", a type name for references …; empty for none
  std::vector<std::string> values; ///< With FHIR's escapes (\, \| \$ \\) still in place
};

struct SortKey {
  fhir::SearchParameter const* parameter = nullptr; ///< _id, _lastUpdated, or any indexed one
  bool descending = false;
};

enum class Total : unsigned char { None, Accurate };

struct Query {
  std::string type;
  std::vector<Criterion> criteria;
  std::vector<SortKey> sort; ///< Empty: newest first by clinical date (store.md §1)
  std::size_t count = 20;    ///< A page's size, 0 to 1000
  std::string cursor;        ///< Empty for the first page; opaque: what Page::next held
  Total total = Total::None;
  bool count_only = false; ///< _summary=count: no matches are fetched, total is accurate
};

/// Makes a Query of decoded name–value pairs. Fault::NotSupported or Fault::Value name the parameter at
/// fault. Result parameters that are not the store's (_format, _pretty, _elements, _summary other than
/// count, _include) must have been taken out before. With Unknown::Ignore, parameters that the type does
/// not have are put in `ignored` (when given) instead of being refused. `_cursor` is Page::next.
enum class Unknown : unsigned char { Refuse, Ignore };
Result<Query> parse_query(std::string_view type,
                          std::vector<std::pair<std::string, std::string>> const& parameters,
                          Unknown unknown, std::vector<std::string>* ignored = nullptr);

struct Page {
  std::vector<Version> matches;
  std::string next; ///< Cursor of the next page; empty on the last
  std::optional<std::uint64_t> total;
};

/// One unchanging state. Not thread-safe; lives inside the function given to Store::read.
class ReadTx {
public:
  virtual ~ReadTx() = default;
  /// Fault::NotFound (also for what the filter hides), Fault::Deleted.
  virtual Result<Version> read(Key const& key) = 0;
  virtual Result<Version> vread(Key const& key, std::uint64_t version) = 0;
  /// Newest first. Fault::NotFound where the resource never was.
  virtual Result<std::vector<Version>> history(Key const& key, std::size_t count) = 0;
  virtual Result<Page> search(Query const& query) = 0;
};

// --- Writing
// -------------------------------------------------------------------------------------------------------------------

/// Where a change comes from: an import may be let through where a client is refused (clinic/rules.hh).
enum class Origin : unsigned char { Client, Import };

struct Change {
  Method method = Method::Create;
  Key key;              ///< The id is always given: who creates without one makes a UUIDv7 first
  json::Value resource; ///< Valid; null for a deletion. Its meta.versionId and lastUpdated are replaced,
                        ///< unless imported.
  std::optional<std::uint64_t> if_match; ///< Fault::Precondition unless this is the present version
  bool must_be_new = false;              ///< Fault::Conflict where the id exists or existed
  /// Import: keep these. A resource that is there already with no older lastUpdated is left as it is
  /// (Outcome::Unchanged).
  std::optional<std::uint64_t> import_version;
  std::optional<Instant> import_updated;
};

enum class Effect : unsigned char { Created, Updated, Deleted, Unchanged };

struct Written {
  Effect effect;
  Version version; ///< As it stands now; for a deletion of what was not there, version 0.
};

/// What a unit may change of what is sealed, and no more (docs/decisions/031-corrections.md). The store
/// compares. Only the operations $merge and $entered-in-error set it: nothing of a request becomes one.
struct Correction {
  enum class Kind : unsigned char {
    None,
    References,    ///< Every reference to `from` becomes one to `to`; nothing else
    EnteredInError ///< The status becomes entered-in-error; nothing else
  };
  Kind kind = Kind::None;
  Key from = {}, to = {}; ///< For References
};

/// A unit: all or nothing, in order.
struct Changes {
  std::vector<Change> changes;
  Origin origin = Origin::Client;
  std::string
      practitioner; ///< "Practitioner/x" of the signed-in person, or empty; for rules that ask who signs
  Instant now;      ///< The time of the request: what "today" and lastUpdated are taken from
  /// A change that is such a correction passes seals, and is judged by no write rule: what it corrects has
  /// been judged when it was written. Every other change of the unit is one as always.
  Correction correction = {};
};

/// What a write rule sees: everything committed, and the unit itself as if its changes were already made.
/// Runs on the writer's thread.
class RuleTx {
public:
  virtual ~RuleTx() = default;
  virtual Result<json::Value> read(Key const& key) = 0;
  virtual Result<std::vector<json::Value>> search(Query const& query) = 0; ///< All matches, no paging
  /// A sealed resource can be neither changed nor deleted any more, by anybody; kept with the truth.
  virtual void seal(Key const& key) = 0;
  virtual bool is_sealed(Key const& key) = 0;
  virtual Changes const& unit() const = 0;
};

/// One thing that must always be true. Checked for every change on every path.
struct WriteRule {
  std::string_view name;
  /// Cheap, without the store: whether the rule has anything to say of this change. Rules that search wait
  /// for the index.
  std::function<bool(Change const& change)> concerns;
  /// `before` and `after` are nullptr where the resource did not or will not exist.
  std::function<Result<>(RuleTx& tx, Change const& change, json::Value const* before,
                         json::Value const* after)>
      check;
};

/// Thread-safe. Reads run on the caller's thread; writes wait for the writer.
class Store {
public:
  virtual ~Store() = default;

  /// Runs `work` on one state of the store.
  virtual void read(AccessFilter const& filter, std::function<void(ReadTx&)> const& work) = 0;

  /// Does the unit, durable on return. Fault::Transient when the queue is full or the disk is. A failing
  /// change's `where` begins with its index in the unit, "[3] ", where the unit has more than one.
  virtual Result<std::vector<Written>> write(Changes unit) = 0;
  /// Does many units, each for itself (one that is refused does not stop the others), durable on return:
  /// for imports and batches, where waiting for the disk once a unit would be slow. The results stand in
  /// the units' order; `json` is left empty in them.
  virtual std::vector<Result<std::vector<Written>>> write_each(std::vector<Changes> units) = 0;

  struct Check {
    std::uint64_t resources = 0, versions = 0, index_rows = 0;
    std::vector<std::string> problems; ///< Empty: all is well
  };
  /// Rebuilds the index beside the present one and compares; checks versions, seals and SQLite's own
  /// integrity.
  virtual Check check() = 0;

  /// How many resources of each type there are (not deleted).
  virtual std::vector<std::pair<std::string, std::uint64_t>> type_counts() = 0;
  /// Every present resource in a stable order, for export. Stops with the first error that `each` returns.
  virtual Result<> for_each(std::function<Result<>(Version const&)> const& each) = 0;
};

/// Opens or makes the SQLite store in a folder: tripsis.db (the truth), index.db (derived, remade when
/// absent or of other definitions). Throws when the folder cannot be used, or when another process has it
/// open (lock file). `zone` is the clinic's: what dates without an offset mean, in resources and in
/// searches. Opened with another one than before, the index is made again.
std::unique_ptr<Store> open_sqlite(std::string const& folder, std::vector<WriteRule> rules,
                                   TimeZone zone = TimeZone::utc());

} // namespace tripsis::store
