// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The code systems of what a session note and a measurement record beside technique and pain: findings of
// the hands, ranges of motion with their reference values, muscle tone, opioids, the kinds of pain in a
// drawing, and the therapists' own templates.
#pragma once

#include "clinic/knowledge/knowledge.hh"

namespace tripsis::clinic {

std::vector<json::Value> note_code_systems(Knowledge const& knowledge);

/// "cervical_lateral_flexion" → "Cervical lateral flexion"
std::string movement_name(std::string_view movement);
constexpr std::string_view fentanyl_patch = "fentanyl_patch_mcg_per_hour";
/// "fentanyl patch (mcg per hour)", else the code itself
std::string opioid_name(std::string_view code);

} // namespace tripsis::clinic
