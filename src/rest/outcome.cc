// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "rest/outcome.hh"

#include "base/json/parse.hh"
#include "rest/call.hh"

#include <algorithm>
#include <array>

namespace tripsis::rest {
namespace {

struct Row {
  Fault fault;
  int status;
  std::string_view issue;
};

constexpr std::array table{
    Row{Fault::Value, 400, "value"},           Row{Fault::Structure, 400, "structure"},
    Row{Fault::Required, 400, "required"},     Row{Fault::Invariant, 422, "invariant"},
    Row{Fault::TooLong, 400, "too-long"},      Row{Fault::NotSupported, 400, "not-supported"},
    Row{Fault::NotFound, 404, "not-found"},    Row{Fault::Deleted, 410, "deleted"},
    Row{Fault::Conflict, 409, "conflict"},     Row{Fault::BusinessRule, 422, "business-rule"},
    Row{Fault::Login, 401, "login"},           Row{Fault::Forbidden, 403, "forbidden"},
    Row{Fault::Throttled, 429, "throttled"},   Row{Fault::Transient, 503, "transient"},
    Row{Fault::Precondition, 412, "conflict"},
};

Row const& row_of(Fault fault) {
  return *std::ranges::find(table, fault, &Row::fault);
}

std::string_view name(validation::Severity severity) {
  switch (severity) {
  case validation::Severity::Error:
    return "error";
  case validation::Severity::Warning:
    return "warning";
  case validation::Severity::Information:
    return "information";
  }
  return "";
}

json::Value issue(validation::Severity severity, std::string_view code, std::string_view what,
                  std::string_view where = {}) {
  auto value = json::object({{"severity", name(severity)}, {"code", code}, {"diagnostics", what}});
  if (!where.empty())
    value.set("expression", json::array({where}));
  return value;
}

json::Value outcome_of(json::Value issue) {
  return json::object({{"resourceType", "OperationOutcome"}, {"issue", json::array({std::move(issue)})}});
}

Response outcome_response(int status, json::Value const& outcome) {
  Response response{.status = status, .body = json::write(outcome)};
  response.set_header("Content-Type", std::string{fhir_json});
  if (status == 401)
    response.set_header("WWW-Authenticate", "Bearer realm=\"tripsis\"");
  if (status == 429)
    response.set_header("Retry-After", "60");
  if (status == 503)
    response.set_header("Retry-After", "1");
  return response;
}

} // namespace

int status_of(Fault fault) noexcept {
  return row_of(fault).status;
}

std::string_view issue_type(Fault fault) noexcept {
  return row_of(fault).issue;
}

json::Value operation_outcome(Error const& error) {
  return outcome_of(issue(validation::Severity::Error, issue_type(error.fault), error.what, error.where));
}

json::Value operation_warning(Error const& error) {
  return outcome_of(issue(validation::Severity::Warning, issue_type(error.fault), error.what, error.where));
}

json::Value operation_success(std::string_view what) {
  return outcome_of(issue(validation::Severity::Information, "informational", what));
}

json::Value operation_outcome(std::vector<validation::Issue> const& issues) {
  auto outcome = json::object({{"resourceType", "OperationOutcome"}});
  for (auto const& each : issues)
    outcome.push("issue", issue(each.severity, issue_type(each.fault), each.what, each.where));
  return outcome;
}

Response refuse(Error const& error) {
  return refuse(status_of(error.fault), error);
}

Response refuse(int status, Error const& error) {
  return outcome_response(status, operation_outcome(error));
}

std::optional<Response> refuse(std::vector<validation::Issue> const& issues) {
  int status = 0;
  for (auto const& each : issues)
    if (each.severity == validation::Severity::Error) {
      auto const own = status_of(each.fault);
      status = status == 0 ? own : std::min(status, own); // 400 before 422
    }
  if (status == 0)
    return std::nullopt;
  return outcome_response(status, operation_outcome(issues));
}

} // namespace tripsis::rest
