// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Codes, systems and references stand in the index as hashes: short, of one size, and found without a
// dictionary. The key is a practice's secret, so that nobody can make two texts meet (SipHash-2-4).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tripsis::store::index {

/// Immutable, thread-safe.
class Hasher {
public:
  /// `seed`: 16 bytes.
  explicit Hasher(std::string_view seed);

  /// 64 bits; never 0 or 1, which stand for other things in some columns.
  std::int64_t hash(std::string_view text) const;
  /// 32 bits, for systems and units; 0 for "", never 1.
  std::int64_t short_hash(std::string_view text) const;

private:
  std::array<unsigned char, 16> key_{};
};

} // namespace tripsis::store::index
