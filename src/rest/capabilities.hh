// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The CapabilityStatement (https://hl7.org/fhir/R4/capabilitystatement.html), made once at the start: 200
// KB that never change.
#pragma once

#include "rest/call.hh"

#include <string>

namespace tripsis::rest {

/// As JSON text. `since` is when the program began to serve.
std::string capability_statement(Practice const& practice, Instant since);

} // namespace tripsis::rest
