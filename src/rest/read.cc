// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#read and #vread: the stored text goes to the wire as it is.
#include "rest/endpoints.hh"
#include "rest/exchange.hh"

namespace tripsis::rest {
namespace {

using Reader = Result<store::Version> (*)(store::ReadTx&, Call const&);

Result<Response> answer_version(Call& call, Reader reader) {
  TRY(only_parameters(call, {}));
  Result<store::Version> found = fail(Fault::NotFound, {});
  call.services.store.read(call.access, [&](store::ReadTx& tx) { found = reader(tx, call); });
  auto version = TRY(std::move(found));
  auto const tag = etag(version.version);
  if (call.request.header("If-None-Match") == tag) // https://hl7.org/fhir/R4/http.html#cread
    return Response{.status = 304, .headers = {{"ETag", tag}}};
  return version_response(200, std::move(version));
}

} // namespace

Result<Response> read(Call& call) {
  return answer_version(
      call, [](store::ReadTx& tx, Call const& asked) { return tx.read({asked.type, asked.id}); });
}

Result<Response> vread(Call& call) {
  return answer_version(call, [](store::ReadTx& tx, Call const& asked) {
    return tx.vread({asked.type, asked.id},
                    std::stoull(asked.version)); // digits only, at most 18: find_route has checked
  });
}

} // namespace tripsis::rest
