// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Bundles are read twice: first only to learn which urn:uuid: stands for which resource, since one file may
// refer to another's.
#include "app/importer.hh"

#include "base/json/parse.hh"
#include "base/uuid.hh"
#include "fhir/date_time.hh"
#include "fhir/definitions.hh"
#include "fhir/reference.hh"
#include "rest/router.hh"
#include "validation/validation.hh"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <sodium.h>

namespace tripsis::app {
namespace {

constexpr std::size_t batch = 500;
constexpr std::chrono::years most_ahead{10}; // what is later is no time of a change, and years end at 9999
constexpr std::string_view uuid_urn = "urn:uuid:";

std::string read_whole(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// For a resource that has neither an id nor a urn:uuid:, so that importing it twice gives the same one: a
/// UUID of version 8, made of the resource's own text (https://www.rfc-editor.org/rfc/rfc9562#section-5.8).
std::string id_from_content(json::Value const& resource) {
  auto const text = json::write(resource);
  Uuid id;
  crypto_generichash(id.bytes.data(), id.bytes.size(), reinterpret_cast<unsigned char const*>(text.data()),
                     text.size(), nullptr, 0);
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0fU) | 0x80U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3fU) | 0x80U);
  return id.text();
}

/// Its own id; else its urn:uuid:; else one from its content.
std::string id_of(json::Value const& resource, std::string_view full_url) {
  if (auto const own = resource.text("id"); !own.empty())
    return std::string{own};
  if (full_url.starts_with(uuid_urn) && Uuid::parse(full_url.substr(uuid_urn.size())))
    return std::string{full_url.substr(uuid_urn.size())};
  return id_from_content(resource);
}

std::optional<std::uint64_t> version_of(json::Value const& resource) {
  auto const* value = resource.at({"meta", "versionId"});
  std::uint64_t version = 0;
  if (value == nullptr || !value->is_string())
    return std::nullopt;
  auto const& text = value->string();
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc{} || end != text.data() + text.size() || version == 0 || version > 1'000'000'000)
    return std::nullopt; // other servers use other forms; then the count begins anew
  return version;
}

std::optional<Instant> updated_of(json::Value const& resource) {
  auto const* value = resource.at({"meta", "lastUpdated"});
  if (value == nullptr || !value->is_string())
    return std::nullopt;
  auto const instant = fhir::DateTime::parse_instant(value->string());
  if (!instant)
    return std::nullopt;
  return instant->range(TimeZone::utc()).low;
}

/// What the write rules judge, and what seals a note; all else is what they judge by.
bool is_act(std::string_view type) {
  constexpr std::array<std::string_view, 4> acts{"Appointment", "Composition", "Procedure", "Provenance"};
  return std::ranges::find(acts, type) != acts.end();
}

} // namespace

Tally ImportReport::total() const {
  Tally sum;
  for (auto const& [type, tally] : by_type) {
    sum.read += tally.read;
    sum.written += tally.written;
    sum.left += tally.left;
    sum.refused += tally.refused;
  }
  return sum;
}

Importer::Importer(store::Store& store, clinic::LetThrough& let_through, Clock const& clock,
                   Complain complain, Progress progress)
    : store_{store}, let_through_{let_through}, clock_{clock}, complain_{std::move(complain)},
      progress_{std::move(progress)} {}

Result<ImportReport> Importer::import(std::filesystem::path const& path) {
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_directory(path)) {
    for (auto const& entry : std::filesystem::directory_iterator{path})
      if (entry.is_regular_file() &&
          (entry.path().extension() == ".json" || entry.path().extension() == ".ndjson"))
        files.push_back(entry.path());
    std::ranges::sort(files);
  } else if (std::filesystem::is_regular_file(path)) {
    files.push_back(path);
  } else {
    return fail(Fault::NotFound, fmt::format("There is no file or folder {}.", path.string()));
  }
  if (files.empty())
    return fail(Fault::NotFound, fmt::format("There are no .json or .ndjson files in {}.", path.string()));
  for (auto const& file : files)
    learn_names(file);
  for (auto const pass : {Pass::Facts, Pass::Acts}) {
    pass_ = pass;
    for (auto const& file : files) {
      import_file(file);
      flush();
      mark_let_through();
    }
  }
  return std::move(report_);
}

void Importer::learn_names(std::filesystem::path const& file) {
  if (file.extension() == ".ndjson")
    return; // lines have no fullUrl
  auto const bundle = json::parse(read_whole(file));
  if (!bundle || bundle->text("resourceType") != "Bundle")
    return; // import_file tells what is wrong with it
  for (auto const& entry : bundle->items("entry")) {
    auto const* resource = entry.find("resource");
    auto const full_url = entry.text("fullUrl");
    if (resource != nullptr && resource->is_object() && !full_url.empty())
      references_.emplace(full_url,
                          fmt::format("{}/{}", resource->text("resourceType"), id_of(*resource, full_url)));
  }
}

