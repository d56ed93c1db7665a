// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A request and its answer as plain values, without a socket: the server fills and sends them, a test makes
// them by hand.
#pragma once

#include "base/clock.hh"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripsis::rest {

/// Whether two header names or tokens are the same (https://www.rfc-editor.org/rfc/rfc9110#section-5.1).
bool same_ignoring_case(std::string_view a, std::string_view b) noexcept;

struct Request {
  std::string method; ///< "GET", as sent
  std::string target; ///< Path and query as sent, percent-encoded
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string peer; ///< The client's address, for the limit on sign-ins

  /// The first header of that name, or "" where there is none.
  std::string_view header(std::string_view name) const noexcept;
  /// Whether a header of that name was sent at all, even if empty.
  bool has_header(std::string_view name) const noexcept;
};

struct Response {
  int status = 200;
  /// Names are string literals. Content-Length, Date and Connection are the server's to write.
  std::vector<std::pair<std::string_view, std::string>> headers = {};
  std::string body = {};
  std::string_view constant = {}; ///< Sent instead of `body` where not empty; lives as long as the program.

  std::optional<Instant> modified = {}; ///< What Last-Modified says, exactly: a Bundle's entry tells it

  std::string_view content() const noexcept { return constant.empty() ? std::string_view{body} : constant; }
  std::string_view header(std::string_view name) const noexcept;
  void set_header(std::string_view name, std::string value);
};

} // namespace tripsis::rest
