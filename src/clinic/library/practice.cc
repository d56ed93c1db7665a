// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/library/practice.hh"

#include "clinic/library/library.hh"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace tripsis::clinic::library {
namespace {

using json::Value;

bool has_trigger(Value const& resource) {
  return std::ranges::any_of(resource.items("action"), [](Value const& action) {
    auto const* expression = action.at({"condition", "expression"});
    return expression != nullptr && expression->text("language") == trigger_language;
  });
}

bool is_active(Value const& resource) {
  return resource.text("status") == "active";
}

template <class Items>
bool has(Items const& items, std::string_view id) {
  return std::ranges::any_of(items, [&](auto const& item) { return item.id == id; });
}

Error taken(std::string_view what, std::string_view code) {
  return {
      Fault::BusinessRule,
      fmt::format("The code {} is that of a {} which ships with the program; choose another.", code, what)};
}

/// The rules that ship know nothing of a technique of the practice: those that limit one of its family
/// limit it too, and where its family is not known, those that limit any. (A convention of this project.)
void limit_as_its_family(Knowledge& knowledge, Technique const& technique) {
  for (auto& rule : knowledge.rules.rules) {
    auto const is_like_it = [&](std::string const& id) {
      auto const* limited = knowledge.find_technique(id);
      return limited != nullptr && (technique.family.empty() || limited->family == technique.family);
    };
    if (std::ranges::any_of(rule.techniques, is_like_it))
      rule.techniques.push_back(technique.id);
  }
}

Result<> add_technique(Knowledge& knowledge, Value const& resource) {
  auto technique = TRY(read_technique(resource));
  if (has(knowledge.techniques, technique.id))
    return std::unexpected{taken("technique", technique.id)};
  if (!technique.family.empty() && std::ranges::find(knowledge.techniques, technique.family,
                                                     &Technique::family) == knowledge.techniques.end())
    return fail(
        Fault::BusinessRule,
        "The family of a technique is one of the families that ship, or it is left out: by it the safety "
        "rules know what limits it.",
        "ActivityDefinition.extension");
  limit_as_its_family(knowledge, technique);
  knowledge.techniques.push_back(std::move(technique));
  return {};
}

/// Adds one; says why it cannot. Techniques come first: what the practice says of them itself, in its own
/// rules, it says by their code.
Result<> add(Knowledge& knowledge, Knowledge const& known, Value const& resource) {
  switch (kind_of(resource)) {
  case Kind::Technique:
    return add_technique(knowledge, resource);
  case Kind::Rule: {
    auto rule = TRY(read_rule(resource, known));
    if (has(knowledge.rules.rules, rule.id))
      return std::unexpected{taken("safety rule", rule.id)};
    knowledge.rules.rules.push_back(std::move(rule));
    return {};
  }
  case Kind::Template:
    knowledge.care.protocols.push_back(TRY(read_protocol(resource, known)));
    return {};
  case Kind::None:
    break;
  }
  return {};
}

} // namespace

Kind kind_of(Value const& resource) {
  auto const type = resource.text("resourceType");
  if (type == "ActivityDefinition")
    return code_in(resource.find("code"), canonical::technique).empty() && !is_own(resource)
               ? Kind::None
               : Kind::Technique;
  if (type != "PlanDefinition")
    return Kind::None;
  if (has_trigger(resource) || !find_extension(resource, "rule").is_null())
    return Kind::Rule;
  if (!is_own(resource) && find_extension(resource, "protocol").is_null())
    return Kind::None;
  return plan_type_of(resource) == "eca-rule" ? Kind::Rule : Kind::Template;
}

bool is_own(Value const& resource) {
  auto const* meta = resource.find("meta");
  return meta != nullptr && std::ranges::any_of(meta->items("tag"), [](Value const& tag) {
           return tag.text("system") == canonical::origin && tag.text("code") == "practice";
         });
}

std::string code_of(Value const& resource) {
  switch (kind_of(resource)) {
  case Kind::Technique:
    return std::string{code_in(resource.find("code"), canonical::technique)};
  case Kind::Rule:
    return rule_code(resource);
  case Kind::Template:
  case Kind::None:
    break;
  }
  return std::string{resource.text("id")};
}

Result<> can_be_used(Knowledge const& shipped, Value const& resource) {
  auto copy = shipped;
  return add(copy, shipped, resource);
}

Knowledge with_all_techniques(Knowledge const& shipped, std::vector<Value> const& own) {
  auto known = shipped;
  for (auto const& resource : own)
    if (kind_of(resource) == Kind::Technique)
      std::ignore = add(known, known, resource); // one that cannot be read is nothing to name
  return known;
}

Composed compose(Knowledge const& shipped, std::vector<Value> const& own) {
  Composed composed;
  auto const known = with_all_techniques(shipped, own);
  auto knowledge = std::make_shared<Knowledge>(shipped);
  for (auto const& resource : own)
    if (is_active(resource))
      if (auto added = add(*knowledge, known, resource); !added)
        composed.unusable.push_back({reference_to(resource), std::move(added).error()});
  composed.knowledge = std::move(knowledge);
  return composed;
}

Result<std::vector<Value>> find_own(Find const& find) {
  Parameters const tagged{{"_tag", std::string{canonical::origin} + "|practice"}};
  auto own = TRY(find("ActivityDefinition", tagged));
  for (auto& one : TRY(find("PlanDefinition", tagged)))
    own.push_back(std::move(one));
  std::ranges::sort(own, {}, [](Value const& one) { return reference_to(one); });
  return own;
}

bool touches_knowledge(store::Changes const& unit) {
  return std::ranges::any_of(unit.changes, [](store::Change const& change) {
    return change.key.type == "ActivityDefinition" || change.key.type == "PlanDefinition";
  });
}

Result<std::vector<Unusable>> reload(store::Store& store, CurrentKnowledge& current) {
  static std::mutex one_at_a_time; // what was read first must not be put in force last
  std::scoped_lock const lock{one_at_a_time};
  Result<std::vector<Value>> own;
  store.read({}, [&](store::ReadTx& tx) { own = find_own(find_in(tx)); });
  if (!own)
    return std::unexpected{std::move(own).error()};
  auto composed = compose(current.shipped(), *own);
  current.replace(std::move(composed.knowledge));
  return std::move(composed.unusable);
}

} // namespace tripsis::clinic::library
