// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A mail as the text that travels (https://www.rfc-editor.org/rfc/rfc5322): plain text, in headers that
// nobody's name or address can add to.
#pragma once

#include "base/clock.hh"
#include "base/result.hh"
#include "jobs/mailer.hh"

#include <string>
#include <string_view>

namespace tripsis::jobs {

/// Whether it is an address of the plain form name@host.example, in ASCII: what is quoted, commented or a
/// list is none.
bool is_mail_address(std::string_view text) noexcept;

struct Sender {
  std::string address;
  std::string name; ///< The practice's
};

/// The whole message with CRLF at the ends of its lines. Fault::Value where an address is none, or a
/// control character stands in a header.
Result<std::string> compose(Mail const& mail, Sender const& sender, Instant now, std::string_view id);

} // namespace tripsis::jobs
