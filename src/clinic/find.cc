// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/find.hh"

#include "base/json/parse.hh"
#include "fhir/reference.hh"

#include <charconv>
#include <stdexcept>

namespace tripsis::clinic {
namespace {

/// What the store holds parses, or the file is damaged.
json::Value parse_stored(store::Version const& version) {
  auto parsed = json::parse(version.json);
  if (!parsed)
    throw std::runtime_error{"A stored resource is not JSON."};
  return *std::move(parsed);
}

} // namespace

Find find_in(store::ReadTx& tx) {
  return [&tx](std::string_view type, Parameters const& parameters) -> Result<std::vector<json::Value>> {
    auto query = TRY(store::parse_query(type, parameters, store::Unknown::Refuse));
    query.count = 1000;
    std::vector<json::Value> found;
    do {
      auto const page = TRY(tx.search(query));
      for (auto const& match : page.matches)
        found.push_back(parse_stored(match));
      query.cursor = page.next;
    } while (!query.cursor.empty());
    return found;
  };
}

Find find_in(store::RuleTx& tx) {
  return [&tx](std::string_view type, Parameters const& parameters) -> Result<std::vector<json::Value>> {
    return tx.search(TRY(store::parse_query(type, parameters, store::Unknown::Refuse)));
  };
}

Result<json::Value> read(store::ReadTx& tx, store::Key const& key) {
  return parse_stored(TRY(tx.read(key)));
}

store::Change update_of(json::Value resource) {
  store::Change change{
      .method = store::Method::Update,
      .key = {std::string{resource.text("resourceType")}, std::string{resource.text("id")}}};
  if (auto const* version = resource.at({"meta", "versionId"});
      version != nullptr && version->is_string()) {
    std::uint64_t number = 0;
    auto const& text = version->string();
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{})
      change.if_match = number;
  }
  change.resource = std::move(resource);
  return change;
}

std::optional<store::Key> key_of(std::string_view reference) {
  auto parsed = fhir::Reference::parse(reference);
  if (!parsed || parsed->kind != fhir::Reference::Kind::Relative)
    return std::nullopt;
  return store::Key{std::move(parsed->type), std::move(parsed->id)};
}

std::optional<store::Key> key_of(json::Value const* element) {
  return element != nullptr ? key_of(element->text("reference")) : std::nullopt;
}

std::string reference_to(json::Value const& resource) {
  return std::string{resource.text("resourceType")} + "/" + std::string{resource.text("id")};
}

std::string any_of(std::vector<std::string> const& values) {
  std::string joined;
  for (auto const& value : values) {
    if (!joined.empty())
      joined += ',';
    for (char const c : value) {
      if (c == ',' || c == '$' || c == '\\')
        joined += '\\';
      joined += c;
    }
  }
  return joined;
}

std::vector<store::Key> actors(json::Value const& appointment, std::string_view type) {
  std::vector<store::Key> keys;
  for (auto const& participant : appointment.items("participant"))
    if (auto key = key_of(participant.find("actor"));
        key && key->type == type && participant.text("status") != "declined")
      keys.push_back(*std::move(key));
  return keys;
}

bool refers_elsewhere(json::Value const& appointment) {
  return std::ranges::any_of(appointment.items("participant"), [](json::Value const& participant) {
    auto const* actor = participant.find("actor");
    return actor != nullptr && !actor->text("reference").empty() && !key_of(actor);
  });
}

std::string_view code_in(json::Value const* concept_, std::string_view system) {
  if (concept_ != nullptr && concept_->is_array()) {
    for (auto const& one_of_them : concept_->array())
      if (auto const code = code_in(&one_of_them, system); !code.empty())
        return code;
  } else if (concept_ != nullptr) {
    for (auto const& coding : concept_->items("coding"))
      if (coding.text("system") == system)
        return coding.text("code");
  }
  return {};
}

} // namespace tripsis::clinic
