// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#delete: the version before stays in the history; deleting what is not
// there is no error.
#include "base/json/parse.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/outcome.hh"

namespace tripsis::rest {

Result<Response> erase(Call& call) {
  TRY(only_parameters(call, {}));
  auto const expected = TRY(if_match(call.request));
  auto changes = changes_of(call);
  changes.changes.push_back({store::Method::Delete, {call.type, call.id}, json::Value{}, expected});
  auto const written = TRY(write(call, std::move(changes)));
  auto response = call.prefer_return == Return::OperationOutcome
                      ? json_response(200, json::write(operation_success("The resource is deleted.")))
                      : Response{.status = 204};
  if (written.front().version.version > 0)
    response.headers.emplace_back("ETag", etag(written.front().version.version));
  return response;
}

} // namespace tripsis::rest
