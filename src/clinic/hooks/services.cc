// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/hooks/services.hh"

#include <algorithm>

namespace tripsis::clinic::hooks {

Service const* find_service(std::string_view id) noexcept {
  auto const found = std::ranges::find(services, id, &Service::id);
  return found == services.end() ? nullptr : &*found;
}

json::Value discovery() {
  auto prefetch = json::object({});
  for (auto const& one : prefetches)
    prefetch.set(one.key, one.query);
  json::Array all;
  for (auto const& service : services)
    all.push_back(json::object({{"hook", service.hook},
                                {"title", service.title},
                                {"description", service.description},
                                {"id", service.id},
                                {"prefetch", prefetch}}));
  return json::object({{"services", std::move(all)}});
}

} // namespace tripsis::clinic::hooks
