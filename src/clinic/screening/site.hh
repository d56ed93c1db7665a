// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Where on the body a diagnosis or a procedure is: the site map of the rules file. The first step that
// answers decides.
#pragma once

#include "base/json/value.hh"
#include "clinic/screening/rules.hh"

#include <string>
#include <vector>

namespace tripsis::clinic::screening {

/// 1. body sites, by code and by the words of their text; 2. ICD-10, by the longest prefix; 3. SNOMED CT.
/// Empty: none answers.
std::vector<std::string> regions_of(SiteMap const& map, json::Array const& body_sites,
                                    std::vector<std::string> const& icd10,
                                    std::vector<std::string> const& snomed);

} // namespace tripsis::clinic::screening
