// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/read_tx.hh"

#include "store/sqlite/wire.hh"

namespace tripsis::store::sqlite {

namespace {

constexpr std::string_view not_found = "There is no such resource.";
constexpr std::string_view deleted = "This resource has been deleted.";

} // namespace

SqliteReadTx::SqliteReadTx(Context const& context, Reader& reader, AccessFilter const& filter)
    : context_{context}, reader_{reader}, filter_{filter} {}

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
    versions.push_back(to_version(key, old.version, old.updated, old.method, old.body));
  return versions;
}

Result<Page> SqliteReadTx::search(Query const& query) {
  return fail(Fault::NotSupported, "Searching " + query.type + " is not offered.");
}

Result<ResourceRow> SqliteReadTx::find(Key const& key) {
  auto const type = context_.types.number(key.type);
  if (!reader_.truth.in_transaction())
    reader_.truth.run("BEGIN");
  auto row = type != 0 ? find_row(reader_.truth, type, key.id) : std::nullopt;
  if (!row || filter_.patients)
    return fail(Fault::NotFound, std::string{not_found});
  return *std::move(row);
}

Version SqliteReadTx::to_version(Key const& key, std::uint64_t version, Instant updated, Method method,
                                 std::optional<std::string> const& body) const {
  Version made{.key = key, .version = version, .updated = updated, .method = method};
  if (body)
    made.json = make_wire(key, version, updated, context_.codec.decode(*body));
  return made;
}

} // namespace tripsis::store::sqlite
