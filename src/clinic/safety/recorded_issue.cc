// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/safety/recorded_issue.hh"

#include "base/uuid.hh"
#include "clinic/canonical.hh"
#include "clinic/element.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::clinic::safety {
namespace {

using json::array;
using json::object;
using json::Value;

std::string_view severity_of(screening::Level level) {
  switch (level) {
  case screening::Level::Absolute:
    return "high";
  case screening::Level::Clearance:
    return "moderate";
  default:
    return "low";
  }
}

Value new_issue(screening::Rule const& rule, std::string const& patient, screening::Day today) {
  auto const key = issue_key(patient, rule.id);
  return object({{"resourceType", key.type},
                 {"id", key.id},
                 {"status", "final"},
                 {"code", concept_of(coding(canonical::rule, rule.id, rule.name))},
                 {"severity", severity_of(rule.level)},
                 {"patient", object({{"reference", "Patient/" + patient}})},
                 {"identifiedDateTime", screening::iso_of(today)},
                 {"detail", rule.name}});
}

/// Names the causes that the issue does not name yet. Whether there were any.
bool add_causes(Value& issue, std::vector<screening::Cause> const& causes) {
  auto const is_named = [&](std::string_view ref) {
    return std::ranges::any_of(issue.items("evidence"), [&](Value const& evidence) {
      return std::ranges::any_of(evidence.items("detail"),
                                 [&](Value const& detail) { return detail.text("reference") == ref; });
    });
  };
  auto added = false;
  for (auto const& cause : causes)
    if (!cause.ref.empty() && !is_named(cause.ref)) {
      issue.push("evidence", object({{"detail", array({object({{"reference", cause.ref}})})}}));
      added = true;
    }
  return added;
}

Value part(std::string_view url, std::string_view element, std::string_view value) {
  return object({{"url", url}, {element, value}});
}

Value mitigation_of(std::string_view code, std::string_view display, std::string const& date, Value author,
                    Value extension) {
  auto mitigation = object({{"extension", array({std::move(extension)})},
                            {"action", concept_of(coding(canonical::mitigation, code, display))},
                            {"date", date}});
  mitigation.set("author", std::move(author));
  return mitigation;
}

} // namespace

store::Key issue_key(std::string_view patient, std::string_view rule) {
  return {"DetectedIssue", Uuid::named(fmt::format("DetectedIssue {} {}", patient, rule)).text()};
}

Result<std::vector<Value>> issues_of(Find const& find, std::string const& patient,
                                     std::vector<screening::Rule const*> const& rules,
                                     screening::Day today) {
  std::vector<std::string> ids;
  for (auto const* rule : rules)
    ids.push_back(issue_key(patient, rule->id).id);
  std::vector<Value> stored;
  if (!ids.empty())
    stored = TRY(find("DetectedIssue", {{"_id", any_of(ids)}}));
  std::vector<Value> issues;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    auto const found =
        std::ranges::find_if(stored, [&](Value const& one) { return one.text("id") == ids[i]; });
    auto issue = new_issue(*rules[i], patient, today);
    if (found != stored.end() && found->text("status") == "entered-in-error")
      issue.set("meta", *found->find("meta")); // it begins anew
    else if (found != stored.end())
      issue = std::move(*found);
    issues.push_back(std::move(issue));
  }
  return issues;
}

Result<std::vector<store::Change>> record_fired(Find const& find, screening::Screening const& screening,
                                                std::string const& patient, screening::Day today) {
  std::vector<screening::Rule const*> rules;
  for (auto const& issue : screening.issues)
    rules.push_back(issue.rule);
  auto issues = TRY(issues_of(find, patient, rules, today));
  std::vector<store::Change> changes;
  for (std::size_t i = 0; i < issues.size(); ++i) {
    auto const is_new = issues[i].find("meta") == nullptr;
    if (add_causes(issues[i], screening.issues[i].because) || is_new)
      changes.push_back(update_of(std::move(issues[i])));
  }
  return changes;
}

Value to_mitigation(Clearance const& clearance, Value author) {
  auto extension = object({{"url", canonical::clearance}});
  extension.push("extension", part("clinician", "valueString", clearance.clinician));
  extension.push("extension", part("licence", "valueString", clearance.licence));
  extension.push("extension", part("scope", "valueString", clearance.scope));
  extension.push("extension", part("expiry", "valueDate", clearance.expiry));
  if (!clearance.document.empty())
    extension.push("extension", object({{"url", "document"},
                                        {"valueReference", object({{"reference", clearance.document}})}}));
  return mitigation_of("cleared", "Cleared by a clinician", clearance.date, std::move(author),
                       std::move(extension));
}

Value to_mitigation(Override const& why, Value author) {
  auto extension = object({{"url", canonical::override_}});
  extension.push("extension", part("reason", "valueCode", why.reason));
  if (!why.text.empty())
    extension.push("extension", part("text", "valueString", why.text));
  extension.push("extension", part("on", "valueDate", why.on));
  return mitigation_of("overridden", "Overridden with a reason", why.date, std::move(author),
                       std::move(extension));
}

} // namespace tripsis::clinic::safety
