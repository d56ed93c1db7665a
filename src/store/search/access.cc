// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/search/access.hh"

namespace tripsis::store::search {

Access::Access(AccessFilter const& filter, index::Extractor const& extractor)
    : filter_{filter}, extractor_{extractor} {
  if (!filter.patients)
    return;
  for (auto const& id : *filter.patients) {
    references_.push_back("Patient/" + id);
    hashes_.push_back(extractor.converter().reference_hash(references_.back()));
  }
}

bool Access::is_by_patient(std::string_view type) const {
  auto const* sight = find_sight(type);
  return is_limited() && (sight == nullptr || sight->of == Sight::Of::Own);
}

bool Access::may_see(std::string_view type, std::int64_t compartment) const {
  return !is_by_patient(type) || compartment == index::several_compartments ||
         std::ranges::find(hashes_, compartment) != hashes_.end();
}

bool Access::may_see(Key const& key, json::Value const& resource) const {
  if (!is_limited())
    return true;
  if (filter_.only && std::ranges::find(*filter_.only, key) == filter_.only->end())
    return false;
  if (filter_.sights.empty())
    return is_in_compartment(key, resource);
  auto const* sight = find_sight(key.type);
  if (sight == nullptr ||
      (!sight->statuses.empty() &&
       std::ranges::find(sight->statuses, resource.text("status")) == sight->statuses.end()))
    return false;
  return sight->of == Sight::Of::Shared || is_about_own(key, resource);
}

bool Access::is_in_compartment(Key const& key, json::Value const& resource) const {
  auto const compartments = extractor_.compartments(key, resource);
  return std::ranges::any_of(compartments, [&](auto const& pair) {
    return std::ranges::find(references_, pair.second) != references_.end();
  });
}

// A compartment is wider than what is about its patient: it holds what they said of somebody else, an
// appointment of two, and records of people whom they are linked to.
bool Access::is_about_own(Key const& key, json::Value const& resource) const {
  if (key.type == "Patient")
    return std::ranges::find(references_, key.reference()) != references_.end();
  auto const* type = extractor_.find_type(key.type);
  auto const* patient = type == nullptr ? nullptr : type->find("patient");
  if (patient == nullptr)
    return false;
  std::vector<index::Found> found;
  patient->find(resource, found);
  return !found.empty() && std::ranges::all_of(found, [&](index::Found const& element) {
    auto const text = element.value->text("reference");
    return std::ranges::find(references_, text.substr(0, text.find("/_history/"))) != references_.end();
  });
}

Sight const* Access::find_sight(std::string_view type) const {
  auto const found = std::ranges::find(filter_.sights, type, &Sight::type);
  return found == filter_.sights.end() ? nullptr : &*found;
}

} // namespace tripsis::store::search
