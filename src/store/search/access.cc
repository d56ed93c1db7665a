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

bool Access::may_see(std::int64_t compartment) const {
  return !is_limited() || compartment == index::several_compartments ||
         std::ranges::find(hashes_, compartment) != hashes_.end();
}

bool Access::may_see(Key const& key, json::Value const& resource) const {
  if (!is_limited())
    return true;
  auto const compartments = extractor_.compartments(key, resource);
  return std::ranges::any_of(compartments, [&](auto const& pair) {
    return std::ranges::find(references_, pair.second) != references_.end();
  });
}

} // namespace tripsis::store::search
