// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Finds out, before evaluation, which types the items at each place of an expression can have, and binds
// the names of paths to the definitions' elements: evaluation then compares one pointer instead of
// searching, and strict checking finds names that no possible type has.
#pragma once

#include "fhirpath/ast.hh"

namespace tripsis::fhirpath {

/// `focus` may be nullptr. Fault::Value for a name that cannot be found, when checking is strict.
Result<> bind_tree(Node& root, fhir::Type const* focus, Checking checking, std::string_view text);

} // namespace tripsis::fhirpath
