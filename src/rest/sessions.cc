// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Signing in and out for browsers (docs/api.md#signing-in). Programs send a bearer token and need none of
// this.
#include "base/json/parse.hh"
#include "clinic/find.hh"
#include "clinic/person.hh"
#include "rest/endpoints.hh"
#include "rest/exchange.hh"
#include "rest/session_answer.hh"

#include <fmt/format.h>

namespace tripsis::rest {
namespace {

json::Value text_or_null(std::string_view text) {
  return text.empty() ? json::Value{} : json::Value{text};
}

/// A patient without an account is called as their record says.
std::string name_of(Call const& call, auth::Principal const& who) {
  std::string name = who.name;
  auto const key = clinic::key_of(who.patient);
  if (!name.empty() || !key)
    return name;
  call.services.store.read({.patients = {{key->id}}}, [&](store::ReadTx& tx) {
    if (auto const patient = clinic::read(tx, *key))
      name = clinic::display_name(*patient);
  });
  return name;
}

} // namespace

Response session_response(Call const& call, auth::Principal const& who) {
  auto const& practice = call.services.practice;
  auto body = json::object(
      {{"username", who.username},
       {"name", name_of(call, who)},
       {"role", auth::role_name(who.role)},
       {"practitioner", text_or_null(who.practitioner)},
       {"patient", text_or_null(who.patient)},
       {"scope", text_or_null(auth::scope_name(who.scope))},
       {"practice", json::object({{"name", practice.name}, {"timeZone", practice.time_zone}})}});
  for (auto const& form : who.forms)
    body.push("forms", form);
  auto response = json_response(200, json::write(body), "application/json");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

std::string session_cookie(Call const& call, std::string_view secret, std::chrono::seconds lifetime) {
  auto const behind_tls = call.services.practice.public_url.starts_with("https://");
  return fmt::format("tripsis_session={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", secret,
                     lifetime.count(), behind_tls ? "; Secure" : "");
}

Response signed_in(Call& call, auth::Principal who, std::string_view secret,
                   std::chrono::seconds lifetime) {
  call.who = std::make_shared<auth::Principal const>(std::move(who));
  auto response = session_response(call, *call.who);
  response.headers.emplace_back("Set-Cookie", session_cookie(call, secret, lifetime));
  return response;
}

Result<Response> sign_in(Call& call) {
  auto const body = TRY(take_body(call));
  auto const username = body.text("username");
  auto const password = body.text("password");
  if (username.empty() || password.empty())
    return fail(Fault::Required, "The body must be {\"username\": …, \"password\": …}.");
  if (!call.services.sign_in_limit.admit(username, call.request.peer))
    return fail(Fault::Throttled, "Too many tries; wait a minute.");
  auto const account = TRY(call.services.accounts.check_password(username, password));
  call.services.sign_in_limit.forget(username);
  auto const secret = call.services.accounts.open_session(account.username);
  return signed_in(call, auth::principal_of(account), secret, auth::longest_session);
}

Result<Response> sign_out(Call& call) {
  if (auto const secret = session_secret(call.request); !secret.empty())
    call.services.authenticator.forget_session(secret);
  Response response{.status = 204};
  response.headers.emplace_back("Set-Cookie", session_cookie(call, "", std::chrono::seconds{0}));
  return response;
}

Result<Response> session(Call& call) {
  return session_response(call, *call.who);
}

} // namespace tripsis::rest
