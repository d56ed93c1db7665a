// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Base64 in its two alphabets (https://www.rfc-editor.org/rfc/rfc4648), by libsodium.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tripsis {

enum class Base64 : unsigned char { Standard, Url }; ///< With padding; URL-safe without padding.

std::string base64_encode(std::string_view bytes, Base64 alphabet);
/// nullopt where the text is not exactly of that alphabet (no white space).
std::optional<std::string> base64_decode(std::string_view text, Base64 alphabet);

} // namespace tripsis
