// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/views/view.hh"

#include "clinic/find.hh"

#include <algorithm>

namespace tripsis::clinic {

Result<> ViewBuilder::add(std::string_view type, Parameters const& parameters, std::size_t most,
                          ViewEntry::Mode mode) {
  constexpr std::size_t longest_page = 1000;
  auto query = TRY(store::parse_query(type, parameters, store::Unknown::Refuse));
  std::size_t left = most;
  do {
    query.count = std::min(left, longest_page);
    auto page = TRY(tx_.search(query));
    left -= std::min(left, page.matches.size());
    for (auto& match : page.matches)
      add(std::move(match), mode);
    query.cursor = page.next;
  } while (!query.cursor.empty() && left > 0);
  return {};
}

Result<> ViewBuilder::add_by_id(std::string_view type, std::vector<std::string> ids) {
  std::ranges::sort(ids);
  auto const repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  return ids.empty() ? Result<>{} : add(type, {{"_id", any_of(ids)}});
}

void ViewBuilder::add(store::Version version, ViewEntry::Mode mode) {
  if (std::ranges::find(entries_, version.key, &ViewEntry::key) == entries_.end())
    entries_.push_back({.key = std::move(version.key), .json = std::move(version.json), .mode = mode});
}

} // namespace tripsis::clinic
