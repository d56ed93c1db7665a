// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A request's target, taken apart once and strictly: what is not percent-encoded UTF-8 is refused here, so
// that nothing behind it needs to think of "%00" or "..".
#pragma once

#include "base/result.hh"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripsis::rest {

using Parameters = std::vector<std::pair<std::string, std::string>>;

struct Target {
  std::vector<std::string> segments; ///< Of the path, decoded; a "/" at the end makes no empty last one
  Parameters parameters;             ///< In the order in which they stand, decoded

  /// The last value of that name, or nullptr.
  std::string const* find(std::string_view name) const noexcept;
};

/// Fault::Value for broken percent-encoding, control characters, text that is not UTF-8, and the segments
/// "." and "..".
Result<Target> parse_target(std::string_view target);
/// "a=1&b=2", as in a query or a form.
Result<Parameters> parse_parameters(std::string_view text);
/// Percent-encodes for use as a name or value in a query.
std::string encode_parameter(std::string_view text);
/// Whether the text is UTF-8 (https://www.rfc-editor.org/rfc/rfc3629), without overlong forms and
/// surrogates.
bool is_utf8(std::string_view text) noexcept;

} // namespace tripsis::rest
