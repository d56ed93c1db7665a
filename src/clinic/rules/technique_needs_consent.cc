// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Some parts of the body are worked on only with the patient's own consent for them
// (knowledge/consent.yaml). What counts is the newest treatment consent in force on the day that says
// anything of the part.
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/rules/given_technique.hh"

#include <algorithm>

namespace tripsis::clinic::rules {
namespace {

using json::Value;

constexpr std::string_view rule_name = "technique needs consent";

bool has(std::vector<std::string> const& list, auto const& items) {
  return std::ranges::any_of(items,
                             [&](auto const& item) { return std::ranges::find(list, item) != list.end(); });
}

/// The parts of the body whose consent the technique needs.
std::vector<ConsentRegion const*> needed(Knowledge const& knowledge, GivenTechnique const& given) {
  std::vector<ConsentRegion const*> regions;
  for (auto const& region : knowledge.consent_regions)
    if (has(region.regions, given.regions) || has(region.muscles, given.muscles) ||
        has(region.techniques, std::vector{given.technique}))
      regions.push_back(&region);
  return regions;
}

bool is_in_force(RuleContext const& context, Value const& consent, std::chrono::sys_days day) {
  auto const given = context.day_of(consent.text("dateTime"));
  return code_in(consent.find("category"), canonical::consent) == "treatment" &&
         (!given || *given <= day) && context.covers(consent.at({"provision", "period"}), day);
}

enum class Answer : unsigned char { None, Permit, Deny };

Answer answer_of(RuleContext const& context, Value const& consent, std::string_view region,
                 std::chrono::sys_days day) {
  auto const* all = consent.find("provision");
  if (all == nullptr)
    return Answer::None;
  if (all->text("type") == "deny")
    return Answer::Deny;
  for (auto const& part : all->items("provision"))
    if (code_in(part.find("code"), canonical::consent_region) == region &&
        context.covers(part.find("period"), day))
      return part.text("type") == "permit" ? Answer::Permit : Answer::Deny;
  return Answer::None;
}

/// Newest first.
Result<std::vector<Value>> consents_in_force(RuleContext const& context, store::RuleTx& tx,
                                             GivenTechnique const& given) {
  auto consents =
      TRY(find_in(tx)("Consent", {{"patient", "Patient/" + given.patient}, {"status", "active"}}));
  std::erase_if(consents, [&](Value const& one) { return !is_in_force(context, one, given.day); });
  return consents;
}

bool permits(RuleContext const& context, std::vector<Value> const& consents, std::string_view region,
             std::chrono::sys_days day) {
  for (auto const& consent : consents)
    if (auto const answer = answer_of(context, consent, region, day); answer != Answer::None)
      return answer == Answer::Permit;
  return false;
}

Result<> check(RuleContext const& context, store::RuleTx& tx, std::span<GivenTechnique const> all) {
  std::optional<std::vector<Value>> consents;
  auto const knowledge = context.knowledge->get();
  for (auto const& given : all)
    for (auto const* region : needed(*knowledge, given)) {
      if (!consents)
        consents = TRY(consents_in_force(context, tx, given));
      if (permits(context, *consents, region->id, given.day) ||
          context.lets_through(tx, *given.change, rule_name, given.day))
        continue;
      return refuse(
          tx, given,
          fmt::format("Work there needs the patient's consent for this part of the body, in force "
                      "on that day: {} ({}). Record it first.",
                      region->name, region->id),
          "Procedure.bodySite");
    }
  return {};
}

} // namespace

store::WriteRule technique_needs_consent(RuleContext context) {
  return rule_of_given(rule_name, std::move(context), check);
}

} // namespace tripsis::clinic::rules
