// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#update: also creates, under the id that the client has chosen
// (#upsert).
#include "rest/endpoints.hh"
#include "rest/exchange.hh"

namespace tripsis::rest {

Result<Response> update(Call& call) {
  TRY(only_parameters(call, {}));
  auto const expected = TRY(if_match(call.request));
  auto const only_new = call.request.header("If-None-Match") == "*";
  auto taken = TRY(take_resource(call));
  if (taken.refusal)
    return *std::move(taken.refusal);
  auto const id = taken.resource.text("id");
  if (id.empty())
    return fail(Fault::Required, "The body must hold the id that the address names.", call.type + ".id");
  if (id != call.id)
    return fail(Fault::Value, "The body's id is not the address's.", call.type + ".id");
  auto changes = changes_of(call);
  changes.changes.push_back(
      {store::Method::Update, {call.type, call.id}, std::move(taken.resource), expected});
  changes.changes.front().must_be_new = only_new;
  auto written = write(call, std::move(changes));
  if (!written && only_new && written.error().fault == Fault::Conflict)
    return fail(Fault::Precondition, "If-None-Match: * asks that the resource be new, and it is not.");
  return written_response(call, std::move(TRY(std::move(written)).front()));
}

} // namespace tripsis::rest
