// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Randomness, as something that is handed in: the system's for real, a seeded one for tests and the demo.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace tripsis {

/// Thread-safe unless a subclass says otherwise.
class Random {
public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte> out) = 0;
};

/// The operating system's generator, by libsodium. For keys, tokens and ids.
class SystemRandom final : public Random {
public:
  void fill(std::span<std::byte> out) override;
};

/// The same numbers for the same seed, on every machine. Not thread-safe, and never for secrets.
class SeededRandom final : public Random {
public:
  explicit SeededRandom(std::uint64_t seed) : engine_{seed} {}
  void fill(std::span<std::byte> out) override;

private:
  std::mt19937_64 engine_;
};

} // namespace tripsis
