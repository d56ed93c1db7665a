// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Guessing passwords must be slow: after five tries in a minute for one name, or thirty from one address,
// the next ones are not even looked at. A right password wipes its name's slate.
#pragma once

#include "base/clock.hh"

#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace tripsis::auth {

/// Thread-safe.
class SignInLimit {
public:
  explicit SignInLimit(Clock const& clock) : clock_{clock} {}

  /// Counts a try, and says whether it may be looked at. Counting first means that many at once gain
  /// nothing.
  bool admit(std::string_view username, std::string_view address);
  void forget(std::string_view username); ///< After a right one

private:
  using Tries = std::vector<Instant>;
  bool admit_key(std::string key, std::size_t most, Instant now);

  Clock const& clock_;
  std::mutex mutex_;
  std::unordered_map<std::string, Tries> tries_; // "u:" + username, "a:" + address
};

} // namespace tripsis::auth
