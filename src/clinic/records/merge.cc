// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/records/merge.hh"

#include "base/json/parse.hh"
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "store/correction.hh"

#include <algorithm>
#include <stdexcept>

namespace tripsis::clinic {
namespace {

using json::Value;

bool is_replaced(Value const& patient) {
  return std::ranges::any_of(patient.items("link"),
                             [](Value const& link) { return link.text("type") == "replaced-by"; });
}

bool is_active(Value const& patient) {
  auto const* active = patient.find("active");
  return active == nullptr || !active->is_bool() || active->boolean();
}

/// What says of the record that it is its own, and not the person's: documents, the log of who did what,
/// and earlier merges.
bool tells_what_was(Value const& resource) {
  auto const type = resource.text("resourceType");
  return type == "Bundle" || type == "AuditEvent" ||
         (type == "Provenance" && code_in(resource.find("activity"), canonical::activity) == "merge");
}

Value link_to(store::Key const& other, std::string_view type) {
  return json::object({{"other", json::object({{"reference", other.reference()}})}, {"type", type}});
}

} // namespace

Result<> check_merge(Merge const& merge, Value const& source, Value const& target) {
  if (merge.source == merge.target)
    return fail(Fault::BusinessRule, "A patient cannot be merged with itself: name two records.",
                "Parameters.parameter");
  for (auto const& [name, patient] : {std::pair{"source-patient", &source}, {"target-patient", &target}})
    if (is_replaced(*patient) || !is_active(*patient))
      return fail(Fault::BusinessRule,
                  std::string{"The "} + name +
                      " is inactive or has been merged already: name a record that is in use.",
                  std::string{"Parameters.parameter.where(name='"} + name + "')");
  return {};
}

Value merged_source(Merge const& merge, Value source) {
  source.set("active", Value{false}).push("link", link_to(merge.target, "replaced-by"));
  return source;
}

Value merged_target(Merge const& merge, Value target, Value const& source) {
  if (auto* links = target.find("link"); links != nullptr && links->is_array())
    std::erase_if(links->array(),
                  [&](Value const& link) { return key_of(link.find("other")) == merge.source; });
  if (target.items("link").empty())
    target.erase("link");
  if (auto corrected = store::corrected_by(merge.correction(), target))
    target = *std::move(corrected);
  for (auto identifier : source.items("identifier")) {
    auto const is_same = [&](Value const& own) {
      return own.text("system") == identifier.text("system") &&
             own.text("value") == identifier.text("value");
    };
    if (std::ranges::none_of(target.items("identifier"), is_same))
      target.push("identifier", std::move(identifier.set("use", "old")));
  }
  target.push("link", link_to(merge.source, "replaces"));
  return target;
}

Result<std::vector<store::Change>> turned_references(store::Store& store, Merge const& merge) {
  std::vector<store::Change> changes;
  auto const correction = merge.correction();
  auto const reference = merge.source.reference();
  TRY(store.for_each([&](store::Version const& version) -> Result<> {
    if (version.key == merge.source || version.key == merge.target || !version.json.contains(reference))
      return {};
    auto parsed = json::parse(version.json);
    if (!parsed)
      throw std::runtime_error{"A stored resource is not JSON."};
    if (tells_what_was(*parsed))
      return {};
    if (auto corrected = store::corrected_by(correction, *std::move(parsed)))
      changes.push_back({.method = store::Method::Update,
                         .key = version.key,
                         .resource = *std::move(corrected),
                         .if_match = version.version});
    return {};
  }));
  return changes;
}

} // namespace tripsis::clinic
