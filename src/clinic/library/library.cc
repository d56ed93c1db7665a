// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/library/library.hh"

#include "clinic/knowledge/packed.hh"

#include <iterator>

namespace tripsis::clinic::library {
namespace {

json::Value system_of_origin() {
  auto system = code_system("origin", "Origin", "Where a definition comes from");
  system.push("concept", concept_with("practice", "The practice's own"));
  return system;
}

} // namespace

std::vector<json::Value> library_resources(Knowledge const& knowledge) {
  auto const packed = packed_knowledge();
  std::vector<json::Value> all{contents(packed), system_of_origin()};
  auto const add = [&](std::vector<json::Value> made) { std::ranges::move(made, std::back_inserter(all)); };
  add(techniques(knowledge));
  add(conditions(knowledge));
  add(protocols(knowledge));
  add(claims(knowledge));
  add(rules(knowledge, packed.find("contraindications")->items("rules")));
  return all;
}

} // namespace tripsis::clinic::library
