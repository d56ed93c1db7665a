// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "validation/validation.hh"

#include "validation/structure.hh"

#include <algorithm>

namespace tripsis::validation {

std::vector<Issue> validate(json::Value const& resource) {
  Issues issues;
  auto const type = resource.text("resourceType");
  Path const root{fhir::is_resource_type(type) ? type : "Resource"};
  Structure{issues}.resource(resource, root);
  return issues.take();
}

bool has_errors(std::vector<Issue> const& issues) noexcept {
  return std::ranges::any_of(issues, [](Issue const& issue) { return issue.severity == Severity::Error; });
}

} // namespace tripsis::validation
