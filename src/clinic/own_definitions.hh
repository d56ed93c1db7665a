// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The small code systems and the extensions of ours, as resources (docs/formats/clinical-resources.md). The
// large code systems come from the knowledge (own_resources.cc).
#pragma once

#include "clinic/knowledge/knowledge.hh"

#include <vector>

namespace tripsis::clinic {

std::vector<json::Value> own_code_systems(Knowledge const& knowledge);
std::vector<json::Value> own_extensions();

} // namespace tripsis::clinic
