// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Reading the rules' data: the few shapes that knowledge/contraindications.yaml is made of. Used by the
// compile files only.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"
#include "clinic/screening/compile.hh"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::screening {

struct Rules;

/// The strings of a list; what is no string is passed over.
std::vector<std::string> strings(json::Value const& node, std::string_view name);
std::optional<int> whole_number(json::Value const* number);
std::optional<int> integer(json::Value const& node, std::string_view name);
/// ICD-10 codes as they are compared: upper case, no dots.
std::string without_dots(std::string_view code);
std::vector<std::string> without_dots(std::vector<std::string> codes);
/// A list of findings' ids, as places in rules.findings. Fault::Structure names the one that is not there.
Result<std::vector<std::size_t>> findings_of(Rules const& rules, json::Value const& node,
                                             std::string_view name);

} // namespace tripsis::clinic::screening
