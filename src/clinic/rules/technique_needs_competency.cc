// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A technique that needs training (knowledge/techniques.yaml) is given by somebody who has a qualification
// in it: Practitioner.qualification.code, or PractitionerRole.code or specialty, with the technique's code.
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/rules/given_technique.hh"

#include <algorithm>

namespace tripsis::clinic::rules {
namespace {

using json::Value;

constexpr std::string_view rule_name = "technique needs competency";

bool names(Value const* concept_, std::string_view technique) {
  if (concept_ == nullptr)
    return false;
  if (concept_->is_array())
    return std::ranges::any_of(concept_->array(), [&](Value const& one) { return names(&one, technique); });
  return std::ranges::any_of(concept_->items("coding"), [&](Value const& coding) {
    return coding.text("system") == canonical::technique && coding.text("code") == technique;
  });
}

bool is_qualified(RuleContext const& context, Value const& practitioner, GivenTechnique const& given) {
  return std::ranges::any_of(practitioner.items("qualification"), [&](Value const& qualification) {
    return names(qualification.find("code"), given.technique) &&
           context.covers(qualification.find("period"), given.day);
  });
}

bool has_role(RuleContext const& context, Value const& role, GivenTechnique const& given) {
  return (names(role.find("code"), given.technique) || names(role.find("specialty"), given.technique)) &&
         context.covers(role.find("period"), given.day);
}

/// Those who gave it; where the Procedure names nobody, who is signed in.
std::vector<store::Key> performers(store::RuleTx& tx, GivenTechnique const& given) {
  std::vector<store::Key> keys;
  for (auto const& performer : given.procedure().items("performer"))
    if (auto key = key_of(performer.find("actor")))
      keys.push_back(*std::move(key));
  if (given.procedure().items("performer").empty())
    if (auto key = key_of(tx.unit().practitioner))
      keys.push_back(*std::move(key));
  return keys;
}

Result<bool> can_give(RuleContext const& context, store::RuleTx& tx, store::Key const& who,
                      GivenTechnique const& given) {
  auto const found = tx.read(who);
  if (!found)
    return false;
  if (who.type == "PractitionerRole") {
    auto const person = key_of(found->find("practitioner"));
    return has_role(context, *found, given) ||
           (person && person->type == "Practitioner" && TRY(can_give(context, tx, *person, given)));
  }
  if (who.type != "Practitioner" || is_qualified(context, *found, given))
    return who.type == "Practitioner";
  auto const roles = TRY(find_in(tx)("PractitionerRole", {{"practitioner", who.reference()}}));
  return std::ranges::any_of(roles, [&](Value const& role) { return has_role(context, role, given); });
}

Result<> check(RuleContext const& context, store::RuleTx& tx, std::span<GivenTechnique const> all) {
  auto const knowledge = context.knowledge->get();
  for (auto const& given : all) {
    auto const* technique = knowledge->find_technique(given.technique);
    if (technique == nullptr || !technique->requires_training)
      continue;
    bool can = false;
    for (auto const& who : performers(tx, given))
      can = can || TRY(can_give(context, tx, who, given));
    if (can || context.lets_through(tx, *given.change, rule_name, given.day))
      continue;
    return refuse(
        tx, given,
        fmt::format("The technique needs training: {} ({}). Record the qualification of who gives "
                    "it first, or chart another technique.",
                    technique->name, technique->id),
        "Procedure.performer");
  }
  return {};
}

} // namespace

store::WriteRule technique_needs_competency(RuleContext context) {
  return rule_of_given(rule_name, std::move(context), check);
}

} // namespace tripsis::clinic::rules
