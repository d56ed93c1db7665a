// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// From what a request carries (a cookie or a bearer token) to who is asking, in a microsecond when it was
// asked just before: checking a signature takes a hundred.
#pragma once

#include "auth/accounts.hh"
#include "auth/patient_sessions.hh"
#include "auth/token.hh"

#include <array>
#include <memory>
#include <shared_mutex>
#include <unordered_map>

namespace tripsis::auth {

using Who = std::shared_ptr<Principal const>;

/// How long an answer is trusted without looking at the account again: what `tripsis user disable` takes to
/// be felt.
constexpr std::chrono::seconds trusted_for{5};

/// Who has signed in with this account.
Principal principal_of(Account const& account);
/// Who has signed in without one.
Principal principal_of(PatientSession const& session);

/// Thread-safe.
class Authenticator {
public:
  Authenticator(Accounts& accounts, PatientSessions& patients, TokenKey const& key, Clock const& clock)
      : accounts_{accounts}, patients_{patients}, key_{key}, clock_{clock} {}

  /// Fault::Login where the token or the session is not valid, or its account is gone or disabled.
  Result<Who> by_token(std::string_view token);
  Result<Who> by_session(std::string_view secret);
  /// A session that was closed must not be remembered.
  void forget_session(std::string_view secret);

private:
  using Digest = std::array<unsigned char, 32>;
  struct Hash {
    std::size_t operator()(Digest const& digest) const noexcept;
  };
  struct Known {
    Who who;
    Instant until;
  };

  static Digest digest(Means means, std::string_view secret);
  Who find_known(Digest const& digest, Instant now);
  void remember(Digest const& digest, Known known, Instant now);

  Accounts& accounts_;
  PatientSessions& patients_;
  TokenKey const& key_;
  Clock const& clock_;
  std::shared_mutex mutex_;
  std::unordered_map<Digest, Known, Hash> known_;
};

} // namespace tripsis::auth
