// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#trules. One unit of the store: ids are given first, references between
// the entries are turned into them, all changes are made at once, and what is only read is read after them.
#include "base/uuid.hh"
#include "fhir/reference.hh"
#include "rest/bundle_entry.hh"
#include "rest/bundle_writer.hh"
#include "rest/exchange.hh"
#include "rest/outcome.hh"
#include "rest/router.hh"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

using Ids = std::unordered_map<std::string, std::string>; // fullUrl → Type/id

bool changes_something(BundleEntry const& entry) {
  return entry.method == "POST" || entry.method == "PUT" || entry.method == "DELETE";
}

std::unexpected<Error> at_entry(BundleEntry const& entry, Error error) {
  auto where = entry_path(entry.place);
  if (!error.where.empty())
    where += ": " + error.where;
  return fail(error.fault, std::move(error.what), std::move(where));
}

/// The id that a created resource gets: the client's own where its urn:uuid: is a UUIDv7 (docs/api.md), so
/// that a transaction sent twice by a tablet that lost its answer is refused the second time instead of
/// booked twice.
std::string id_for(Call& call, BundleEntry const& entry) {
  constexpr std::string_view urn = "urn:uuid:";
  constexpr std::size_t version_digit = 14;
  auto const given = std::string_view{entry.full_url}.substr(std::min(urn.size(), entry.full_url.size()));
  if (entry.full_url.starts_with(urn) && Uuid::parse(given) && given[version_digit] == '7')
    return std::string{given};
  return new_id(call);
}

/// Whether the address asks for just what the entry is going to do: what is allowed is judged by it, and a
/// POST to Patient/_search would be judged as a search.
bool is_change_of_one(auth::Interaction interaction) {
  using enum auth::Interaction;
  return interaction == Create || interaction == Update || interaction == Delete;
}

/// The entry as a change, still with its references as they came.
Result<store::Change> change_of(Call& call, BundleEntry const& entry) {
  Request request{.method = entry.method,
                  .target = fmt::format("{}/{}", base_path, entry.url),
                  .headers = entry.headers,
                  .body = {},
                  .peer = {}};
  Call own{request, call.services};
  auto target = parse_target(request.target);
  if (!target)
    return at_entry(entry, target.error());
  own.target = *std::move(target);
  if (find_route(own) || !is_change_of_one(own.route->interaction))
    return fail(Fault::NotSupported,
                "A transaction's entry must name a resource type, or a type and an id.",
                entry_path(entry.place) + ".request.url");
  if (auto const allowed = auth::decide(*call.who, own.route->interaction, own.type); !allowed)
    return at_entry(entry, allowed.error());
  store::Change change{.key = {own.type, own.id}};
  auto const expected = if_match(request);
  if (!expected)
    return at_entry(entry, expected.error());
  change.if_match = *expected;
  if (entry.method == "DELETE") {
    change.method = store::Method::Delete;
    return change;
  }
  if (entry.resource->text("resourceType") != own.type)
    return fail(Fault::Value, "The resource's type is not that of the url.",
                entry_path(entry.place) + ".resource");
  change.method = entry.method == "POST" ? store::Method::Create : store::Method::Update;
  if (change.method == store::Method::Create) {
    change.key.id = id_for(call, entry);
    change.must_be_new = true;
    entry.resource->set("id", change.key.id);
  } else if (entry.resource->text("id") != own.id) {
    return fail(Fault::Value, "The resource's id is not that of the url.",
                entry_path(entry.place) + ".resource.id");
  }
  change.resource = std::move(*entry.resource);
  return change;
}

bool has_dangling(json::Value const& value) {
  if (value.is_array())
    return std::ranges::any_of(value.array(), has_dangling);
  if (!value.is_object())
    return false;
  return value.text("reference").starts_with("urn:uuid:") ||
         std::ranges::any_of(value.object(),
                             [](json::Member const& member) { return has_dangling(member.value); });
}

