// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The screening as a Parameters resource, with what a person needs to act on it: why, what to do, what
// lifts it, and the sources.
#include "clinic/find.hh"
#include "clinic/patient_record.hh"
#include "clinic/screening/screening.hh"
#include "clinic/views/view.hh"

namespace tripsis::clinic {
namespace {

using json::Value;

/// A parameter, or a part of one, with a value.
Value valued(std::string_view name, std::string_view element, std::string_view value) {
  return json::object({{"name", name}, {element, value}});
}

/// Adds parts; what is empty is left out, since FHIR knows no empty strings.
struct Parts {
  Value owner;
  explicit Parts(std::string_view name) : owner{json::object({{"name", name}})} {}
  void add(std::string_view name, std::string_view element, std::string_view value) {
    if (!value.empty())
      owner.push("part", valued(name, element, value));
  }
};

Value to_parameter(screening::Cause const& cause) {
  Parts because{"because"};
  because.owner.push("part", json::object({{"name", "ref"},
                                           {"valueReference", json::object({{"reference", cause.ref}})}}));
  because.add("text", "valueString", cause.text);
  return std::move(because.owner);
}

Value to_parameter(screening::Lifted const& lifted) {
  auto const& by = lifted.by;
  Parts parts{"lifted"};
  parts.add("by", "valueCode", name(by.kind));
  parts.add("at", "valueDateTime", by.at);
  parts.add("who", "valueString", by.who);
  parts.add("until", "valueDate", screening::iso_of(lifted.until));
  parts.add("scope", "valueString", by.scope);
  parts.add("reason", "valueCode", by.reason);
  parts.add("text", "valueString", by.text);
  parts.owner.push(
      "part", json::object({{"name", "issue"}, {"valueReference", json::object({{"reference", by.ref}})}}));
  return std::move(parts.owner);
}

/// Who answers for the rule, and until when it counts as reviewed; past that day it still fires, and says
/// so.
void add_standing(Parts& parts, screening::Rule const& rule, screening::Day on) {
  parts.add("validFor", "valueString", rule.valid_for);
  parts.add("strength", "valueCode", rule.strength);
  parts.add("owner", "valueString", rule.owner);
  parts.add("reviewBy", "valueDate", rule.review_by);
  if (!rule.review_by.empty() && rule.review_by < screening::iso_of(on))
    parts.owner.push("part", json::object({{"name", "reviewOverdue"}, {"valueBoolean", Value{true}}}));
}

Value to_parameter(screening::Issue const& issue, Knowledge const& knowledge, screening::Day on) {
  auto const& rule = *issue.rule;
  Parts parts{"issue"};
  parts.add("rule", "valueCode", rule.id);
  parts.add("name", "valueString", rule.name);
  parts.add("why", "valueString", rule.why);
  parts.add("level", "valueCode", name(rule.level));
  parts.add("urgency", "valueCode", rule.urgency);
  for (auto const& technique : rule.techniques)
    parts.add("technique", "valueCode", technique);
  for (auto const& region : issue.regions)
    parts.add("region", "valueCode", region);
  parts.add("extent", "valueCode", rule.extent);
  if (rule.pressure_limit)
    parts.owner.push("part", json::object({{"name", "pressureLimit"},
                                           {"valueInteger", Value::integer(*rule.pressure_limit)}}));
  for (auto const& cause : issue.because)
    parts.owner.push("part", to_parameter(cause));
  parts.add("action", "valueString", rule.action_therapist);
  parts.add("lifts", "valueString", rule.lifts_when);
  parts.add("overridable", "valueCode", rule.overridable);
  for (auto const& reference : rule.references)
    parts.add("source", "valueString", knowledge.citation(reference));
  add_standing(parts, rule, on);
  parts.add("pathway", "valueCode", rule.pathway);
  if (issue.lifted)
    parts.owner.push("part", to_parameter(*issue.lifted));
  return std::move(parts.owner);
}

Value to_parameter(screening::OpenQuestion const& question) {
  Parts parts{"question"};
  parts.add("finding", "valueCode", question.finding->id);
  parts.add("text", "valueString", question.finding->text);
  for (auto const* rule : question.rules)
    parts.add("rule", "valueCode", rule->id);
  return std::move(parts.owner);
}

} // namespace

Result<screening::Screening> screen_on(store::ReadTx& tx, ViewContext const& context,
                                       std::string const& patient, screening::Day on) {
  TRY(tx.read({"Patient", patient}));
  auto const& rules = context.knowledge.rules;
  auto const record = TRY(gather_record(find_in(tx), rules, patient));
  return screening::screen(rules, record, on, &context.zone);
}

Value to_parameters(screening::Screening const& screening, Knowledge const& knowledge, screening::Day on) {
  auto parameters = json::object({{"resourceType", "Parameters"}});
  parameters.push("parameter", valued("on", "valueDate", screening::iso_of(on)));
  parameters.push("parameter", valued("decision", "valueCode", name(screening.decision)));
  for (auto const& issue : screening.issues)
    parameters.push("parameter", to_parameter(issue, knowledge, on));
  for (auto const& question : screening.questions)
    parameters.push("parameter", to_parameter(question));
  for (auto const* rule : screening.not_judged)
    parameters.push("parameter", valued("notJudged", "valueCode", rule->id));
  return parameters;
}

} // namespace tripsis::clinic
