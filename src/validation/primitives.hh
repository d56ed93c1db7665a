// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The format of each primitive type (https://hl7.org/fhir/R4/datatypes.html#primitive).
#pragma once

#include "base/json/value.hh"
#include "fhir/definitions.hh"
#include "validation/issues.hh"

#include <optional>

namespace tripsis::validation {

/// What keeps `value` from being one of this type, or nullopt. `type` is not Primitive::None.
std::optional<Problem> check_primitive(fhir::Primitive type, json::Value const& value);

} // namespace tripsis::validation
