// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The OperationDefinitions of our own operations, as one table. rest/router.cc says what answers them.
#pragma once

#include "base/json/value.hh"

#include <vector>

namespace tripsis::clinic {

/// https://hl7.org/fhir/R4/operationdefinition.html, one for each operation of docs/api.md.
std::vector<json::Value> operation_definitions();

} // namespace tripsis::clinic
