// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The API as one function from request to response. The server calls it, and so does every scenario test.
#pragma once

#include "rest/call.hh"
#include "rest/message.hh"

namespace tripsis::rest {

/// Answers a request of the API: through the middleware to the endpoint. Thread-safe. May throw where the
/// machine is broken.
Response answer(Request const& request, Services& services);

/// Answers one entry of a Bundle, on behalf of the call that carries it: the route, the policy, the
/// endpoint.
Response answer_entry(Call& entry);

} // namespace tripsis::rest
