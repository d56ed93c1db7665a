// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// One request on its way through the program: what was asked, by whom, and what is needed to answer it. The
// middleware fills it in from top to bottom; handlers read it.
#pragma once

#include "auth/accounts.hh"
#include "auth/audit.hh"
#include "auth/authenticator.hh"
#include "auth/links.hh"
#include "auth/patient_sessions.hh"
#include "auth/policy.hh"
#include "auth/sign_in_limit.hh"
#include "base/clock.hh"
#include "base/json/value.hh"
#include "base/random.hh"
#include "clinic/knowledge/current.hh"
#include "jobs/queue.hh"
#include "rest/message.hh"
#include "rest/target.hh"
#include "store/drafts.hh"
#include "store/store.hh"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tripsis::rest {

/// The practice, as the web client shows it.
struct Practice {
  std::string name;
  std::string time_zone;  ///< "America/New_York"
  std::string public_url; ///< "https://clinic.example", or empty: what the request's Host says
};

/// What the handlers work with. Made once, by app/wiring.cc; outlives every Call.
struct Services {
  store::Store& store;
  auth::Accounts& accounts;
  auth::Authenticator& authenticator;
  auth::SignInLimit& sign_in_limit;
  auth::AuditLog& audit;
  Clock const& clock;
  Random& random;
  auth::PatientSessions& patient_sessions;
  auth::Links& links;
  store::Drafts& drafts;
  jobs::Queue& jobs;
  Practice practice;
  std::string capability_statement; ///< JSON text
  std::shared_ptr<clinic::CurrentKnowledge> knowledge = {};
  std::atomic<std::uint64_t> request_count = 0; ///< Makes the requests' ids differ
};

struct Route;

/// https://hl7.org/fhir/R4/http.html#ops: what the answer to a write holds.
enum class Return : unsigned char { Representation, Minimal, OperationOutcome };
/// https://hl7.org/fhir/R4/search.html#errors
enum class Handling : unsigned char { Strict, Lenient };

/// What the answer is written in.
enum class Format : unsigned char { Json, Pdf };

/// Lives on one thread.
struct Call {
  Call(Request const& request_, Services& services_)
      : request{request_}, services{services_}, knowledge{services_.knowledge->get()} {}

  Request const& request;
  Services& services;
  std::shared_ptr<clinic::Knowledge const> knowledge; ///< As it was when the request came
  Instant now{};
  std::string request_id;
  Target target;
  Route const* route = nullptr;
  std::string type, id, version; ///< From the path, checked; empty where the path has none
  auth::Who who;
  store::AccessFilter access;
  std::optional<Return> prefer_return;
  Handling handling = Handling::Strict;
  bool pretty = false;
  Format format = Format::Json;
  json::Value* body =
      nullptr; ///< An entry of a Bundle: its resource; the request's own body is then not looked at
  std::vector<std::string> entries; ///< Of a Bundle, for the audit log: "create Observation/x"
  std::string subject_id;           ///< For the audit log: the id that a create gave

  /// "https://clinic.example/fhir/R4"
  std::string base() const;
};

constexpr std::string_view base_path = "/fhir/R4";
constexpr std::string_view fhir_json = "application/fhir+json";
constexpr std::string_view pdf_type = "application/pdf";

using Endpoint = Result<Response> (*)(Call&);

} // namespace tripsis::rest
