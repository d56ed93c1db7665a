// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#create: the server gives the id, a UUIDv7, whatever the body says.
#include "rest/endpoints.hh"
#include "rest/exchange.hh"

namespace tripsis::rest {

Result<Response> create(Call& call) {
  TRY(only_parameters(call, {}));
  if (call.request.has_header("If-None-Exist"))
    return fail(Fault::NotSupported, "Conditional create (If-None-Exist) is not offered here.");
  auto taken = TRY(take_resource(call));
  if (taken.refusal)
    return *std::move(taken.refusal);
  call.subject_id = new_id(call);
  taken.resource.set("id", call.subject_id);
  auto changes = changes_of(call);
  changes.changes.push_back(
      {store::Method::Create, {call.type, call.subject_id}, std::move(taken.resource)});
  changes.changes.front().must_be_new = true;
  auto written = TRY(write(call, std::move(changes)));
  return written_response(call, std::move(written.front()));
}

} // namespace tripsis::rest
