// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// PlanDefinition/$apply: a definition becomes a draft CarePlan for one patient, by the engine that proposes
// plans. A condition is proposed for, a protocol or a template of the practice is followed.
// https://hl7.org/fhir/R4/plandefinition-operation-apply.html
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/library/library.hh"
#include "clinic/library/practice.hh"
#include "clinic/plan/to_bundle.hh"
#include "clinic/views/view.hh"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace tripsis::clinic {
namespace {

using json::Value;

std::string_view condition_of(Value const& definition) {
  for (auto const& context : definition.items("useContext"))
    if (auto const code = code_in(context.find("valueCodeableConcept"), canonical::condition);
        !code.empty())
      return code;
  return {};
}

/// Follows the protocol that has the definition's id: one that ships, or a template that is in force.
Protocol const* find_protocol(Care const& care, std::string_view id) {
  auto const found = std::ranges::find_if(
      care.protocols, [&](Protocol const& protocol) { return library::fhir_id(protocol.id) == id; });
  return found == care.protocols.end() ? nullptr : &*found;
}

Result<> can_be_applied(Value const& definition) {
  auto const type = library::plan_type_of(definition);
  if (type == "eca-rule")
    return fail(Fault::NotSupported,
                "An eca-rule is no plan: it is judged by Patient/$screen. Apply a protocol, a condition or "
                "a template.",
                "PlanDefinition.type");
  if (definition.text("status") != "active")
    return fail(Fault::BusinessRule, "Only a definition whose status is active is applied.",
                "PlanDefinition.status");
  return {};
}

/// One resource of them all: the Goals are contained, and the references to them local.
Value care_plan_of(std::vector<plan::Entry> entries, Value const& definition) {
  auto care_plan = std::move(entries.front().resource);
  std::map<std::string, std::string, std::less<>> ids;
  for (auto& [url, resource] : entries)
    if (resource.text("resourceType") == "Goal") {
      auto const id = fmt::format("goal-{}", ids.size() + 1);
      ids.emplace(url, "#" + id);
      resource.set("id", id);
      care_plan.push("contained", std::move(resource));
    }
  if (auto* goals = care_plan.find("goal"))
    for (auto& goal : goals->array())
      if (auto const found = ids.find(goal.text("reference")); found != ids.end())
        goal.set("reference", found->second);
  if (auto const url = definition.text("url"); !url.empty())
    care_plan.push("instantiatesCanonical", url);
  return care_plan;
}

} // namespace

Result<Value> apply_definition(store::ReadTx& tx, ViewContext const& context, std::string const& id,
                               std::string const& patient, Instant now, Random& random) {
  auto const definition = TRY(read(tx, {"PlanDefinition", id}));
  TRY(can_be_applied(definition));
  auto const condition = condition_of(definition);
  auto const* protocol = find_protocol(context.knowledge.care, id);
  auto const is_catalogue = !library::is_own(definition) &&
                            id == "condition-" + library::fhir_id(condition) &&
                            context.knowledge.care.find_condition(condition) != nullptr;
  if (protocol == nullptr && !is_catalogue)
    return fail(
        Fault::NotSupported,
        "This definition is neither a protocol or condition of Tripsis nor a template of the practice.",
        "PlanDefinition");
  auto input = TRY(read_plan_input(tx, context, patient, {.condition = std::string{condition}}, now));
  input.protocol = protocol;
  auto entries =
      plan::to_entries(plan::propose(input, context.knowledge), input, context.knowledge, now, random);
  return care_plan_of(std::move(entries), definition);
}

} // namespace tripsis::clinic
