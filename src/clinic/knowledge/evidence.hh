// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is claimed of massage, and what research says of it: the claims of the field's articles, each with
// its finding, effect, certainty, sources and the wording that may be shown. From knowledge/evidence.yaml.
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"

#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic {

struct Claim {
  std::string id;
  std::string claim; ///< As it is made
  std::string finding, effect;
  std::string certainty; ///< That the claim as written is true: high | moderate | low | very_low |
                         ///< contradicted | no_source
  std::vector<std::string> sources;  ///< Marks, as Knowledge::citation reads them
  std::string say;                   ///< The honest wording
  std::vector<std::string> measures; ///< Ids of the instruments that could test it in the clinic's own data
};

struct Evidence {
  struct Finding {
    std::string text, source;
  };
  std::vector<Finding> overview;
  std::vector<Claim> claims;

  Claim const* find_claim(std::string_view id) const noexcept; ///< nullptr where there is none
};

/// From the packed knowledge. Fault::Structure names what cannot be used.
Result<Evidence> read_evidence(json::Value const& knowledge);

} // namespace tripsis::clinic
