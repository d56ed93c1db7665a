// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What HTTP carries beside the resource: content negotiation, Prefer, entity tags, cookies; and the forms
// of answer that several interactions share.
#pragma once

#include "rest/call.hh"

#include <initializer_list>

namespace tripsis::rest {

/// Content negotiation and Prefer (https://hl7.org/fhir/R4/http.html#mime-type, #ops): fills in pretty,
/// format, prefer_return and handling, and takes _format and _pretty out of the parameters. The answer is 406 or
/// 415 where the two sides do not speak the same.
std::optional<Response> read_exchange(Call& call);

/// The secret in the cookie tripsis_session, or "".
std::string_view session_secret(Request const& request) noexcept;

/// Fault::NotSupported for a parameter that is none of these, unless the client asked for lenient handling.
Result<> only_parameters(Call const& call, std::initializer_list<std::string_view> known);

/// The request's body as JSON, or the resource of a Bundle's entry.
Result<json::Value> take_body(Call& call);

/// The body as a resource of the path's type, and valid. The refusal names every issue.
struct Taken {
  json::Value resource;
  std::optional<Response> refusal;
};
Result<Taken> take_resource(Call& call);

/// W/"3" → 3 (https://hl7.org/fhir/R4/http.html#concurrency); nullopt without the header; Fault::Value for
/// another form.
Result<std::optional<std::uint64_t>> if_match(Request const& request);
std::string etag(std::uint64_t version); ///< W/"3"
/// "Sun, 22 Nov 2026 10:20:30 GMT"
std::string http_date(Instant at);

/// The stored JSON as it is, with ETag and Last-Modified.
Response version_response(int status, store::Version version);
/// What is answered to a write, as Prefer asks.
Response written_response(Call const& call, store::Written written);
/// JSON text of the given status.
Response json_response(int status, std::string body, std::string_view type = fhir_json);

/// What `work` finds in one state of the store, of what who asks may see.
template <class Found, class Work>
Result<Found> in_reader(Call& call, Work const& work) {
  Result<Found> found = fail(Fault::NotFound, {});
  call.services.store.read(call.access, [&](store::ReadTx& tx) { found = work(tx); });
  return found;
}

/// A new id: a UUIDv7 of the time of the request.
std::string new_id(Call& call);
/// An empty unit in the name of who asks.
store::Changes changes_of(Call const& call);
/// Does the unit, if who asks may write such content, together with what follows from it at once
/// (clinic/follow_up.hh): every interaction and operation that changes something goes this way. The results
/// of the unit's own changes come first, in its order.
Result<std::vector<store::Written>> write(Call& call, store::Changes unit);

} // namespace tripsis::rest
