// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/patient_sessions.hh"

#include "auth/accounts_file.hh"
#include "auth/secret.hh"

namespace tripsis::auth {

using store::sqlite::Blob;

PatientSessions::PatientSessions(std::string const& file, Clock const& clock, Random& random)
    : database_{file, store::sqlite::OpenMode::Create}, clock_{clock}, random_{random} {
  prepare_accounts(database_);
}

std::string PatientSessions::open(std::string_view patient, Scope scope,
                                  std::vector<std::string> const& forms) {
  auto secret = new_secret(random_);
  auto const now = clock_.now();
  auto const expires =
      scope == Scope::Form ? now + longest_form_session : now + Instant::duration{longest_portal_session};
  std::lock_guard const lock{mutex_};
  database_.run("DELETE FROM patient_session WHERE expires <= ?1", to_seconds(now));
  database_.run(
      "INSERT INTO patient_session(secret, patient, scope, forms, expires) VALUES(?1, ?2, ?3, ?4, ?5)",
      Blob{sha256(secret)}, patient, scope_name(scope), join_words(forms), to_seconds(expires));
  return secret;
}

std::optional<PatientSession> PatientSessions::find(std::string_view secret) {
  std::lock_guard const lock{mutex_};
  auto rows = database_.query(
      "SELECT patient, scope, forms, expires FROM patient_session WHERE secret = ?1 AND expires > ?2",
      Blob{sha256(secret)}, to_seconds(clock_.now()));
  if (!rows.next())
    return std::nullopt;
  return PatientSession{.patient = std::string{rows.text(0)},
                        .scope = rows.text(1) == scope_name(Scope::Form) ? Scope::Form : Scope::Portal,
                        .forms = split_words(rows.text(2)),
                        .expires = from_seconds(rows.integer(3))};
}

void PatientSessions::close(std::string_view secret) {
  std::lock_guard const lock{mutex_};
  database_.run("DELETE FROM patient_session WHERE secret = ?1", Blob{sha256(secret)});
}

void PatientSessions::close_all(std::string_view patient) {
  std::lock_guard const lock{mutex_};
  database_.run("DELETE FROM patient_session WHERE patient = ?1", patient);
}

} // namespace tripsis::auth
