// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "clinic/follow_up/fired_rules.hh"

#include "clinic/canonical.hh"
#include "clinic/patient_record.hh"
#include "clinic/records/provenance.hh"
#include "clinic/safety/recorded_issue.hh"
#include "clinic/safety/treatment.hh"

#include <algorithm>

namespace tripsis::clinic::follow_up {
namespace {

using json::Value;

bool concerns(store::Change const& change) {
  return change.method != store::Method::Delete && safety::is_treatment(change.resource);
}

/// What a Procedure says against a rule.
struct Said {
  std::string rule, reason, text;
};

std::vector<Said> overrides_of(Value const& procedure) {
  std::vector<Said> all;
  for (auto const& extension : procedure.items("extension")) {
    if (extension.text("url") != canonical::override_)
      continue;
    Said said;
    for (auto const& part : extension.items("extension")) {
      if (part.text("url") == "rule")
        said.rule = part.text("valueCode");
      else if (part.text("url") == "reason") {
        said.reason = part.text("valueCode");
        said.text = part.text("valueString");
      } else if (part.text("url") == "text")
        said.text = part.text("valueString");
    }
    if (said.reason.empty())
      said.reason = "other";
    all.push_back(std::move(said));
  }
  return all;
}

/// What the treatments of one patient on one day in the unit say against rules: each rule once.
std::vector<Said> said_in(store::Changes const& unit, std::size_t own, safety::Treatment const& treatment,
                          TimeZone const& zone, screening::Day today) {
  std::vector<Said> all;
  for (auto const& change : std::span{unit.changes}.first(own))
    if (concerns(change) && safety::read_treatment(change.resource, zone, today) == treatment)
      for (auto& said : overrides_of(change.resource))
        if (std::ranges::find(all, said.rule, &Said::rule) == all.end())
          all.push_back(std::move(said));
  return all;
}

/// Whether an override has nothing to add: the rule did not fire, is lifted already, or cannot be
/// overridden.
bool is_settled(screening::Screening const& screening, std::string_view rule) {
  auto const found = std::ranges::find_if(
      screening.issues, [&](screening::Issue const& issue) { return issue.rule->id == rule; });
  return found == screening.issues.end() || found->lifted ||
         !screening::may_be_lifted(*found->rule, screening::Mitigation::Kind::Overridden);
}

/// Adds the note's overrides to the issues: to those that are written anyway, or else to the stored ones.
Result<> add_overrides(std::vector<store::Change>& changes, std::vector<Said> const& said,
                       screening::Screening const& screening, std::string const& patient,
                       screening::Day day, store::Changes const& unit, FollowUpContext const& context) {
  for (auto const& one : said) {
    auto const* rule = context.knowledge.rules.find_rule(one.rule);
    if (rule == nullptr || is_settled(screening, one.rule))
      continue;
    auto const key = safety::issue_key(patient, one.rule);
    auto found = std::ranges::find(changes, key, &store::Change::key);
    if (found == changes.end()) {
      auto issues = TRY(safety::issues_of(context.find, patient, {rule}, day));
      changes.push_back(update_of(std::move(issues.front())));
      found = std::prev(changes.end());
    }
    auto const today = screening::iso_of(std::chrono::sys_days{context.zone.date(unit.now)});
    found->resource.push(
        "mitigation",
        safety::to_mitigation(safety::Override{one.reason, one.text, screening::iso_of(day), today},
                              reference_to_actor(unit.practitioner, {})));
  }
  return {};
}

Result<> add(store::Changes& unit, std::size_t place, FollowUpContext const& context) {
  auto const today = std::chrono::sys_days{context.zone.date(unit.now)};
  auto const treatment = safety::read_treatment(unit.changes[place].resource, context.zone, today);
  auto const is_same = [&](store::Change const& change) {
    return concerns(change) && safety::read_treatment(change.resource, context.zone, today) == treatment;
  };
  if (std::ranges::any_of(std::span{unit.changes}.first(place), is_same))
    return {}; // recorded with an earlier change of the unit
  auto const records = TRY(gather_records(context.find, context.knowledge.rules, treatment.patients));
  for (auto const& [patient, record] : records) {
    auto const screening = screening::screen(context.knowledge.rules, record, treatment.day, &context.zone);
    auto changes = TRY(safety::record_fired(context.find, screening, patient, today));
    auto const said = said_in(unit, unit.changes.size(), treatment, context.zone, today);
    TRY(add_overrides(changes, said, screening, patient, treatment.day, unit, context));
    for (auto& change : changes)
      if (std::ranges::find(unit.changes, change.key, &store::Change::key) == unit.changes.end())
        unit.changes.push_back(std::move(change)); // else it is written for another day of the unit
  }
  return {};
}

} // namespace

FollowUp const fired_rules{.name = "fired rules", .concerns = concerns, .add = add};

} // namespace tripsis::clinic::follow_up
