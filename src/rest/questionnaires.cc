// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// POST Questionnaire/{id}/$populate
// (https://hl7.org/fhir/uv/sdc/STU3/OperationDefinition-Questionnaire-populate.html) and
// QuestionnaireResponse/$extract
// (https://hl7.org/fhir/uv/sdc/STU3/OperationDefinition-QuestionnaireResponse-extract.html). Nothing is
// stored.
#include "base/json/parse.hh"
#include "clinic/extract.hh"
#include "clinic/forms/populate.hh"
#include "fhir/date_time.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/operation_parameters.hh"

namespace tripsis::rest {
namespace {

Result<Response> extracted(Call& call, json::Value response) {
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  Result<json::Value> bundle = fail(Fault::NotFound, {});
  call.services.store.read(call.access, [&](store::ReadTx& tx) {
    bundle = clinic::extract(std::move(response), {clinic::find_in(tx), *call.knowledge, zone}, call.now,
                             call.base());
  });
  return json_response(200, json::write(TRY(std::move(bundle))));
}

} // namespace

Result<Response> populate(Call& call) {
  TRY(only_parameters(call, {}));
  auto const taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *taken.refusal;
  TRY(only_parameters(taken.parameters, {"subject"}));
  auto const* subject = TRY(required_parameter(taken.parameters, "subject", "valueReference"));
  auto const patient = clinic::key_of(subject);
  if (!patient || patient->type != "Patient")
    return fail(Fault::Value, "The parameter subject must be a reference to a Patient.",
                "Parameters.parameter.where(name='subject')");
  auto const zone = TRY(TimeZone::find(call.services.practice.time_zone));
  auto const now = fhir::format_instant(call.now, zone);
  Result<json::Value> filled = fail(Fault::NotFound, {});
  call.services.store.read(call.access, [&](store::ReadTx& tx) {
    filled = [&]() -> Result<json::Value> {
      TRY(tx.read(*patient));
      return clinic::forms::populate(clinic::find_in(tx), TRY(clinic::read(tx, {"Questionnaire", call.id})),
                                     patient->id, now, now.substr(0, now.find('T')));
    }();
  });
  return json_response(200, json::write(TRY(std::move(filled))));
}

Result<Response> extract(Call& call) {
  TRY(only_parameters(call, {}));
  Result<json::Value> stored = fail(Fault::NotFound, {});
  call.services.store.read(call.access, [&](store::ReadTx& tx) {
    stored = clinic::read(tx, {"QuestionnaireResponse", call.id});
  });
  return extracted(call, TRY(std::move(stored)));
}

Result<Response> extract_given(Call& call) {
  TRY(only_parameters(call, {}));
  auto const taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *taken.refusal;
  TRY(only_parameters(taken.parameters, {"questionnaire-response"}));
  auto response = *TRY(required_parameter(taken.parameters, "questionnaire-response", "resource"));
  if (response.text("resourceType") != "QuestionnaireResponse")
    return fail(Fault::Value, "The parameter questionnaire-response must be a QuestionnaireResponse.",
                "Parameters.parameter.where(name='questionnaire-response')");
  if (response.text("id").empty())
    response.set("id", new_id(call));
  return extracted(call, std::move(response));
}

} // namespace tripsis::rest
