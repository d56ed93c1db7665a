// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Whatever text an expression is, parsing and evaluating it come to an end without harm.
#include "base/json/parse.hh"
#include "fhirpath/fhirpath.hh"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace tripsis;
  static auto const resource = json::parse(R"({"resourceType":"Observation","id":"o","status":"final",
    "code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},"subject":{"reference":"Patient/p"},
    "effectiveDateTime":"2026-11-22T10:15:30+01:00","_status":{"extension":[{"url":"u","valueString":"s"}]},
    "valueQuantity":{"value":7.50,"unit":"cm","system":"http://unitsofmeasure.org","code":"cm"},
    "component":[{"code":{"text":"a"},"valueInteger":3},{"code":{"text":"b"},"valueString":"3"}]})")
                                   .value();
  static auto const context = [] {
    fhirpath::Context out;
    out.now = "2026-11-22T10:15:30.250+01:00";
    return out;
  }();
  auto const expression = fhirpath::Expression::parse({reinterpret_cast<char const*>(data), size});
  if (expression)
    (void)expression->evaluate(context, fhirpath::Item::resource(resource));
  return 0;
}
