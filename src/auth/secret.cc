// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/secret.hh"

#include "base/base64.hh"

#include <array>

#include <sodium.h>

namespace tripsis::auth {

std::string new_secret(Random& random) {
  std::array<std::byte, 32> bytes{};
  random.fill(bytes);
  return base64_encode({reinterpret_cast<char const*>(bytes.data()), bytes.size()}, Base64::Url);
}

std::string sha256(std::string_view text) {
  std::string out(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()),
                     reinterpret_cast<unsigned char const*>(text.data()), text.size());
  return out;
}

} // namespace tripsis::auth