/// Turns references to other entries into their new ids. One that names no entry would dangle for ever.
Result<> resolve(store::Change& change, Ids const& ids, BundleEntry const& entry) {
  fhir::rewrite_references(change.resource, [&](std::string_view text) -> std::optional<std::string> {
    auto const known = ids.find(std::string{text});
    return known == ids.end() ? std::nullopt : std::optional{known->second};
  });
  if (has_dangling(change.resource))
    return fail(Fault::Value, "A reference to a urn:uuid: names no entry of the transaction.",
                entry_path(entry.place) + ".resource");
  return {};
}

/// Each resource may be changed by one entry only.
Result<> refuse_overlaps(std::vector<store::Change> const& changes) {
  std::map<store::Key, int> seen;
  for (auto const& change : changes)
    if (++seen[change.key] > 1)
      return fail(Fault::Invariant, "Two entries of the transaction change the same resource.");
  return {};
}

Response written_entry(Call const& call, store::Written written) {
  if (written.effect == store::Effect::Deleted || written.version.json.empty()) {
    Response response{.status = 204};
    if (written.version.version > 0) {
      response.headers.emplace_back("ETag", etag(written.version.version));
      response.modified = written.version.updated;
    }
    return response;
  }
  auto response = written_response(call, std::move(written));
  if (!call.prefer_return)
    response.body.clear(); // who posted fifty resources has them already
  return response;
}

/// The store names the change that failed by its place in the unit; the client knows places in the Bundle.
std::unexpected<Error> in_bundle_terms(Error error, std::vector<std::size_t> const& places) {
  std::size_t index = 0;
  auto const& where = error.where;
  auto const known =
      where.size() > 2 && where.front() == '[' &&
      std::from_chars(where.data() + 1, where.data() + where.size(), index).ec == std::errc{} &&
      index < places.size();
  auto const place = known ? places[index] : places.front();
  if (known || places.size() == 1)
    error.where = entry_path(place);
  return std::unexpected{std::move(error)};
}

void note_for_audit(Call& call, store::Written const& written) {
  constexpr std::array<std::string_view, 4> names{"create", "update", "delete", "unchanged"};
  call.entries.push_back(fmt::format("{} {}", names.at(static_cast<std::size_t>(written.effect)),
                                     written.version.key.reference()));
}

/// The changes in their order of work, and each one's place in the Bundle.
struct Work {
  store::Changes unit;
  std::vector<std::size_t> places;
};
Result<Work> prepare(Call& call, std::vector<BundleEntry> const& entries,
                     std::vector<std::size_t> const& order) {
  Work work{changes_of(call), {}};
  std::vector<BundleEntry const*> writing;
  Ids ids;
  for (auto const i : order) {
    auto const& entry = entries[i];
    if (!changes_something(entry))
      continue;
    work.unit.changes.push_back(TRY(change_of(call, entry)));
    work.places.push_back(entry.place);
    writing.push_back(&entry);
    auto const named = !entry.full_url.empty() && entry.method != "DELETE";
    if (named && !ids.emplace(entry.full_url, work.unit.changes.back().key.reference()).second)
      return fail(Fault::Invariant, "Two entries have the same fullUrl.",
                  entry_path(entry.place) + ".fullUrl");
  }
  TRY(refuse_overlaps(work.unit.changes));
  for (std::size_t i = 0; i < writing.size(); ++i)
    TRY(resolve(work.unit.changes[i], ids, *writing[i]));
  return work;
}

} // namespace

Result<Response> transaction(Call& call, std::vector<BundleEntry> entries) {
  auto const order = order_of_work(entries);
  auto work = TRY(prepare(call, entries, order));
  std::vector<Response> answers(entries.size());
  if (!work.places.empty()) {
    auto written = write(call, std::move(work.unit));
    if (!written)
      return in_bundle_terms(std::move(written).error(), work.places);
    for (std::size_t i = 0; i < work.places.size(); ++i) {
      note_for_audit(call, (*written)[i]);
      answers[work.places[i]] = written_entry(call, std::move((*written)[i]));
    }
  }
  std::size_t answered = 0;
  for (auto const i : order)
    if (!changes_something(entries[i]))
      answers[entries[i].place] = answer_alone(call, entries[i], answered);
  BundleWriter bundle{"transaction-response"};
  for (auto const& answer : answers)
    write_answer(bundle, answer);
  return json_response(200, bundle.finish());
}

} // namespace tripsis::rest
