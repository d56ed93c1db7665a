// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// FHIRPath's grammar (http://hl7.org/fhirpath/N1/grammar.html), from text to tree, by precedence climbing.
#pragma once

#include "fhirpath/ast.hh"

namespace tripsis::fhirpath {

constexpr int max_nesting =
    200; ///< Brackets within each other, and levels of the tree. Ours: it bounds recursion.

/// See Expression::parse.
Result<std::unique_ptr<Node>> parse_tree(std::string_view text);

} // namespace tripsis::fhirpath
