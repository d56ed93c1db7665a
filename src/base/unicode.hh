// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What needs Unicode's tables, by ICU. The only place that includes ICU.
#pragma once

#include <string>
#include <string_view>

namespace tripsis {

/// Upper and lower case of every script, the same for every locale. `text` is UTF-8.
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

/// As people compare names: in small letters and without accents, so that "Zoë", "ZOE" and "zoe" are one.
/// Unicode's case folding of the compatibility decomposition, nonspacing marks left out. What is not UTF-8
/// is replaced by U+FFFD.
std::string fold(std::string_view text);

} // namespace tripsis
