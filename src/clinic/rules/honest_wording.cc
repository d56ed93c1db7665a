// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the practice sends or plans in its own words claims nothing that research contradicts or nobody has
// shown: messages to patients, plans of care, reviews (which the reports quote). The refusal quotes the
// phrase and offers the honest sentence. A patient's own words (goals, answers) and clinical notes are
// never judged.
#include "clinic/find.hh"
#include "clinic/rules/rule_context.hh"

#include <algorithm>

namespace tripsis::clinic::rules {
namespace {

using json::Value;

constexpr std::string_view rule_name = "honest wording";

/// Texts of the practice, each with the element that it stands in.
using Texts = std::vector<std::pair<std::string, std::string_view>>;

void add(Texts& texts, Value const& resource, std::string_view element) {
  if (auto const text = resource.text(element); !text.empty())
    texts.emplace_back(fmt::format("{}.{}", resource.text("resourceType"), element), text);
}

void add_notes(Texts& texts, Value const& resource) {
  for (auto const& note : resource.items("note"))
    texts.emplace_back(fmt::format("{}.note", resource.text("resourceType")), note.text("text"));
}

bool is_to_patient(Value const& message) {
  return std::ranges::any_of(message.items("recipient"), [](Value const& recipient) {
    auto const key = key_of(&recipient);
    return key && key->type == "Patient";
  });
}

Texts texts_of(Value const& resource) {
  Texts texts;
  auto const type = resource.text("resourceType");
  if (type == "Communication" && is_to_patient(resource))
    for (auto const& payload : resource.items("payload"))
      texts.emplace_back("Communication.payload", payload.text("contentString"));
  if (type == "CarePlan") {
    add(texts, resource, "title");
    add(texts, resource, "description");
    add_notes(texts, resource);
    for (auto const& activity : resource.items("activity"))
      if (auto const* detail = activity.find("detail"))
        texts.emplace_back("CarePlan.activity.detail", detail->text("description"));
  }
  if (type == "ClinicalImpression")
    add(texts, resource, "summary");
  return texts;
}

bool is_sent(Value const& resource) {
  constexpr std::array<std::string_view, 4> kept{"entered-in-error", "not-done", "revoked", "draft"};
  return std::ranges::find(kept, resource.text("status")) == kept.end();
}

/// Whether the text stood there before: what was written once does not hold up a later change.
bool stood(Value const* before, std::string_view text) {
  if (before == nullptr)
    return false;
  auto const texts = texts_of(*before);
  return std::ranges::any_of(texts, [&](auto const& one) { return one.second == text; });
}

Result<> check(RuleContext const& context, store::RuleTx& tx, Value const* before, Value const* after) {
  if (after == nullptr || tx.unit().origin == store::Origin::Import || !is_sent(*after))
    return {};
  auto const knowledge = context.knowledge->get();
  for (auto const& [element, text] : texts_of(*after)) {
    auto const found = knowledge->wording->check(text);
    if (found.empty() || stood(before, text))
      continue;
    auto const* claim = knowledge->evidence.find_claim(found.front().claim);
    return fail(Fault::BusinessRule,
                fmt::format("The words \"{}\" claim what research does not support ({}). Say instead: {}",
                            found.front().phrase, claim->id, claim->say),
                element);
  }
  return {};
}

} // namespace

store::WriteRule honest_wording(RuleContext context) {
  return {.name = rule_name,
          .concerns =
              [](store::Change const& change) {
                return change.key.type == "Communication" || change.key.type == "CarePlan" ||
                       change.key.type == "ClinicalImpression";
              },
          .check = [context](store::RuleTx& tx, store::Change const&, Value const* before,
                             Value const* after) { return check(context, tx, before, after); }};
}

} // namespace tripsis::clinic::rules
