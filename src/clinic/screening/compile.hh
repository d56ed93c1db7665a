// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Compiling one more rule: the practice's own are of the same grammar as those that ship.
#pragma once

#include "clinic/screening/rules.hh"

namespace tripsis::clinic::screening {

/// A rule as an entry of `rules` in knowledge/contraindications.yaml. Fault::Structure says what is wrong.
Result<Rule> compile_rule(Rules const& rules, json::Value const& node);
/// "P14D" → 14.
std::optional<int> days_of(std::string_view span);

} // namespace tripsis::clinic::screening
