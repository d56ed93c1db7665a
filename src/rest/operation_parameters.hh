// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What an operation that is asked by POST is given: a Parameters resource
// (https://hl7.org/fhir/R4/operations.html#request).
#pragma once

#include "rest/call.hh"

namespace tripsis::rest {

/// The body, a valid Parameters. The refusal names every issue.
struct TakenParameters {
  json::Value parameters;
  std::optional<Response> refusal;
};
Result<TakenParameters> take_parameters(Call& call);

/// The parameter of that name; nullptr where it is not given.
json::Value const* find_parameter(json::Value const& parameters, std::string_view name);

/// The value of the element, such as valueString. Fault::Required where the parameter, or such a value of
/// it, is missing.
Result<json::Value const*> required_parameter(json::Value const& parameters, std::string_view name,
                                              std::string_view element);
/// Fault::NotSupported for a parameter that is none of these.
Result<> only_parameters(json::Value const& parameters, std::initializer_list<std::string_view> known);

/// Who does it, as the value of an element `who`.
json::Value who(Call const& call);
/// "Practitioner/x" with the name, as the author of what is recorded.
json::Value author_of(Call const& call);

} // namespace tripsis::rest
