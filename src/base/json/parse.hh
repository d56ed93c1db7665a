// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// From JSON text to a Value, and back. simdjson's On-Demand reader does the scanning; what it is lax
// about and FHIR is not (repeated names, numbers' grammar, depth) is refused here.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"

namespace tripsis::json {

constexpr int max_depth = 64; ///< Arrays and objects within each other. Ours: it bounds recursion everywhere.

/// Parses one JSON document. Refuses, with Fault::Structure: malformed text, invalid UTF-8, lone surrogates, repeated names in
/// an object, anything after the document; with Fault::TooLong: more than max_depth levels.
/// The error names the position in the text ("at byte 17") and, as far as it is known, the element's path.
Result<Value> parse(std::string_view text);

/// Appends the value as compact JSON.
void write(Value const& value, std::string& out);
std::string write(Value const& value);
/// Appends `s` as a JSON string, quotes included.
void write_string(std::string_view s, std::string& out);
/// For people: two spaces a level.
std::string write_indented(Value const& value);

} // namespace tripsis::json
