// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the safety screening of the day limits is not charted against it: no pressure above a rule's limit
// at its regions, no technique at a place that a rule of the level local leaves out, and nothing on a place
// that the practice has marked to be avoided, or with more pressure than somebody bears there (Flags). A
// rule that may be overridden with a reason is, by the Procedure's own extension that names the rule and
// the reason, or by an override that is recorded for the day. A clearance lifts the stop, and leaves the
// limit of pressure.
#include "clinic/canonical.hh"
#include "clinic/find.hh"
#include "clinic/patient_record.hh"
#include "clinic/rules/given_technique.hh"
#include "clinic/screening/screening.hh"

#include <algorithm>

namespace tripsis::clinic::rules {
namespace {

using json::Value;

constexpr std::string_view rule_name = "limits of the screening";

bool has(std::vector<std::string> const& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

bool is_technique_of(screening::Rule const& rule, GivenTechnique const& given) {
  return has(rule.techniques, "all") || has(rule.techniques, given.technique);
}

/// Whether the technique was given at a place of the issue. A place that the record does not tell ("site")
/// is none, as the screening asks for it.
bool is_place_of(screening::Issue const& issue, GivenTechnique const& given) {
  return has(issue.regions, "all") ||
         std::ranges::any_of(given.regions, [&](auto const& region) { return has(issue.regions, region); });
}

/// The same for a limit of pressure, which holds everywhere while the place is not known.
bool is_limited_at(screening::Issue const& issue, GivenTechnique const& given) {
  return is_place_of(issue, given) || has(issue.regions, "site") || given.regions.empty();
}

/// Whether the Procedure gives a reason against this rule, and the rule lets it.
bool is_overridden(screening::Rule const& rule, Value const& procedure) {
  return rule.overridable == "reason" &&
         std::ranges::any_of(procedure.items("extension"), [&](Value const& extension) {
           bool names = false, says = false;
           for (auto const& part : extension.items("extension")) {
             names = names || (part.text("url") == "rule" && part.text("valueCode") == rule.id);
             says = says || (part.text("url") == "reason" &&
                             !(part.text("valueString").empty() && part.text("valueCode").empty()));
           }
           return extension.text("url") == canonical::override_ && names && says;
         });
}

std::string advice(screening::Rule const& rule) {
  return rule.overridable == "reason" ? " Chart it otherwise, or give the reason on the Procedure."
                                      : " Chart it otherwise.";
}

/// What the issue says against it, or "".
std::string against(screening::Issue const& issue, GivenTechnique const& given) {
  auto const& rule = *issue.rule;
  auto const overridden = issue.lifted && issue.lifted->by.kind == screening::Mitigation::Kind::Overridden;
  if (overridden || is_overridden(rule, given.procedure()))
    return {};
  if (rule.pressure_limit && given.pressure && *given.pressure > *rule.pressure_limit &&
      is_limited_at(issue, given))
    return fmt::format("The pressure is above the limit of {} of 10 that day: {} ({}).{}",
                       *rule.pressure_limit, rule.name, rule.id, advice(rule));
  if (rule.level == screening::Level::Local && is_technique_of(rule, given) && is_place_of(issue, given))
    return fmt::format("The technique is not given at that place that day: {} ({}).{}", rule.name, rule.id,
                       advice(rule));
  return {};
}

/// Whether the Flag marks the place; without a side, or with midline, it marks both.
bool marks(Value const& flag, GivenTechnique const& given) {
  return std::ranges::any_of(flag.items("extension"), [&](Value const& extension) {
    auto const* place = extension.find("valueCodeableConcept");
    auto const side = code_in(place, canonical::side);
    return extension.text("url") == canonical::flag_region &&
           has(given.regions, code_in(place, canonical::region)) &&
           (side.empty() || side == "midline" || given.side.empty() || side == given.side);
  });
}

/// The highest pressure that a Flag allows at its place; nullopt where it says none that can be read.
std::optional<int> pressure_of(Value const& flag) {
  for (auto const& extension : flag.items("extension"))
    if (auto const* value = extension.find("valueInteger");
        extension.text("url") == canonical::pressure && value != nullptr && value->is_number())
      return std::stoi(value->lexeme());
  return std::nullopt;
}

/// What the Flag says against a technique at its place, or "".
std::string against(Value const& flag, GivenTechnique const& given) {
  if (flag.text("status") != "active")
    return {};
  auto const code = code_in(flag.find("code"), canonical::flag);
  if (code == "avoid-zone")
    return "The place is marked to be avoided (Flag avoid-zone). Chart it elsewhere, or end the Flag "
           "first.";
  auto const most = code == "pressure-limit" ? pressure_of(flag) : std::nullopt;
  if (most && given.pressure && *given.pressure > *most)
    return fmt::format("The pressure is above the {} of 10 that this person bears at that place (Flag "
                       "pressure-limit). Chart it with less, or end the Flag first.",
                       *most);
  return {};
}

Result<> check_places(RuleContext const& context, store::RuleTx& tx, std::span<GivenTechnique const> all) {
  auto const& patient = all.front().patient;
  for (auto const& flag : TRY(find_in(tx)("Flag", {{"patient", "Patient/" + patient}})))
    for (auto const& given : all)
      if (auto what = against(flag, given);
          !what.empty() && context.covers(flag.find("period"), given.day) && marks(flag, given) &&
          !context.lets_through(tx, *given.change, rule_name, given.day))
        return refuse(tx, given, std::move(what), "Procedure.bodySite");
  return {};
}

Result<> check(RuleContext const& context, store::RuleTx& tx, std::span<GivenTechnique const> all) {
  auto const& first = all.front();
  if (first.patient.empty())
    return {}; // "No treatment under a hard stop" asks for the patient.
  TRY(check_places(context, tx, all));
  auto const knowledge = context.knowledge->get();
  auto const records = TRY(gather_records(find_in(tx), knowledge->rules, {first.patient}));
  for (auto const& [id, record] : records) {
    auto const screening = screening::screen(knowledge->rules, record, first.day, &context.zone);
    for (auto const& given : all)
      for (auto const& issue : screening.issues)
        if (auto what = against(issue, given);
            !what.empty() && !context.lets_through(tx, *given.change, rule_name, given.day))
          return refuse(tx, given, std::move(what), "Procedure");
  }
  return {};
}

} // namespace

store::WriteRule limits_of_the_screening(RuleContext context) {
  return rule_of_given(rule_name, std::move(context), check);
}

} // namespace tripsis::clinic::rules
