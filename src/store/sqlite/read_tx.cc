// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/read_tx.hh"

#include "store/search/search.hh"

namespace tripsis::store::sqlite {

namespace {

constexpr std::string_view not_found = "There is no such resource.";
/// More resources that the index does not hold yet are not judged one by one: the search waits for the
/// index.
constexpr std::size_t most_fresh = 64;
constexpr int most_attempts = 3;

constexpr std::string_view deleted = "This resource has been deleted.";

} // namespace

SqliteReadTx::SqliteReadTx(Context const& context, Readers& readers, Indexer& indexer, Reader& reader,
                           AccessFilter const& filter)
    : context_{context}, readers_{readers}, indexer_{indexer}, reader_{reader},
      access_{filter, context.extractor} {}

Result<Version> SqliteReadTx::read(Key const& key) {
  auto const row = TRY(find(key));
  if (!row.body)
    return fail(Fault::Deleted, std::string{deleted});
  return to_version(key, row.version, row.updated, row.method, row.body);
}

Result<Version> SqliteReadTx::vread(Key const& key, std::uint64_t version) {
  auto row = TRY(find(key));
  if (row.version != version) {
    auto found = find_history(reader_.truth, row.rid, version);
    if (!found)
      return fail(Fault::NotFound, "The resource has no such version.");
    row.version = found->version;
    row.updated = found->updated;
    row.method = found->method;
    row.body = std::move(found->body);
    if (!may_see(key, row.version, row.updated, row.body))
      return fail(Fault::NotFound, "The resource has no such version.");
  }
  if (!row.body)
    return fail(Fault::Deleted, std::string{deleted});
  return to_version(key, row.version, row.updated, row.method, row.body);
}

Result<std::vector<Version>> SqliteReadTx::history(Key const& key, std::size_t count) {
  auto const row = TRY(find(key));
  std::vector<Version> versions;
  if (count == 0)
    return versions;
  versions.push_back(to_version(key, row.version, row.updated, row.method, row.body));
  auto const earlier = sqlite::history(reader_.truth, row.rid, count - 1);
  for (auto const& old : earlier)
    if (may_see(key, old.version, old.updated, old.body))
      versions.push_back(to_version(key, old.version, old.updated, old.method, old.body));
  return versions;
}

Result<Page> SqliteReadTx::search(Query const& query) {
  search::Snapshot snapshot{.context = context_, .truth = reader_.truth, .index = reader_.index};
  snapshot.fresh = TRY(begin_search(context_.types.number(query.type)));
  return search::search(query, snapshot, access_);
}

Result<std::vector<std::int64_t>> SqliteReadTx::begin_search(std::int64_t type) {
  for (int attempt = 0;; ++attempt) {
    bool const is_truth_ours = !reader_.truth.in_transaction();
    bool const is_index_ours = !reader_.index.in_transaction();
    if (is_index_ours)
      reader_.index.run("BEGIN");
    auto const mark = read_mark(reader_.index).sequence;
    if (is_truth_ours)
      reader_.truth.run("BEGIN");
    auto const sequence = last_sequence(reader_.truth);
    if (mark > sequence) { // What came after this state of the truth is in a newer one's log.
      auto const newer = readers_.lend();
      return search::touched_between(newer->truth, type, sequence, mark);
    }
    auto fresh = search::touched_between(reader_.truth, type, mark, sequence);
    if (fresh.size() <= most_fresh || !is_index_ours)
      return fresh;
    reader_.index.rollback();
    if (is_truth_ours)
      reader_.truth.rollback();
    if (attempt == most_attempts || indexer_.wait_for(sequence) == Indexer::Reached::No)
      return fail(Fault::Transient, "The index is far behind; try again in a moment.");
  }
}

Result<ResourceRow> SqliteReadTx::find(Key const& key) {
  auto const type = context_.types.number(key.type);
  if (!reader_.truth.in_transaction())
    reader_.truth.run("BEGIN");
  auto row = type != 0 ? find_row(reader_.truth, type, key.id) : std::nullopt;
  if (!row || !access_.may_see(key.type, row->compartment) ||
      !may_see(key, row->version, row->updated, row->body))
    return fail(Fault::NotFound, std::string{not_found});
  return *std::move(row);
}

// A deletion shows nothing but that something was there, to those whose it was.
bool SqliteReadTx::may_see(Key const& key, std::uint64_t version, Instant updated,
                           std::optional<std::string> const& body) const {
  return !access_.is_limited() || !body ||
         access_.may_see(key, document_of(context_, key, version, updated, *body));
}

Version SqliteReadTx::to_version(Key const& key, std::uint64_t version, Instant updated, Method method,
                                 std::optional<std::string> const& body) const {
  Version made{.key = key, .version = version, .updated = updated, .method = method};
  if (body)
    made.json = wire_of(context_, key, version, updated, *body);
  return made;
}

} // namespace tripsis::store::sqlite
