// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What comes with the program (own_resources.hh) is changed by another version of the program, and by nobody
// else: a practice that wants it otherwise adds its own. Forms are left out: the next start restores them.
#include "clinic/rules/rule_context.hh"
#include "clinic/rules/shipped.hh"

#include <algorithm>
#include <array>

namespace tripsis::clinic::rules {
namespace {

bool is_of_a_type_that_ships(store::Change const& change) {
  constexpr std::array<std::string_view, 7> types{
      "ActivityDefinition", "CodeSystem",          "Library", "OperationDefinition",
      "PlanDefinition",     "StructureDefinition", "ValueSet"};
  return std::ranges::find(types, change.key.type) != types.end();
}

} // namespace

json::Value const* Shipped::find(store::Key const& key) {
  if (resources_.empty())
    for (auto& resource : own_resources(knowledge_->shipped())) {
      store::Key own{std::string{resource.text("resourceType")}, std::string{resource.text("id")}};
      resources_.emplace(std::move(own), std::move(resource));
    }
  auto const found = resources_.find(key);
  return found == resources_.end() ? nullptr : &found->second;
}

store::WriteRule what_ships_stays(std::shared_ptr<Shipped> shipped) {
  return {.name = "what ships stays",
          .concerns = is_of_a_type_that_ships,
          .check = [shipped](store::RuleTx&, store::Change const& change, json::Value const*,
                             json::Value const* after) -> Result<> {
            auto const* as_it_ships = shipped->find(change.key);
            if (as_it_ships == nullptr || (after != nullptr && without_meta(*after) == *as_it_ships))
              return {};
            return fail(
                Fault::BusinessRule,
                "This comes with the program and can be neither changed nor deleted. Add your own under "
                "another id instead.",
                change.key.type);
          }};
}

} // namespace tripsis::clinic::rules
