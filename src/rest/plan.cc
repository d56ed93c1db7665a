// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// GET Patient/{id}/$propose-plan and PlanDefinition/{id}/$apply (docs/api.md): takes the request apart;
// clinic/plan proposes.
#include "base/json/parse.hh"
#include "clinic/find.hh"
#include "clinic/plan/input.hh"
#include "clinic/views/view.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/operation_parameters.hh"

namespace tripsis::rest {
namespace {

Result<Response> apply_to(Call& call, std::string_view subject) {
  auto const patient = clinic::key_of(subject);
  if (!patient || patient->type != "Patient")
    return fail(Fault::Value, "The parameter subject is a reference to a patient: Patient/id.");
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  Result<json::Value> care_plan = fail(Fault::NotFound, {});
  call.services.store.read(call.access, [&](store::ReadTx& tx) {
    care_plan = clinic::apply_definition(tx, {*call.knowledge, zone}, call.id, patient->id, call.now,
                                         call.services.random);
  });
  return json_response(200, json::write(TRY(std::move(care_plan))));
}

} // namespace

Result<Response> apply_plan(Call& call) {
  TRY(only_parameters(call, {"subject"}));
  auto const* subject = call.target.find("subject");
  if (subject == nullptr)
    return fail(Fault::Required, "The parameter subject is missing: Patient/id.");
  return apply_to(call, *subject);
}

Result<Response> apply_plan_by_post(Call& call) {
  TRY(only_parameters(call, {}));
  auto const taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *taken.refusal;
  TRY(only_parameters(taken.parameters, {"subject"}));
  auto const* given = find_parameter(taken.parameters, "subject");
  if (given == nullptr)
    return fail(Fault::Required, "The parameter subject is missing: Patient/id.",
                "Parameters.parameter.where(name='subject')");
  auto const* reference = given->find("valueReference");
  return apply_to(call, reference != nullptr ? reference->text("reference") : given->text("valueString"));
}

Result<Response> propose_plan(Call& call) {
  TRY(only_parameters(call, {"condition", "minutes", "per-week", "weeks", "budget", "price"}));
  auto const wish = TRY(clinic::plan::parse_wish({.condition = call.target.find("condition"),
                                                  .minutes = call.target.find("minutes"),
                                                  .per_week = call.target.find("per-week"),
                                                  .weeks = call.target.find("weeks"),
                                                  .budget = call.target.find("budget"),
                                                  .price = call.target.find("price")}));
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  Result<json::Value> bundle = fail(Fault::NotFound, {});
  call.services.store.read(call.access, [&](store::ReadTx& tx) {
    bundle =
        clinic::propose_plan(tx, {*call.knowledge, zone}, call.id, wish, call.now, call.services.random);
  });
  return json_response(200, json::write(TRY(std::move(bundle))));
}

} // namespace tripsis::rest
