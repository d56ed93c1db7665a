// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// From an error to what the client sees: the one table Fault → HTTP status, and the OperationOutcome
// (https://hl7.org/fhir/R4/operationoutcome.html).
#pragma once

#include "base/json/value.hh"
#include "base/result.hh"
#include "rest/message.hh"
#include "validation/validation.hh"

#include <string>
#include <string_view>
#include <vector>

namespace tripsis::rest {

int status_of(Fault fault) noexcept;
/// https://hl7.org/fhir/R4/valueset-issue-type.html
std::string_view issue_type(Fault fault) noexcept;

json::Value operation_outcome(Error const& error);
/// A warning about what was passed over.
json::Value operation_warning(Error const& error);
/// What is said when all went well.
json::Value operation_success(std::string_view what);
json::Value operation_outcome(std::vector<validation::Issue> const& issues);

Response refuse(Error const& error);
/// With another status than the table's: an unknown type is "not supported" and 404.
Response refuse(int status, Error const& error);
/// 400, or 422 where every error is one of content. nullopt where no issue is an error.
std::optional<Response> refuse(std::vector<validation::Issue> const& issues);

} // namespace tripsis::rest
