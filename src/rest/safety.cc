// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What follows from the screening (docs/api.md#safety): what fired is recorded, a clearance is asked for
// and recorded, a rule that allows it is overridden with a reason. clinic/safety makes the resources, the
// write rule "mitigations" judges them; here requests are taken apart.
#include "base/json/parse.hh"
#include "clinic/safety/clearance_task.hh"
#include "clinic/safety/recorded_issue.hh"
#include "clinic/views/view.hh"
#include "fhir/date_time.hh"
#include "rest/bundle_writer.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/operation_parameters.hh"

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

using clinic::screening::Rule;

std::string place_of(std::string_view name) {
  return fmt::format("Parameters.parameter.where(name='{}')", name);
}

std::string text_parameter(json::Value const& parameters, std::string_view name) {
  auto const* found = find_parameter(parameters, name);
  return std::string{found != nullptr ? found->text("valueString") : ""};
}

Result<std::string> required_text(json::Value const& parameters, std::string_view name,
                                  std::string_view element = "valueString") {
  constexpr std::size_t longest = 500;
  auto const& value = *TRY(required_parameter(parameters, name, element));
  if (!value.is_string() || value.string().empty())
    return fail(Fault::Required, fmt::format("The parameter {} is empty.", name), place_of(name));
  if (value.string().size() > longest)
    return fail(Fault::TooLong, fmt::format("The parameter {} has more than {} bytes.", name, longest),
                place_of(name));
  return value.string();
}

Result<std::chrono::sys_days> day_of(std::string_view written, std::string_view name) {
  auto const date = fhir::DateTime::parse_date(written);
  if (!date || date->precision() != fhir::Precision::Day)
    return fail(Fault::Value, fmt::format("The parameter {} must be a date as YYYY-MM-DD.", name),
                place_of(name));
  return std::chrono::sys_days{date->parts().date};
}

/// A date of the parameters; `otherwise` where it is not given.
Result<std::chrono::sys_days> day_parameter(json::Value const& parameters, std::string_view name,
                                            std::chrono::sys_days otherwise) {
  auto const* found = find_parameter(parameters, name);
  return found == nullptr ? otherwise : day_of(found->text("valueDate"), name);
}

Result<std::string> reference_parameter(json::Value const& parameters, std::string_view name,
                                        std::string_view type) {
  auto const* found = find_parameter(parameters, name);
  if (found == nullptr)
    return std::string{};
  auto const key = clinic::key_of(found->find("valueReference"));
  if (!key || key->type != type)
    return fail(Fault::Value,
                fmt::format("The parameter {} must be a reference such as {}/id.", name, type),
                place_of(name));
  return key->reference();
}

/// All parameters `rule`, each once; Fault::Value for one that is none of the rules in force.
Result<std::vector<Rule const*>> rules_parameter(Call const& call, json::Value const& parameters) {
  std::vector<Rule const*> rules;
  for (auto const& parameter : parameters.items("parameter")) {
    if (parameter.text("name") != "rule")
      continue;
    auto const* rule = call.knowledge->rules.find_rule(parameter.text("valueCode"));
    if (rule == nullptr)
      return fail(Fault::Value, "The parameter rule must be the code of a safety rule.", place_of("rule"));
    if (std::ranges::find(rules, rule) == rules.end())
      rules.push_back(rule);
  }
  if (rules.empty())
    return fail(Fault::Required, "The parameter rule is missing: a valueCode.", place_of("rule"));
  return rules;
}

/// The stored issues of the rules, or new ones. Fault::NotFound, Deleted as for a read of the patient.
Result<std::vector<json::Value>> issues_of(Call& call, std::vector<Rule const*> const& rules,
                                           std::chrono::sys_days today) {
  return in_reader<std::vector<json::Value>>(
      call, [&](store::ReadTx& tx) -> Result<std::vector<json::Value>> {
        TRY(tx.read({"Patient", call.id}));
        return clinic::safety::issues_of(clinic::find_in(tx), call.id, rules, today);
      });
}

Result<TimeZone> zone_of(Call const& call) {
  return TimeZone::find(call.services.practice.time_zone);
}

Result<clinic::safety::Clearance> clearance_parameters(json::Value const& parameters,
                                                       std::chrono::sys_days today) {
  auto const date = TRY(required_text(parameters, "date", "valueDate"));
  auto const given = TRY(day_of(date, "date"));
  if (given > today)
    return fail(Fault::Value, "A clearance is not given in the future.", place_of("date"));
  auto const expiry = TRY(day_parameter(parameters, "expiry", given + clinic::screening::clearance_lasts));
  return clinic::safety::Clearance{
      .clinician = TRY(required_text(parameters, "clinician")),
      .licence = TRY(required_text(parameters, "licence")),
      .scope = TRY(required_text(parameters, "scope")),
      .date = date,
      .expiry = clinic::screening::iso_of(expiry),
      .document = TRY(reference_parameter(parameters, "document", "DocumentReference"))};
}

/// Completes the Task that asked for the clearance, where one is named.
Result<> complete_task(Call& call, std::string const& task, store::Changes& unit) {
  if (task.empty())
    return {};
  auto stored = TRY(in_reader<json::Value>(
      call, [&](store::ReadTx& tx) { return clinic::read(tx, *clinic::key_of(task)); }));
  auto const subject = clinic::key_of(stored.find("for"));
  if (!subject || subject->id != call.id)
    return fail(Fault::BusinessRule, "The Task is about another patient.", place_of("task"));
  unit.changes.push_back(
      clinic::update_of(clinic::safety::completed(std::move(stored), fhir::format_instant(call.now))));
  return {};
}

