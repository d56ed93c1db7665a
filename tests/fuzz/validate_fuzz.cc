// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Any JSON can be validated and have its references rewritten; the issues are bounded, and rewriting to the
// same text changes nothing.
#include "base/json/parse.hh"
#include "fhir/reference.hh"
#include "validation/validation.hh"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto value = tripsis::json::parse({reinterpret_cast<char const*>(data), size});
  if (!value)
    return 0;
  if (tripsis::validation::validate(*value).size() > tripsis::validation::max_issues)
    std::abort();
  auto const before = tripsis::json::write(*value);
  tripsis::fhir::rewrite_references(*value, [](std::string_view) { return std::nullopt; });
  if (tripsis::json::write(*value) != before)
    std::abort();
  return 0;
}
