// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Secrets that are handed out once and kept only as their hash: of sessions, of links in mails.
#pragma once

#include "base/random.hh"

#include <string>
#include <string_view>

namespace tripsis::auth {

/// 256 random bits, in 43 characters that an address may hold.
std::string new_secret(Random& random);
/// 32 bytes.
std::string sha256(std::string_view text);

} // namespace tripsis::auth
