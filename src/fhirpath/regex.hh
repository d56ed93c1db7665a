// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Regular expressions of matches() and its kin, by RE2, whose time is linear in the text whatever the
// pattern.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace tripsis::fhirpath {

/// In FHIRPath's single-line mode: a dot is any character, ^ and $ are the ends of the whole text. nullptr
/// for what RE2 refuses. Thread-safe once compiled.
std::shared_ptr<re2::RE2 const> compile_regex(std::string_view pattern);

} // namespace tripsis::fhirpath
