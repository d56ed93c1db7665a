// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A safety rule is lifted only by what its header allows: a clearance that names the clinician, the
// licence, the day and what it is for, or an override with a reason. What is recorded so stays: it is taken
// back by the status entered-in-error, never changed. A rule that cannot be overridden is lifted by
// nobody's hand.
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/rules/rule_context.hh"
#include "clinic/screening/mitigation.hh"

#include <algorithm>

namespace tripsis::clinic::rules {
namespace {

using json::Value;
using Kind = screening::Mitigation::Kind;

constexpr std::string_view rule_name = "mitigations";

Result<> refuse(std::string what, std::string_view element = "mitigation") {
  return fail(Fault::BusinessRule, std::move(what), fmt::format("DetectedIssue.{}", element));
}

std::string part(Value const& mitigation, std::string_view url, std::string_view name,
                 std::string_view element) {
  for (auto const& extension : mitigation.items("extension"))
    if (extension.text("url") == url)
      for (auto const& inner : extension.items("extension"))
        if (inner.text("url") == name)
          return std::string{inner.text(element)};
  return {};
}

Result<> check_clearance(RuleContext const& context, Value const& mitigation) {
  for (std::string_view const name : {"clinician", "licence", "scope"})
    if (part(mitigation, canonical::clearance, name, "valueString").empty())
      return refuse(fmt::format("A clearance names its {}.", name), "mitigation.extension");
  auto const day = context.day_of(mitigation.text("date"));
  if (!day)
    return refuse("A clearance names the day on which it was given.", "mitigation.date");
  auto const expiry = part(mitigation, canonical::clearance, "expiry", "valueDate");
  auto const end = context.day_of(expiry);
  if (!expiry.empty() && (!end || *end < *day))
    return refuse("A clearance does not expire before it is given.", "mitigation.extension");
  return {};
}

Result<> check_override(Value const& mitigation) {
  auto const reason = part(mitigation, canonical::override_, "reason", "valueCode");
  if (std::ranges::find(screening::override_reasons, reason, &NamedCode::code) ==
      screening::override_reasons.end())
    return refuse("An override gives a reason of CodeSystem/override-reason.", "mitigation.extension");
  if (reason == "other" && part(mitigation, canonical::override_, "text", "valueString").empty())
    return refuse("An override for another reason says it in words.", "mitigation.extension");
  return {};
}

/// One that this change adds.
Result<> check_new(RuleContext const& context, store::RuleTx& tx, screening::Rule const* rule,
                   Value const& mitigation) {
  auto const action = code_in(mitigation.find("action"), canonical::mitigation);
  if (action.empty())
    return {}; // told in another way; it lifts nothing
  if (action != "cleared" && action != "overridden")
    return refuse("A mitigation of ours is cleared or overridden.", "mitigation.action");
  auto const kind = action == "cleared" ? Kind::Cleared : Kind::Overridden;
  if (rule == nullptr || !screening::may_be_lifted(*rule, kind))
    return refuse(kind == Kind::Cleared ? "This rule is not one that a clearance lifts."
                                        : "This rule is not one that may be overridden with a reason.",
                  "code");
  auto const author = key_of(mitigation.find("author"));
  if (tx.unit().origin == store::Origin::Client && author && author->reference() != tx.unit().practitioner)
    return refuse("A mitigation is recorded by who is signed in.", "mitigation.author");
  return kind == Kind::Cleared ? check_clearance(context, mitigation) : check_override(mitigation);
}

bool is_in_error(Value const& issue) {
  return issue.text("status") == "entered-in-error";
}

/// What was recorded stands in the same place, unchanged.
bool keeps(json::Array const& recorded, json::Array const& now) {
  return recorded.size() <= now.size() &&
         std::ranges::equal(recorded, std::span{now}.first(recorded.size()));
}

Result<> check(RuleContext const& context, store::RuleTx& tx, Value const* before, Value const* after) {
  static json::Array const none;
  auto const& recorded = before != nullptr && !is_in_error(*before) ? before->items("mitigation") : none;
  if (after == nullptr)
    return recorded.empty() ? Result<>{}
                            : refuse("What was cleared or overridden is not deleted: set the status "
                                     "entered-in-error.",
                                     "status");
  if (is_in_error(*after))
    return {};
  auto const& now = after->items("mitigation");
  if (!keeps(recorded, now))
    return refuse("What was cleared or overridden stays as it was recorded; to take it back, set the "
                  "status entered-in-error.");
  auto const id = code_in(after->find("code"), canonical::rule);
  if (!recorded.empty() && id != code_in(before->find("code"), canonical::rule))
    return refuse("A recorded issue stays one of its rule.", "code");
  auto const knowledge = context.knowledge->get();
  auto const* rule = knowledge->rules.find_rule(id);
  for (auto const& mitigation : std::span{now}.subspan(recorded.size()))
    TRY(check_new(context, tx, rule, mitigation));
  return {};
}

} // namespace

store::WriteRule mitigations(RuleContext context) {
  return {.name = rule_name,
          .concerns = [](store::Change const& change) { return change.key.type == "DetectedIssue"; },
          .check = [context](store::RuleTx& tx, store::Change const&, Value const* before,
                             Value const* after) { return check(context, tx, before, after); }};
}

} // namespace tripsis::clinic::rules
