// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The time, as something that is handed in. Only app/wiring.cc makes a SystemClock; tests and the demo hand in a ManualClock.
#pragma once

#include <atomic>
#include <chrono>

namespace tripsis {

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted: the precision of meta.lastUpdated.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Thread-safe.
class Clock {
public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
  Instant now() const override { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }
};

class ManualClock final : public Clock {
public:
  explicit ManualClock(Instant at) : at_{at} {}
  Instant now() const override { return at_.load(); }
  void set(Instant at) { at_ = at; }

private:
  std::atomic<Instant> at_;
};

} // namespace tripsis
