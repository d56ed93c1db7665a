// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// https://hl7.org/fhir/R4/http.html#summary, and docs/api.md for what is ours.
#include "rest/router.hh"

#include "fhir/reference.hh"
#include "rest/endpoints.hh"
#include "rest/outcome.hh"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

using enum auth::Interaction;

constexpr std::array table{
    Route{"GET", "/fhir/R4/metadata", Capabilities, capabilities, Waits::No},
    Route{"POST", "/fhir/R4", Batch, bundle, Waits::Maybe, Body::Json},
    Route{"GET", "/fhir/R4/{type}", Search, search},
    Route{"POST", "/fhir/R4/{type}/_search", Search, search, Waits::Maybe, Body::Form},
    Route{"GET", "/fhir/R4/$day", Operation, day},
    Route{"GET", "/fhir/R4/$worklist", Operation, worklist},
    Route{"GET", "/fhir/R4/$rules-report", Operation, rules_report},
    Route{"GET", "/fhir/R4/$adverse-events", Operation, adverse_events},
    Route{"GET", "/fhir/R4/$evidence", Operation, evidence},
    Route{"POST", "/fhir/R4/$check-wording", Operation, check_wording, Waits::Maybe, Body::Json},
    Route{"GET", "/fhir/R4/Patient/{id}/$chart", Operation, chart},
    Route{"GET", "/fhir/R4/Patient/{id}/$portal", Operation, portal},
    Route{"GET", "/fhir/R4/Patient/{id}/$measures", Operation, measures},
    Route{"POST", "/fhir/R4/Questionnaire/{id}/$populate", Operation, populate, Waits::Maybe, Body::Json},
    Route{"GET", "/fhir/R4/QuestionnaireResponse/{id}/$extract", Operation, extract},
    Route{"POST", "/fhir/R4/QuestionnaireResponse/$extract", Operation, extract_given, Waits::Maybe,
          Body::Json},
    Route{"GET", "/fhir/R4/Patient/{id}/$propose-plan", Operation, propose_plan},
    Route{"GET", "/fhir/R4/PlanDefinition/{id}/$apply", Operation, apply_plan},
    Route{"POST", "/fhir/R4/PlanDefinition/{id}/$apply", Operation, apply_plan_by_post, Waits::Maybe,
          Body::Json},
    Route{"GET", "/fhir/R4/Patient/{id}/$screen", Operation, screen},
    Route{"GET", "/fhir/R4/Patient/{id}/$note-prefill", Operation, note_prefill},
    Route{"GET", "/fhir/R4/Patient/{id}/$report", Operation, progress_report, Waits::Maybe, Body::None,
          Answers::JsonOrPdf},
    Route{"GET", "/fhir/R4/ServiceRequest/{id}/$letter", Operation, letter, Waits::Maybe, Body::None,
          Answers::JsonOrPdf},
    Route{"POST", "/fhir/R4/Patient/{id}/$screen", Perform, record_screening, Waits::Maybe, Body::Json},
    Route{"POST", "/fhir/R4/Patient/{id}/$request-clearance", Perform, request_clearance, Waits::Maybe,
          Body::Json},
    Route{"GET", "/fhir/R4/Task/{id}/$letter", Operation, clearance_letter, Waits::Maybe, Body::None,
          Answers::JsonOrPdf},
    Route{"POST", "/fhir/R4/Patient/{id}/$clear", Perform, clear, Waits::Maybe, Body::Json},
    Route{"POST", "/fhir/R4/Patient/{id}/$override", Perform, override_rule, Waits::Maybe, Body::Json},
    Route{"POST", "/fhir/R4/Patient/{id}/$records", Perform, records, Waits::Maybe, Body::Json,
          Answers::JsonOrPdf},
    Route{"POST", "/fhir/R4/Patient/$match", Operation, match, Waits::Maybe, Body::Json},
    Route{"POST", "/fhir/R4/Patient/$merge", Perform, merge, Waits::Maybe, Body::Json},
    Route{"POST", "/fhir/R4/Composition/{id}/$entered-in-error", Perform, entered_in_error, Waits::Maybe,
          Body::Json},
    Route{"POST", "/fhir/R4/{type}", Create, create, Waits::Maybe, Body::Json},
    Route{"GET", "/fhir/R4/{type}/{id}", Read, read, Waits::No},
    Route{"PUT", "/fhir/R4/{type}/{id}", Update, update, Waits::Maybe, Body::Json},
    Route{"DELETE", "/fhir/R4/{type}/{id}", Delete, erase},
    Route{"GET", "/fhir/R4/{type}/{id}/_history", History, history},
    Route{"GET", "/fhir/R4/{type}/{id}/_history/{version}", VRead, vread, Waits::No},
    Route{"POST", "/fhir/R4/Patient/{id}/$invite", Perform, invite},
    Route{"POST", "/fhir/R4/Appointment/{id}/$check-in", Perform, check_in},
    Route{"POST", "/auth/sign-in", SignIn, sign_in, Waits::Maybe, Body::Json},
    Route{"POST", "/auth/sign-out", SignOut, sign_out},
    Route{"GET", "/auth/session", Session, session, Waits::No},
    Route{"POST", "/auth/link", Link, link, Waits::Maybe, Body::Json},
    Route{"POST", "/auth/link-request", LinkRequest, link_request, Waits::Maybe, Body::Json},
    Route{"POST", "/auth/hand-over", HandOver, hand_over, Waits::Maybe, Body::Json},
    Route{"GET", "/cds-services", Operation, cds_services},
    Route{"POST", "/cds-services/{id}", Perform, cds_hook, Waits::Maybe, Body::Json},
    Route{"POST", "/cds-services/{id}/feedback", Perform, cds_feedback, Waits::Maybe, Body::Json},
    Route{"GET", "/drafts", Drafts, list_drafts},
    Route{"GET", "/drafts/{key}", Drafts, read_draft},
    Route{"PUT", "/drafts/{key}", Drafts, write_draft, Waits::Maybe, Body::Json},
    Route{"DELETE", "/drafts/{key}", Drafts, erase_draft},
};

