// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The Provenance by which a correction says who did it, when and why.
#pragma once

#include "base/clock.hh"
#include "base/json/value.hh"
#include "store/store.hh"

#include <string_view>
#include <vector>

namespace tripsis::clinic {

/// Who acts, as the value of an element `who`: "Practitioner/x", or only a name where an account has none.
json::Value reference_to_actor(std::string_view practitioner, std::string_view name);

/// Without an id. `activity` is a code of canonical::activity.
json::Value correction_provenance(std::string_view activity, std::vector<store::Key> const& targets,
                                  json::Value who, Instant now);

} // namespace tripsis::clinic