Response bundle_of(Call const& call, std::span<store::Written const> written) {
  BundleWriter bundle{"collection"};
  for (auto const& one : written)
    bundle.entry(call.base() + "/" + one.version.key.reference(), one.version.json);
  return json_response(200, bundle.finish());
}

} // namespace

/// POST Patient/{id}/$screen: the screening, and what fired is recorded. Asked twice, it writes once.
Result<Response> record_screening(Call& call) {
  TRY(only_parameters(call, {}));
  auto taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *std::move(taken.refusal);
  TRY(only_parameters(taken.parameters, {"on"}));
  auto const zone = TRY(zone_of(call));
  auto const today = std::chrono::sys_days{zone.date(call.now)};
  auto const on = TRY(day_parameter(taken.parameters, "on", today));
  auto const screening = TRY(in_reader<clinic::screening::Screening>(call, [&](store::ReadTx& tx) {
    return clinic::screen_on(tx, {*call.knowledge, zone}, call.id, on);
  }));
  auto unit = changes_of(call);
  unit.changes = TRY(in_reader<std::vector<store::Change>>(call, [&](store::ReadTx& tx) {
    return clinic::safety::record_fired(clinic::find_in(tx), screening, call.id, today);
  }));
  if (!unit.changes.empty())
    TRY(write(call, std::move(unit)));
  return json_response(200, json::write(clinic::to_parameters(screening, *call.knowledge, on)));
}

/// POST Patient/{id}/$request-clearance: the Task that waits for a physician's answer.
Result<Response> request_clearance(Call& call) {
  TRY(only_parameters(call, {}));
  auto taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *std::move(taken.refusal);
  auto const& parameters = taken.parameters;
  TRY(only_parameters(parameters, {"rule", "physician", "referral", "note"}));
  clinic::safety::ClearanceRequest const request{
      .patient = call.id,
      .rules = TRY(rules_parameter(call, parameters)),
      .physician = text_parameter(parameters, "physician"),
      .referral = TRY(reference_parameter(parameters, "referral", "ServiceRequest")),
      .note = text_parameter(parameters, "note"),
      .authored = fhir::format_instant(call.now, TRY(zone_of(call)))};
  if (auto const found = call.knowledge->wording->check(request.note); !found.empty())
    return fail(Fault::BusinessRule,
                fmt::format("The words \"{}\" claim what research does not support. Say instead: {}",
                            found.front().phrase,
                            call.knowledge->evidence.find_claim(found.front().claim)->say),
                place_of("note"));
  for (auto const* rule : request.rules)
    if (!clinic::screening::may_be_lifted(*rule, clinic::screening::Mitigation::Kind::Cleared))
      return fail(Fault::BusinessRule,
                  fmt::format("The rule {} is not one that a clearance lifts.", rule->id),
                  place_of("rule"));
  TRY(in_reader<store::Version>(call, [&](store::ReadTx& tx) { return tx.read({"Patient", call.id}); }));
  store::Key const key{"Task", new_id(call)};
  auto task = clinic::safety::clearance_task(request, author_of(call));
  task.set("id", key.id);
  auto unit = changes_of(call);
  unit.changes.push_back(
      {.method = store::Method::Create, .key = key, .resource = std::move(task), .must_be_new = true});
  auto written = TRY(write(call, std::move(unit)));
  return version_response(200, std::move(written.front().version));
}

/// POST Patient/{id}/$clear: what a clinician cleared, and until when.
Result<Response> clear(Call& call) {
  TRY(only_parameters(call, {}));
  auto taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *std::move(taken.refusal);
  auto const& parameters = taken.parameters;
  TRY(only_parameters(parameters,
                      {"rule", "clinician", "licence", "date", "scope", "expiry", "document", "task"}));
  auto const today = std::chrono::sys_days{TRY(zone_of(call)).date(call.now)};
  auto const rules = TRY(rules_parameter(call, parameters));
  auto const clearance = TRY(clearance_parameters(parameters, today));
  auto unit = changes_of(call);
  for (auto& issue : TRY(issues_of(call, rules, today))) {
    issue.push("mitigation", clinic::safety::to_mitigation(clearance, author_of(call)));
    unit.changes.push_back(clinic::update_of(std::move(issue)));
  }
  auto const task = TRY(reference_parameter(parameters, "task", "Task"));
  TRY(complete_task(call, task, unit));
  auto const written = TRY(write(call, std::move(unit)));
  return bundle_of(call, std::span{written}.first(rules.size()));
}

/// POST Patient/{id}/$override: why a rule that allows it does not hold this time.
Result<Response> override_rule(Call& call) {
  TRY(only_parameters(call, {}));
  auto taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *std::move(taken.refusal);
  auto const& parameters = taken.parameters;
  TRY(only_parameters(parameters, {"rule", "reason", "text", "on"}));
  auto const today = std::chrono::sys_days{TRY(zone_of(call)).date(call.now)};
  auto const rules = TRY(rules_parameter(call, parameters));
  if (rules.size() != 1)
    return fail(Fault::Value, "One rule is overridden at a time.", place_of("rule"));
  clinic::safety::Override const why{
      .reason = TRY(required_text(parameters, "reason", "valueCode")),
      .text = text_parameter(parameters, "text"),
      .on = clinic::screening::iso_of(TRY(day_parameter(parameters, "on", today))),
      .date = clinic::screening::iso_of(today)};
  auto issue = std::move(TRY(issues_of(call, rules, today)).front());
  issue.push("mitigation", clinic::safety::to_mitigation(why, author_of(call)));
  auto unit = changes_of(call);
  unit.changes.push_back(clinic::update_of(std::move(issue)));
  auto written = TRY(write(call, std::move(unit)));
  return version_response(200, std::move(written.front().version));
}

} // namespace tripsis::rest
