// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Sessions of patients who have no account: opened by a link that was mailed, or by handing over a tablet
// of the practice (docs/decisions/030-patients-without-passwords.md). They lie in DATA/accounts.db beside
// those of accounts.
#pragma once

#include "auth/principal.hh"
#include "base/clock.hh"
#include "base/random.hh"
#include "store/sqlite/database.hh"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::auth {

constexpr std::chrono::hours longest_portal_session{30 * 24};
constexpr std::chrono::minutes longest_form_session{30};

struct PatientSession {
  std::string patient; ///< "Patient/x"
  Scope scope = Scope::Portal;
  std::vector<std::string> forms; ///< Ids of Questionnaires
  Instant expires;
};

/// Thread-safe; also beside other processes.
class PatientSessions {
public:
  /// Opens or makes the file. Throws where that cannot be done.
  PatientSessions(std::string const& file, Clock const& clock, Random& random);

  /// A new session's secret: 256 random bits. Only its SHA-256 is stored.
  std::string open(std::string_view patient, Scope scope, std::vector<std::string> const& forms);
  /// nullopt where there is none of this secret, or its time is over.
  std::optional<PatientSession> find(std::string_view secret);
  void close(std::string_view secret);
  void close_all(std::string_view patient); ///< "Patient/x"

private:
  std::mutex mutex_;
  store::sqlite::Database database_;
  Clock const& clock_;
  Random& random_;
};

} // namespace tripsis::auth