void Importer::import_file(std::filesystem::path const& file) {
  if (!std::ifstream{file})
    return refuse_text({file.filename().string(), {}, 0, {}},
                       fmt::format("cannot be read: {}", std::strerror(errno)));
  if (file.extension() == ".ndjson")
    return import_lines(file);
  auto value = json::parse(read_whole(file));
  Place place{file.filename().string(), {}, 0, {}};
  if (!value)
    return refuse_text(place, value.error().what);
  if (value->text("resourceType") == "Bundle")
    return import_bundle(file, *std::move(value));
  take(std::move(place), *std::move(value));
}

void Importer::import_bundle(std::filesystem::path const& file, json::Value bundle) {
  auto* entries = bundle.find("entry");
  if (entries == nullptr)
    return;
  if (!entries->is_array())
    return refuse_text({file.filename().string(), {}, 0, {}}, "Bundle.entry is not a list");
  std::size_t number = 0;
  for (auto& entry : entries->array()) {
    ++number;
    Place place{file.filename().string(), "entry", number, {}};
    if (!entry.is_object()) {
      refuse_text(place, "not an entry of a Bundle");
      continue;
    }
    auto* resource = entry.find("resource");
    if (resource == nullptr)
      continue; // a deletion, or an answer without a body
    if (resource->is_object() && resource->find("id") == nullptr)
      resource->set("id", id_of(*resource, entry.text("fullUrl")));
    take(std::move(place), std::move(*resource));
  }
}

void Importer::import_lines(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos)
      continue;
    Place place{file.filename().string(), "line", number, {}};
    auto value = json::parse(line);
    if (value)
      take(std::move(place), *std::move(value));
    else
      refuse_text(place, value.error().what);
  }
}

void Importer::take(Place place, json::Value resource) {
  std::string const type{resource.text("resourceType")};
  if (is_act(type) != (pass_ == Pass::Acts))
    return;
  auto const known = rest::is_served(type);
  ++report_.by_type[known ? type : std::string{}].read;
  if (!known)
    return refuse(place, "", "not a resource of a type that is kept here");
  if (resource.find("id") == nullptr)
    resource.set("id", id_from_content(resource));
  fhir::rewrite_references(resource, [&](std::string_view text) -> std::optional<std::string> {
    auto const found = references_.find(std::string{text});
    return found == references_.end() ? std::nullopt : std::optional{found->second};
  });
  for (auto const& issue : validation::validate(resource))
    if (issue.severity == validation::Severity::Error)
      return refuse(place, type, fmt::format("{}: {}", issue.where, issue.what));
  store::Change change{store::Method::Update, {type, std::string{resource.text("id")}}, {}};
  change.import_version = version_of(resource);
  change.import_updated = updated_of(resource);
  if (change.import_updated && *change.import_updated > clock_.now() + most_ahead)
    return refuse(place, type, "meta.lastUpdated lies in the future");
  change.resource = std::move(resource);
  store::Changes unit{{}, store::Origin::Import, {}, clock_.now()};
  unit.changes.push_back(std::move(change));
  pending_.push_back(std::move(unit));
  place.type = type;
  pending_places_.push_back(std::move(place));
  if (pending_.size() >= batch)
    flush();
}

void Importer::flush() {
  if (pending_.empty())
    return;
  auto const results = store_.write_each(std::exchange(pending_, {}));
  auto const places = std::exchange(pending_places_, {});
  for (std::size_t i = 0; i < results.size(); ++i) {
    auto& tally = report_.by_type[places[i].type];
    if (!results[i])
      refuse(places[i], places[i].type, results[i].error().what);
    else if (results[i]->front().effect == store::Effect::Unchanged)
      ++tally.left;
    else
      ++tally.written;
  }
  for (auto const& item : let_through_.take())
    if (std::ranges::any_of(
            results, [&](auto const& result) { return result && result->front().version.key == item.key; }))
      marked_.push_back(item);
  read_ += results.size();
  progress_(read_);
}

/// One Provenance for what of the present file the rules would have refused to a client.
void Importer::mark_let_through() {
  auto provenance = clinic::import_provenance(std::exchange(marked_, {}), clock_.now());
  if (provenance.is_null())
    return;
  auto id = id_from_content(provenance);
  provenance.set("id", id);
  store::Changes unit{{}, store::Origin::Import, {}, clock_.now()};
  unit.changes.push_back({store::Method::Update, {"Provenance", std::move(id)}, std::move(provenance)});
  if (auto const written = store_.write(std::move(unit)); !written)
    complain_(fmt::format("What was let through could not be marked: {}", written.error().what));
}

/// What was no JSON is told once.
void Importer::refuse_text(Place const& place, std::string_view why) {
  if (pass_ != Pass::Facts)
    return;
  ++report_.by_type[""].read;
  refuse(place, "", why);
}

void Importer::refuse(Place const& place, std::string_view type, std::string_view why) {
  ++report_.by_type[std::string{type}].refused;
  auto const where =
      place.unit.empty() ? place.file : fmt::format("{}, {} {}", place.file, place.unit, place.number);
  complain_(type.empty() ? fmt::format("{}: {}", where, why)
                         : fmt::format("{} ({}): {}", where, type, why));
}

} // namespace tripsis::app
