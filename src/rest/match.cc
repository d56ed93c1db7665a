// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// POST Patient/$match (https://hl7.org/fhir/R4/patient-operation-match.html): who may be the same person.
#include "clinic/records/match.hh"

#include "base/json/parse.hh"
#include "rest/bundle_writer.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/operation_parameters.hh"

#include <fmt/format.h>

namespace tripsis::rest {

Result<Response> match(Call& call) {
  TRY(only_parameters(call, {}));
  auto const taken = TRY(take_parameters(call));
  if (taken.refusal)
    return *taken.refusal;
  TRY(only_parameters(taken.parameters, {"resource"}));
  auto const* wanted = TRY(required_parameter(taken.parameters, "resource", "resource"));
  if (wanted->text("resourceType") != "Patient")
    return fail(Fault::Value, "The parameter resource must be a Patient.",
                "Parameters.parameter.where(name='resource')");
  Result<std::vector<clinic::PatientMatch>> matches = fail(Fault::NotFound, {});
  call.services.store.read(call.access, [&](store::ReadTx& tx) {
    matches = clinic::match_patients(clinic::find_in(tx), *wanted);
  });
  auto const found = TRY(std::move(matches));
  BundleWriter bundle{"searchset"};
  bundle.total(found.size());
  for (auto const& [patient, score] : found) {
    auto grade = json::object({{"url", "http://hl7.org/fhir/StructureDefinition/match-grade"},
                               {"valueCode", clinic::match_grade(score)}});
    bundle.entry(call.base() + "/" + clinic::reference_to(patient), json::write(patient));
    bundle.member("search", json::object({{"extension", json::array({std::move(grade)})},
                                          {"mode", "match"},
                                          {"score", json::Number{fmt::format("{:.2f}", score / 100.0)}}}));
  }
  return json_response(200, bundle.finish());
}

} // namespace tripsis::rest
