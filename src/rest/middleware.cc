// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What happens to every request before and after its endpoint: the whole list stands at the end of this
// file, in its order.
#include "base/json/parse.hh"
#include "rest/exchange.hh"
#include "rest/outcome.hh"
#include "rest/router.hh"
#include "rest/service.hh"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

class Next;
using Middleware = Response (*)(Call&, Next);

/// What is still to come.
class Next {
public:
  explicit Next(std::span<Middleware const> rest) : rest_{rest} {}
  Response operator()(Call& call) const { return rest_.front()(call, Next{rest_.subspan(1)}); }

private:
  std::span<Middleware const> rest_;
};

bool is_request_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '-' ||
           c == '.';
  });
}

/// https://hl7.org/fhir/R4/http.html#custom: the client's X-Request-Id comes back, or one is made. It need
/// only be unique, so it is the time and a count, which cost less than randomness.
Response name_request(Call& call, Next next) {
  auto const given = call.request.header("X-Request-Id");
  call.request_id = is_request_id(given) ? std::string{given}
                                         : fmt::format("{:x}-{:x}", call.now.time_since_epoch().count(),
                                                       call.services.request_count++);
  auto response = next(call);
  response.set_header("X-Request-Id", call.request_id);
  return response;
}

std::string audit_name(auth::Principal const& who) {
  if (!who.username.empty())
    return who.username;
  return who.means == auth::Means::Token ? "token:" + who.token_id : who.patient;
}

/// One row a request, also for what was refused; on the disk before the answer where something was written.
Response audit(Call& call, Next next) {
  auto const begun = std::chrono::steady_clock::now();
  auto response = next(call);
  auto const* route = call.route;
  auth::AuditRow row{.time = call.now,
                     .request_id = call.request_id,
                     .peer = call.request.peer,
                     .method = call.request.method};
  std::string const who = call.who ? audit_name(*call.who) : std::string{};
  row.who = who;
  if (call.who)
    row.role = auth::role_name(call.who->role);
  if (route != nullptr)
    row.interaction = auth::interaction_name(route->interaction);
  row.type = call.type;
  row.id = call.id.empty() ? call.subject_id : call.id;
  for (auto const& [name, value] : call.target.parameters)
    row.parameters.push_back(name.substr(0, 64));
  row.entries = std::move(call.entries);
  row.status = response.status;
  row.duration =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
  auto const wrote = route != nullptr && auth::is_write(route->interaction) && response.status < 300;
  call.services.audit.append(row, wrote ? auth::Durability::Now : auth::Durability::Soon);
  return response;
}

Response route(Call& call, Next next) {
  auto target = parse_target(call.request.target);
  if (!target)
    return refuse(target.error());
  call.target = *std::move(target);
  if (auto refusal = find_route(call))
    return *std::move(refusal);
  return next(call);
}

Result<auth::Who> find_who(Call const& call) {
  auto const authorization = call.request.header("Authorization");
  constexpr std::string_view scheme = "Bearer ";
  if (!authorization.empty()) {
    if (authorization.size() <= scheme.size() ||
        !same_ignoring_case(authorization.substr(0, scheme.size()), scheme))
      return fail(Fault::Login, "Authorization must be `Bearer TOKEN`.");
    return call.services.authenticator.by_token(authorization.substr(scheme.size()));
  }
  auto const secret = session_secret(call.request);
  if (secret.empty())
    return fail(Fault::Login, "Sign in first, or send a bearer token.");
  return call.services.authenticator.by_session(secret);
}

Response authenticate(Call& call, Next next) {
  if (auth::is_open(call.route->interaction))
    return next(call);
  auto who = find_who(call);
  if (!who)
    return refuse(who.error());
  call.who = *std::move(who);
  return next(call);
}

/// A browser sends the cookie with whatever page asks it to. A change needs a header that another site's
/// page cannot send without asking first, and an Origin that is ours (docs/api.md).
Response refuse_cross_site(Call& call, Next next) {
  auto const& request = call.request;
  auto const reads = request.method == "GET" || request.method == "HEAD";
  auto const by_cookie = call.who && call.who->means == auth::Means::Session;
  auto const origin = request.header("Origin");
  auto const host = origin.substr(std::min(origin.find("://"), origin.size()));
  auto const foreign =
      request.has_header("Origin") &&
      (!host.starts_with("://") || !same_ignoring_case(host.substr(3), request.header("Host")));
  if (!reads && by_cookie && request.header("X-Tripsis-Client") != "1")
    return refuse(
        {Fault::Forbidden,
         "A change that comes with the session cookie must carry the header X-Tripsis-Client: 1."});
  if (!reads && foreign && (by_cookie || auth::is_open(call.route->interaction)))
    return refuse({Fault::Forbidden, "The Origin is not this server's."});
  return next(call);
}

Response authorise(Call& call, Next next) {
  if (auth::is_open(call.route->interaction))
    return next(call);
  auto access =
      auth::decide(*call.who, call.route->interaction, call.type, operation_of(call.route->pattern));
  if (!access)
    return refuse(access.error());
  call.access = *std::move(access);
  return next(call);
}

Response negotiate(Call& call, Next next) {
  if (auto refusal = read_exchange(call))
    return *std::move(refusal);
  auto response = next(call);
  if (call.pretty && response.header("Content-Type").starts_with(fhir_json))
    if (auto const value = json::parse(response.content())) {
      response.body = json::write_indented(*value);
      response.constant = {};
    }
  return response;
}

/// A Bundle's entries are FHIR's interactions with records. What lies beside FHIR has its own answers (a
/// cookie, cards), and a Bundle within a Bundle would be done without a line of its own in the audit log.
Response refuse_beyond_records(Call& call, Next next) {
  if (call.route->interaction == auth::Interaction::Batch || !call.route->pattern.starts_with(base_path))
    return refuse({Fault::NotSupported, "This cannot be asked for by an entry of a Bundle."});
  return next(call);
}

/// A PDF is no resource, so no entry of a Bundle can hold it.
Response refuse_pdf(Call& call, Next next) {
  if (call.format == Format::Pdf)
    return refuse(406,
                  {Fault::NotSupported, "An entry of a Bundle can only be answered with FHIR's JSON."});
  return next(call);
}

Response run_endpoint(Call& call, Next) {
  auto response = call.route->endpoint(call);
  return response ? *std::move(response) : refuse(response.error());
}

constexpr std::array<Middleware, 8> middleware{
    name_request, audit, route, authenticate, refuse_cross_site, authorise, negotiate, run_endpoint,
};

} // namespace

Response answer(Request const& request, Services& services) {
  Call call{request, services};
  call.now = services.clock.now();
  return Next{middleware}(call);
}

Response answer_entry(Call& entry) {
  static constexpr std::array<Middleware, 6> of_an_entry{
      route, refuse_beyond_records, authorise, negotiate, refuse_pdf, run_endpoint};
  return Next{of_an_entry}(entry);
}

std::string Call::base() const {
  if (!services.practice.public_url.empty())
    return services.practice.public_url + std::string{base_path};
  auto const host = request.header("Host");
  auto const plain = std::ranges::all_of(host, [](char c) {
    return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') ||
           std::string_view{".:-[]"}.contains(c);
  });
  return fmt::format("http://{}{}", plain && !host.empty() ? host : std::string_view{"localhost"},
                     base_path);
}

} // namespace tripsis::rest
