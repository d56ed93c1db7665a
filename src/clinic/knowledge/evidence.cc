// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/knowledge/evidence.hh"

#include "clinic/screening/data.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using json::Value;
using screening::strings;

Result<Claim> read_claim(Value const& node) {
  constexpr std::array<std::string_view, 6> grades{"high",     "moderate",     "low",
                                                   "very_low", "contradicted", "no_source"};
  auto const text = [&](std::string_view name) { return std::string{node.text(name)}; };
  Claim claim{.id = text("id"),
              .claim = text("claim"),
              .finding = text("finding"),
              .effect = text("effect"),
              .certainty = text("certainty"),
              .sources = strings(node, "src"),
              .say = text("say"),
              .measures = strings(node, "measure")};
  if (std::ranges::find(grades, claim.certainty) == grades.end() || claim.say.empty() ||
      claim.sources.empty())
    return fail(Fault::Structure,
                fmt::format("The claim {} lacks its certainty, its source or its wording.", claim.id));
  return claim;
}

} // namespace

Result<Evidence> read_evidence(Value const& knowledge) {
  Evidence evidence;
  auto const* file = knowledge.find("evidence");
  if (file == nullptr)
    return fail(Fault::Structure, "There is no evidence.");
  for (auto const& node : file->items("overview"))
    evidence.overview.push_back({std::string{node.text("text")}, std::string{node.text("src")}});
  for (auto const& node : file->items("claims"))
    evidence.claims.push_back(TRY(read_claim(node)));
  return evidence;
}

Claim const* Evidence::find_claim(std::string_view id) const noexcept {
  auto const found = std::ranges::find(claims, id, &Claim::id);
  return found == claims.end() ? nullptr : &*found;
}

} // namespace tripsis::clinic
