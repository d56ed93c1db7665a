// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "http/dispatch.hh"

#include "base/log.hh"
#include "http/ui_files.hh"
#include "rest/outcome.hh"
#include "rest/router.hh"
#include "rest/service.hh"

#include <exception>

#include <fmt/format.h>

namespace tripsis::http {
namespace {

std::string_view path_of(rest::Request const& request) {
  return std::string_view{request.target}.substr(0, request.target.find('?'));
}

bool is_api(std::string_view path) {
  return path == "/fhir" || path.starts_with("/fhir/") || path == "/auth" || path.starts_with("/auth/") ||
         path == "/drafts" || path.starts_with("/drafts/") || path == "/cds-services" ||
         path.starts_with("/cds-services/");
}

bool is_health(std::string_view path) {
  return path == "/healthz";
}

rest::Response health() {
  return {.status = 200,
          .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          .constant = R"({"status":"ok"})"};
}

/// Answers of the API are patient data: no browser and no proxy keeps them, and nothing guesses that they
/// are something else.
rest::Response api(rest::Request const& request, rest::Services& services) {
  auto response = rest::answer(request, services);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  if (response.header("Cache-Control").empty())
    response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Fault fault_of(int status) {
  switch (status) {
  case 413:
  case 431:
    return Fault::TooLong;
  case 501:
    return Fault::NotSupported;
  case 503:
    return Fault::Transient;
  default:
    return Fault::Structure;
  }
}

} // namespace

Place Dispatch::place(rest::Request const& request) const noexcept {
  auto const path = path_of(request);
  return is_health(path) || !is_api(path) || rest::is_quick(request) ? Place::IoThread : Place::Worker;
}

rest::Response Dispatch::answer(rest::Request const& request) noexcept {
  try {
    auto const path = path_of(request);
    if (is_health(path))
      return health();
    if (is_api(path))
      return api(request, services_);
    return ui_response(request, path, services_.random);
  } catch (std::exception const& error) {
    log::error("http", fmt::format("{} failed: {}", request.method, error.what()));
    return rest::refuse(
        500,
        {Fault::Transient,
         "The server failed to answer; its log says why. What was asked may or may not have been done."});
  }
}

rest::Response Dispatch::refuse(int status, std::string_view why) noexcept {
  return rest::refuse(status, {fault_of(status), std::string{why}});
}

} // namespace tripsis::http
