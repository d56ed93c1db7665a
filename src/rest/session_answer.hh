// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the ways of signing in answer: who is signed in, and the cookie.
#pragma once

#include "rest/call.hh"

#include <chrono>
#include <string_view>

namespace tripsis::rest {

/// The session object of docs/api.md#signing-in.
Response session_response(Call const& call, auth::Principal const& who);

/// The cookie tripsis_session; an empty secret and no lifetime take it away.
std::string session_cookie(Call const& call, std::string_view secret, std::chrono::seconds lifetime);

/// Somebody is signed in now: the session object and its cookie.
Response signed_in(Call& call, auth::Principal who, std::string_view secret, std::chrono::seconds lifetime);

} // namespace tripsis::rest
