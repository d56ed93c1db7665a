// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/authenticator.hh"

#include <cstring>

#include <sodium.h>

namespace tripsis::auth {
namespace {

constexpr std::size_t most_known = 10'000;

std::unexpected<Error> session_over() {
  return fail(Fault::Login, "The session is over; sign in again.");
}

} // namespace

Principal principal_of(Account const& account) {
  return {.username = account.username,
          .name = account.name,
          .role = account.role,
          .practitioner = account.practitioner,
          .means = Means::Session,
          .token_id = {},
          .patient = account.patient,
          .scope = account.role == Role::Patient ? Scope::Portal : Scope::Practice};
}

Principal principal_of(PatientSession const& session) {
  return {.username = {},
          .name = {},
          .role = Role::Patient,
          .practitioner = {},
          .means = Means::Session,
          .token_id = {},
          .patient = session.patient,
          .scope = session.scope,
          .forms = session.forms};
}

std::size_t Authenticator::Hash::operator()(Digest const& digest) const noexcept {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

Authenticator::Digest Authenticator::digest(Means means, std::string_view secret) {
  Digest out{};
  unsigned char const kind = means == Means::Token ? 't' : 's';
  crypto_generichash(out.data(), out.size(), reinterpret_cast<unsigned char const*>(secret.data()),
                     secret.size(), &kind, 0);
  out.back() = kind; // a session's secret is no token
  return out;
}

Who Authenticator::find_known(Digest const& digest, Instant now) {
  std::shared_lock const lock{mutex_};
  auto const found = known_.find(digest);
  return found != known_.end() && now < found->second.until ? found->second.who : nullptr;
}

void Authenticator::remember(Digest const& digest, Known known, Instant now) {
  std::lock_guard const lock{mutex_};
  if (known_.size() >= most_known)
    std::erase_if(known_, [&](auto const& entry) { return entry.second.until <= now; });
  if (known_.size() >= most_known)
    known_.clear();
  known_.insert_or_assign(digest, std::move(known));
}

Result<Who> Authenticator::by_token(std::string_view token) {
  auto const now = clock_.now();
  auto const key = digest(Means::Token, token);
  if (auto who = find_known(key, now))
    return who;
  auto const claims = TRY(key_.verify(token, now));
  Principal principal{claims.subject, {}, claims.role, {}, Means::Token, claims.id, claims.patient};
  if (!claims.subject.empty()) {
    auto const account = accounts_.find(claims.subject);
    if (!account || account->disabled)
      return fail(Fault::Login, "The bearer token's account is gone or disabled.");
    principal.name = account->name;
    principal.practitioner = account->practitioner;
    // The lesser of the two: a token for less than its account may do is meant so; one for more is out of
    // date.
    if (account->role == Role::Patient) {
      principal.role = Role::Patient;
      principal.patient = account->patient;
    } else if (account->role == Role::Therapist && principal.role == Role::Owner) {
      principal.role = Role::Therapist;
    }
  }
  if (principal.role == Role::Patient)
    principal.scope = Scope::Portal;
  auto who = std::make_shared<Principal const>(std::move(principal));
  remember(key, {who, std::min(claims.expires, now + trusted_for)}, now);
  return who;
}

Result<Who> Authenticator::by_session(std::string_view secret) {
  auto const now = clock_.now();
  auto const key = digest(Means::Session, secret);
  if (auto who = find_known(key, now))
    return who;
  auto until = now + trusted_for;
  Who who;
  if (auto const account = accounts_.find_session(secret)) {
    who = std::make_shared<Principal const>(principal_of(*account));
  } else if (auto const session = patients_.find(secret)) {
    who = std::make_shared<Principal const>(principal_of(*session));
    until = std::min(until, session->expires);
  } else {
    return session_over();
  }
  remember(key, {who, until}, now);
  return who;
}

void Authenticator::forget_session(std::string_view secret) {
  accounts_.close_session(secret);
  patients_.close(secret);
  std::lock_guard const lock{mutex_};
  known_.erase(digest(Means::Session, secret));
}

} // namespace tripsis::auth
