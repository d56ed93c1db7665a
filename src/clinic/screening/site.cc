// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/screening/site.hh"

#include "clinic/canonical.hh"
#include "clinic/screening/facts.hh"

#include <algorithm>

namespace tripsis::clinic::screening {
namespace {

using Regions = SiteMap::Regions;

void add(Regions& regions, Regions const& more) {
  for (auto const& region : more)
    if (std::ranges::find(regions, region) == regions.end())
      regions.push_back(region);
}

void add_found(Regions& regions, std::map<std::string, Regions, std::less<>> const& map,
               std::string_view key) {
  if (auto const found = map.find(key); found != map.end())
    add(regions, found->second);
}

void add_body_site(SiteMap const& map, json::Value const& site, Regions& regions) {
  for (auto const& code : codes_of(&site, systems::snomed))
    add_found(regions, map.body_structure, code);
  for (auto const& region : codes_of(&site, canonical::region))
    add(regions, {region});
  for (auto const& code : codes_of(&site, canonical::muscle))
    if (auto const muscle = map.muscles.find(code); muscle != map.muscles.end())
      add(regions, {muscle->second});
  std::string names;
  append_names(&site, names);
  for (auto const& [word, of_word] : map.words)
    if (has_word(names, word))
      add(regions, of_word);
}

} // namespace

std::vector<std::string> regions_of(SiteMap const& map, json::Array const& body_sites,
                                    std::vector<std::string> const& icd10,
                                    std::vector<std::string> const& snomed) {
  Regions regions;
  for (auto const& site : body_sites)
    add_body_site(map, site, regions);
  if (!regions.empty())
    return regions;
  for (auto const& code : icd10)
    for (auto length = code.size(); length > 0; --length)
      if (auto const found = map.icd10.find(std::string_view{code}.substr(0, length));
          found != map.icd10.end()) {
        add(regions, found->second);
        break;
      }
  if (!regions.empty())
    return regions;
  for (auto const& code : snomed)
    add_found(regions, map.snomed, code);
  return regions;
}

} // namespace tripsis::clinic::screening
