// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The people who may sign in, and their sessions: DATA/accounts.db, apart from the clinical store, so that
// `tripsis user` works beside a running server and an export never holds a password's hash.
#pragma once

#include "auth/password.hh"
#include "auth/principal.hh"
#include "base/clock.hh"
#include "base/random.hh"
#include "store/sqlite/database.hh"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tripsis::auth {

struct Account {
  std::string username; ///< 1 to 64 of a–z, 0–9, '.', '_', '-', '@'
  std::string name;
  Role role = Role::Therapist;
  std::string practitioner; ///< "Practitioner/x", or empty
  bool disabled = false;
  std::string patient = {}; ///< "Patient/x" for the role patient, else empty
};

enum class SignIn : unsigned char { Allowed, Disabled };

constexpr std::chrono::hours longest_session{12};
constexpr std::chrono::hours longest_silence{2};

/// Thread-safe; also beside other processes.
class Accounts {
public:
  /// Opens or makes the file. Throws where that cannot be done.
  Accounts(std::string const& file, Passwords::Cost cost, Clock const& clock, Random& random);

  /// Fault::Conflict where the name is taken, Fault::Value where name, reference or password are not
  /// acceptable.
  Result<> add(Account const& account, std::string_view password);
  std::vector<Account> list(); ///< By username
  std::optional<Account> find(std::string_view username);
  /// Fault::NotFound where there is no such account. Both end all its sessions.
  Result<> set_password(std::string_view username, std::string_view password);
  Result<> set_sign_in(std::string_view username, SignIn allowed);

  /// Fault::Login, in the same words and time whether the name or the password is wrong, or the account is
  /// disabled.
  Result<Account> check_password(std::string_view username, std::string_view password);

  /// A new session's secret: 256 random bits. Only its SHA-256 is stored.
  std::string open_session(std::string_view username);
  /// The account of a session that is neither over (12 h) nor asleep (2 h without a request); nullopt
  /// otherwise.
  std::optional<Account> find_session(std::string_view secret);
  void close_session(std::string_view secret);

private:
  std::optional<Account> find_locked(std::string_view username);

  std::mutex mutex_;
  store::sqlite::Database database_;
  Passwords passwords_;
  Clock const& clock_;
  Random& random_;
};

} // namespace tripsis::auth
