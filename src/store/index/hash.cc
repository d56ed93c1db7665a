// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "store/index/hash.hh"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include <sodium.h>

namespace tripsis::store::index {

Hasher::Hasher(std::string_view seed) {
  static_assert(crypto_shorthash_KEYBYTES == 16 && crypto_shorthash_BYTES == sizeof(std::int64_t));
  if (seed.size() != key_.size())
    throw std::runtime_error{"the seed of the index's hashes is damaged"};
  std::memcpy(key_.data(), seed.data(), key_.size());
}

std::int64_t Hasher::hash(std::string_view text) const {
  std::int64_t value = 0;
  auto const* bytes = reinterpret_cast<unsigned char const*>(text.data());
  crypto_shorthash(reinterpret_cast<unsigned char*>(&value), bytes, text.size(), key_.data());
  return value == 0 || value == 1 ? value + 2 : value;
}

std::int64_t Hasher::short_hash(std::string_view text) const {
  return text.empty() ? 0 : std::max<std::int64_t>(hash(text) & 0xffff'ffff, 2);
}

} // namespace tripsis::store::index
