// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The XHTML of narratives (https://hl7.org/fhir/R4/narrative.html#xhtml). It is shown to people in a
// browser, so what could run there is refused at the door: an element, an attribute or a link scheme that
// is not on the list does not pass.
#pragma once

#include "validation/issues.hh"

#include <optional>
#include <string_view>

namespace tripsis::validation {

/// What keeps `text` from being one well-formed div of FHIR's basic formatting elements with some content,
/// or nullopt.
std::optional<Problem> check_xhtml(std::string_view text);

} // namespace tripsis::validation
