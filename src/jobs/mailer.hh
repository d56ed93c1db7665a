// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Mail as something that is handed in: an SMTP server for real, a folder for the demo and for a practice
// without one, a list in tests. No mail holds anything of a record.
#pragma once

#include "base/result.hh"

#include <string>

namespace tripsis::jobs {

struct Mail {
  std::string to; ///< An address
  std::string subject;
  std::string text; ///< Lines that end with '\n'
};

/// Thread-safe unless a subclass says otherwise.
class Mailer {
public:
  virtual ~Mailer() = default;
  /// Fault::Transient where it should be tried again; Fault::Value for what can never be sent.
  virtual Result<> send(Mail const& mail) = 0;
};

} // namespace tripsis::jobs
