// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "base/random.hh"

#include <stdexcept>

#include <sodium.h>

namespace tripsis {

void SystemRandom::fill(std::span<std::byte> out) {
  if (sodium_init() < 0)
    throw std::runtime_error{"The system's random generator cannot be used."};
  randombytes_buf(out.data(), out.size());
}

void SeededRandom::fill(std::span<std::byte> out) {
  for (auto& byte : out)
    byte = static_cast<std::byte>(engine_() & 0xffU);
}

} // namespace tripsis
