// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A range of motion as an Observation, with the reference value of adults (knowledge/instruments.yaml,
// rom_norms). Norms fall with age and differ between women and men; they are no goal.
#pragma once

#include "clinic/knowledge/knowledge.hh"

namespace tripsis::clinic {

/// Fills in category exam, the code of CodeSystem/movement, the value with its unit, and referenceRange.
json::Value range_of_motion(json::Value observation, Movement const& movement, std::string_view value);

/// One Observation.referenceRange: low and high where references give a range, else the norm as its text.
json::Value reference_range(Movement const& movement);

} // namespace tripsis::clinic
