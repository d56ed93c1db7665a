// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Narratives of a document: plain XHTML made of text (https://hl7.org/fhir/R4/narrative.html).
#pragma once

#include "base/json/value.hh"

#include <string>
#include <string_view>
#include <vector>

namespace tripsis::clinic::report {

class Narrative {
public:
  void paragraph(std::string_view text);
  /// The first row is the heading.
  void table(std::vector<std::vector<std::string>> const& rows);
  void list(std::vector<std::string> const& items);
  /// The Narrative element, `status` generated.
  json::Value element() const;

private:
  std::string div_;
};

} // namespace tripsis::clinic::report
