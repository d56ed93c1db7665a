// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A folder instead of a mail server: each mail becomes a file DATA/outbox/….eml. For the demo, and for a
// practice that has set no server yet.
#pragma once

#include "base/random.hh"
#include "jobs/message.hh"

#include <string>

namespace tripsis::jobs {

/// Thread-safe.
class Outbox final : public Mailer {
public:
  /// The folder is made, for its owner alone, with the first mail.
  Outbox(std::string folder, Sender sender, Clock const& clock, Random& random)
      : folder_{std::move(folder)}, sender_{std::move(sender)}, clock_{clock}, random_{random} {}

  Result<> send(Mail const& mail) override;

private:
  std::string folder_;
  Sender sender_;
  Clock const& clock_;
  Random& random_;
};

} // namespace tripsis::jobs