bool is_type_name(std::string_view text) {
  return !text.empty() && text.front() >= 'A' && text.front() <= 'Z';
}

/// What a draft is kept under: "note." and ids.
bool is_draft_key(std::string_view text) {
  constexpr std::size_t longest = 140;
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, [](char c) {
    return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '-' ||
           c == '.';
  });
}

bool is_version(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct Path {
  std::string_view type, id, version;
};

/// Takes the first segment off a path that begins with '/'.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  auto const segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool fits(std::string_view part, std::string_view segment) {
  if (part == "{type}")
    return is_type_name(segment);
  if (part == "{id}")
    return fhir::is_id(segment);
  if (part == "{version}")
    return is_version(segment);
  if (part == "{key}")
    return is_draft_key(segment);
  return part == segment;
}

/// Whether the path is of the pattern's form; fills in what stands in its places.
bool matches(std::string_view pattern, std::span<std::string_view const> segments, Path& path) {
  std::size_t i = 0;
  for (; !pattern.empty(); ++i) {
    auto const part = take_segment(pattern);
    if (i == segments.size() || !fits(part, segments[i]))
      return false;
    auto const segment = segments[i];
    if (part == "{type}" || fhir::is_resource_type(part))
      path.type = segment;
    else if (part == "{id}" || part == "{key}")
      path.id = segment;
    else if (part == "{version}")
      path.version = segment;
  }
  return i == segments.size();
}

Response unknown_type() {
  return refuse(404, {Fault::NotSupported, "This resource type is not one of FHIR R4 that is kept here."});
}

Response not_allowed(std::string const& allow) {
  auto response =
      refuse(405, {Fault::NotSupported,
                   fmt::format("This address does not offer that method; it offers {}.", allow)});
  response.set_header("Allow", allow);
  return response;
}

} // namespace

std::span<Route const> routes() noexcept {
  return table;
}

std::string_view operation_of(std::string_view pattern) noexcept {
  auto const mark = pattern.rfind('$');
  return mark == std::string_view::npos ? std::string_view{} : pattern.substr(mark + 1);
}

bool is_served(std::string_view type) noexcept {
  return fhir::is_resource_type(type) && type != "Parameters" && type != "OperationOutcome";
}

bool is_quick(Request const& request) noexcept {
  constexpr std::size_t most_segments = 8;
  auto path = std::string_view{request.target}.substr(0, request.target.find('?'));
  std::array<std::string_view, most_segments> segments;
  std::size_t count = 0;
  while (path.starts_with('/') && count < most_segments)
    segments.at(count++) = take_segment(path); // not decoded: what is written with % takes the slower way
  return path.empty() && (request.method == "GET" || request.method == "HEAD") &&
         std::ranges::any_of(table, [&](Route const& route) {
           Path ignored;
           return route.waits == Waits::No &&
                  matches(route.pattern, std::span{segments}.first(count), ignored);
         });
}

std::optional<Response> find_route(Call& call) {
  std::vector<std::string_view> const segments{call.target.segments.begin(), call.target.segments.end()};
  auto const method =
      call.request.method == "HEAD" ? std::string_view{"GET"} : std::string_view{call.request.method};
  std::string allow;
  Path found;
  for (auto const& route : table) {
    Path path;
    if (!matches(route.pattern, segments, path))
      continue;
    found = path;
    if (route.method != method) {
      if (!allow.contains(route.method))
        allow.append(allow.empty() ? "" : ", ").append(route.method);
      continue;
    }
    if (!path.type.empty() && !is_served(path.type))
      return unknown_type();
    call.route = &route;
    call.type = path.type;
    call.id = path.id;
    call.version = path.version;
    return std::nullopt;
  }
  if (!found.type.empty() && !is_served(found.type))
    return unknown_type();
  if (!allow.empty())
    return not_allowed(allow);
  return refuse(404, {Fault::NotFound,
                      "There is nothing at this address; GET /fhir/R4/metadata tells what is offered."});
}

} // namespace tripsis::rest
