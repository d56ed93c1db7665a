// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Mail by SMTP (https://www.rfc-editor.org/rfc/rfc5321), by libcurl. The connection is encrypted (STARTTLS,
// or TLS from the start with smtps://) and the server's certificate checked, unless the server runs on this
// machine.
#pragma once

#include "base/random.hh"
#include "jobs/message.hh"

#include <string>
#include <string_view>

namespace tripsis::jobs {

struct SmtpServer {
  std::string url;            ///< "smtp://mail.example:587"
  std::string user, password; ///< Both empty: without signing in
};

/// From "mail.example:587" or "smtps://mail.example". Fault::Value for what is no such address.
Result<std::string> parse_smtp(std::string_view text);
/// Whether the server is on this machine.
bool is_loopback(std::string_view url) noexcept;

/// Thread-safe.
class SmtpMailer final : public Mailer {
public:
  SmtpMailer(SmtpServer server, Sender sender, Clock const& clock, Random& random);

  /// Fault::Value where the server refuses the address for good.
  Result<> send(Mail const& mail) override;

private:
  SmtpServer server_;
  Sender sender_;
  Clock const& clock_;
  Random& random_;
};

} // namespace tripsis::jobs
