// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The code systems of what a session note records beside technique and pain: findings of the hands, ranges
// of motion with their reference values, the kinds of pain in a drawing, and the therapists' own templates.
#pragma once

#include "clinic/knowledge/knowledge.hh"

namespace tripsis::clinic {

std::vector<json::Value> note_code_systems(Knowledge const& knowledge);

} // namespace tripsis::clinic
