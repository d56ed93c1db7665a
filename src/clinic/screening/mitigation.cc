// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/screening/mitigation.hh"

#include "clinic/find.hh"
#include "clinic/screening/data.hh"

#include <algorithm>

namespace tripsis::clinic::screening {
namespace {

using json::Value;

/// The extension of that url; nullptr where there is none.
Value const* find_extension(Value const& element, std::string_view url) {
  for (auto const& extension : element.items("extension"))
    if (extension.text("url") == url)
      return &extension;
  return nullptr;
}

std::string part(Value const* extension, std::string_view name, std::string_view element) {
  auto const* found = extension != nullptr ? find_extension(*extension, name) : nullptr;
  return std::string{found != nullptr ? found->text(element) : ""};
}

std::optional<Day> day_of(std::string_view written, TimeZone const* zone) {
  auto const moment = parse_moment(written, zone);
  return moment ? std::optional{moment->first} : std::nullopt;
}

/// The name of a Reference's target, else the reference itself.
std::string named(Value const* reference) {
  if (reference == nullptr)
    return {};
  auto const display = reference->text("display");
  return std::string{display.empty() ? reference->text("reference") : display};
}

std::optional<Mitigation> read_mitigation(Value const& node, std::string_view rule, std::string const& ref,
                                          TimeZone const* zone) {
  auto const action = code_in(node.find("action"), canonical::mitigation);
  Mitigation mitigation{.rule = std::string{rule}, .ref = ref, .at = std::string{node.text("date")}};
  auto from = day_of(mitigation.at, zone);
  if (action == "cleared") {
    auto const* clearance = find_extension(node, canonical::clearance);
    mitigation.until = day_of(part(clearance, "expiry", "valueDate"), zone);
    mitigation.who = part(clearance, "clinician", "valueString");
    mitigation.scope = part(clearance, "scope", "valueString");
  } else if (action == "overridden") {
    auto const* why = find_extension(node, canonical::override_);
    mitigation.kind = Mitigation::Kind::Overridden;
    mitigation.who = named(node.find("author"));
    mitigation.reason = part(why, "reason", "valueCode");
    mitigation.text = part(why, "text", "valueString");
    if (auto const on = day_of(part(why, "on", "valueDate"), zone))
      from = on; // for an appointment to come it holds from that day
  } else {
    return std::nullopt;
  }
  if (!from)
    return std::nullopt;
  mitigation.from = *from;
  return mitigation;
}

Day last_day(Rule const& rule, Mitigation const& mitigation) {
  if (mitigation.kind == Mitigation::Kind::Cleared)
    return mitigation.until.value_or(mitigation.from + clearance_lasts);
  auto const days = rule.valid_for == "same_day" ? 1 : days_of(rule.valid_for).value_or(1);
  return mitigation.from + std::chrono::days{days - 1};
}

} // namespace

std::string_view name(Mitigation::Kind kind) noexcept {
  return kind == Mitigation::Kind::Cleared ? "cleared" : "overridden";
}

bool may_be_lifted(Rule const& rule, Mitigation::Kind by) noexcept {
  return rule.overridable == (by == Mitigation::Kind::Cleared ? "clearance" : "reason");
}

std::vector<Mitigation> read_mitigations(PatientRecord const& record, TimeZone const* zone) {
  std::vector<Mitigation> mitigations;
  for (auto const& [ref, issue] : record.of_type("DetectedIssue")) {
    auto const rule = code_in(issue.find("code"), canonical::rule);
    auto const status = issue.text("status");
    if (rule.empty() || status == "entered-in-error" || status == "cancelled")
      continue;
    for (auto const& node : issue.items("mitigation"))
      if (auto mitigation = read_mitigation(node, rule, ref, zone))
        mitigations.push_back(*std::move(mitigation));
  }
  return mitigations;
}

std::optional<Lifted> find_lifted(Rule const& rule, std::vector<Mitigation> const& mitigations, Day on) {
  std::optional<Lifted> longest;
  for (auto const& mitigation : mitigations) {
    if (mitigation.rule != rule.id || !may_be_lifted(rule, mitigation.kind))
      continue;
    auto const until = last_day(rule, mitigation);
    if (mitigation.from <= on && on <= until && (!longest || longest->until < until))
      longest = Lifted{mitigation, until};
  }
  return longest;
}

} // namespace tripsis::clinic::screening
