// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Passwords, kept as Argon2id (https://www.rfc-editor.org/rfc/rfc9106) by libsodium.
#pragma once

#include "base/result.hh"

#include <mutex>
#include <string>
#include <string_view>

namespace tripsis::auth {

/// Thread-safe. One computation at a time: each takes 256 MB, and a burst of sign-ins must not take the
/// machine's memory.
class Passwords {
public:
  enum class Cost : unsigned char { Moderate, Least }; ///< Least is for tests and the demo's made-up people
  explicit Passwords(Cost cost);

  /// Fault::Value where the password is too short (8 characters) or too long (256 bytes) to be accepted as
  /// a new one.
  Result<std::string> hash(std::string_view password);
  /// Takes as long for a name that nobody has: hand in "" as `hash` then.
  bool matches(std::string_view password, std::string_view hash);

private:
  std::mutex one_at_a_time_;
  Cost cost_;
  std::string nobodys_; ///< A hash that no password has, to spend the same time on
};

} // namespace tripsis::auth
