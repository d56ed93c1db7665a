// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The claims of the field as Library resources: the claim as it is made, what research found, how certain
// it is that the claim is true, where that comes from, and what may honestly be said. A claim without a
// source says so by its certainty no_source ("citation missing").
#include "clinic/canonical.hh"
#include "clinic/library/library.hh"

namespace tripsis::clinic::library {
namespace {

using json::Value;

Value to_library(Claim const& claim, Knowledge const& knowledge) {
  constexpr std::string_view types = "http://terminology.hl7.org/CodeSystem/library-type";
  auto resource = definition_of("Library", "claim", claim.id, claim.claim);
  Parts parts{"claim"};
  parts.add("claim", "valueCode", claim.id);
  parts.add("certainty", "valueCoding",
            json::object({{"system", canonical::certainty}, {"code", claim.certainty}}));
  parts.text("honest-wording", claim.say);
  parts.text("effect", claim.effect);
  resource.push("extension", std::move(parts).take());
  resource.set("type", concept_of(json::object({{"system", types}, {"code", "asset-collection"}})));
  resource.set("description", claim.finding);
  for (auto const& measure : claim.measures)
    resource.push("topic", concept_of(json::object(
                               {{"system", std::string{canonical::base} + "CodeSystem/instrument"},
                                {"code", measure}})));
  cite(resource, knowledge, claim.sources);
  return resource;
}

} // namespace

std::vector<Value> claims(Knowledge const& knowledge) {
  std::vector<Value> all;
  for (auto const& claim : knowledge.evidence.claims)
    all.push_back(to_library(claim, knowledge));
  return all;
}

} // namespace tripsis::clinic::library
