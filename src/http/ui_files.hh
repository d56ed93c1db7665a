// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The web client, built into the program: each file in up to three forms (plain, brotli, gzip), sent
// straight from the program's own read-only pages.
#pragma once

#include "base/random.hh"
#include "rest/message.hh"

#include <string_view>

namespace tripsis::http {

/// Answers GET and HEAD: a file by its path; the client's page for every other path of its own (it routes
/// by itself); 404 for the rest.
rest::Response ui_response(rest::Request const& request, std::string_view path, Random& random);

} // namespace tripsis::http
