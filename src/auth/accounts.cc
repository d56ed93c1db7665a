// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/accounts.hh"

#include "auth/accounts_file.hh"
#include "auth/secret.hh"
#include "fhir/reference.hh"

#include <algorithm>

#include <fmt/format.h>

namespace tripsis::auth {
namespace {

using store::sqlite::Blob;
using store::sqlite::Rows;

constexpr std::string_view account_columns = "username, name, role, practitioner, disabled, patient";

constexpr std::int64_t touch_after =
    60; // seconds; a write for every request would cost more than the request

bool is_username(std::string_view name) {
  auto const allowed = [](char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@';
  };
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, allowed);
}

/// Whether it is "Type/id" of that type.
bool is_reference(std::string_view reference, std::string_view type) {
  auto const parsed = fhir::Reference::parse(reference);
  return parsed && parsed->kind == fhir::Reference::Kind::Relative && parsed->type == type &&
         reference.size() == type.size() + 1 + parsed->id.size();
}

std::int64_t seconds(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

constexpr std::int64_t seconds(std::chrono::hours hours) {
  return std::chrono::seconds{hours}.count();
}

Account account_of(Rows const& row) {
  return {
      std::string{row.text(0)}, std::string{row.text(1)}, find_role(row.text(2)).value_or(Role::Therapist),
      std::string{row.text(3)}, row.integer(4) != 0,      std::string{row.text(5)}};
}

std::unexpected<Error> no_such_account(std::string_view username) {
  return fail(Fault::NotFound, fmt::format("There is no account {}.", username));
}

} // namespace

Accounts::Accounts(std::string const& file, Passwords::Cost cost, Clock const& clock, Random& random)
    : database_{file, store::sqlite::OpenMode::Create}, passwords_{cost}, clock_{clock}, random_{random} {
  prepare_accounts(database_);
}

Result<> Accounts::add(Account const& account, std::string_view password) {
  if (!is_username(account.username))
    return fail(Fault::Value, "A username has 1 to 64 of the characters a-z, 0-9, '.', '_', '-' and '@'.");
  if (!account.practitioner.empty() && !is_reference(account.practitioner, "Practitioner"))
    return fail(Fault::Value, "A practitioner is given as Practitioner/ID.");
  if (account.role == Role::Patient ? !is_reference(account.patient, "Patient") : !account.patient.empty())
    return fail(Fault::Value, "A patient is given as Patient/ID, for the role patient alone.");
  auto const hash = TRY(passwords_.hash(password));
  std::lock_guard const lock{mutex_};
  auto const added = database_.run("INSERT INTO account(username, name, role, practitioner, password, "
                                   "disabled, patient) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) "
                                   "ON CONFLICT DO NOTHING",
                                   account.username, account.name, role_name(account.role),
                                   account.practitioner, hash, account.disabled, account.patient);
  if (added == 0)
    return fail(Fault::Conflict, fmt::format("There is an account {} already.", account.username));
  return {};
}

std::vector<Account> Accounts::list() {
  std::lock_guard const lock{mutex_};
  std::vector<Account> accounts;
  auto rows = database_.query(fmt::format("SELECT {} FROM account ORDER BY username", account_columns));
  while (rows.next())
    accounts.push_back(account_of(rows));
  return accounts;
}

std::optional<Account> Accounts::find_locked(std::string_view username) {
  auto rows =
      database_.query(fmt::format("SELECT {} FROM account WHERE username = ?1", account_columns), username);
  if (!rows.next())
    return std::nullopt;
  return account_of(rows);
}

std::optional<Account> Accounts::find(std::string_view username) {
  std::lock_guard const lock{mutex_};
  return find_locked(username);
}

Result<> Accounts::set_password(std::string_view username, std::string_view password) {
  auto const hash = TRY(passwords_.hash(password));
  std::lock_guard const lock{mutex_};
  store::sqlite::Transaction transaction{database_, store::sqlite::TransactionKind::Immediate};
  if (database_.run("UPDATE account SET password = ?2 WHERE username = ?1", username, hash) == 0)
    return no_such_account(username);
  database_.run("DELETE FROM session WHERE username = ?1", username);
  transaction.commit();
  return {};
}

Result<> Accounts::set_sign_in(std::string_view username, SignIn allowed) {
  std::lock_guard const lock{mutex_};
  store::sqlite::Transaction transaction{database_, store::sqlite::TransactionKind::Immediate};
  if (database_.run("UPDATE account SET disabled = ?2 WHERE username = ?1", username,
                    allowed == SignIn::Disabled) == 0)
    return no_such_account(username);
  database_.run("DELETE FROM session WHERE username = ?1", username);
  transaction.commit();
  return {};
}

Result<Account> Accounts::check_password(std::string_view username, std::string_view password) {
  std::optional<Account> account;
  std::string hash;
  {
    std::lock_guard const lock{mutex_};
    account = find_locked(username);
    if (account && !account->disabled) {
      auto rows = database_.query("SELECT password FROM account WHERE username = ?1", username);
      if (rows.next())
        hash = rows.text(0);
    }
  }
  if (!passwords_.matches(password, hash))
    return fail(Fault::Login, "The username or the password is wrong.");
  return *account;
}

std::string Accounts::open_session(std::string_view username) {
  auto secret = new_secret(random_);
  auto const now = seconds(clock_.now());
  std::lock_guard const lock{mutex_};
  database_.run("DELETE FROM session WHERE opened < ?1 OR used < ?2", now - seconds(longest_session),
                now - seconds(longest_silence));
  database_.run("INSERT INTO session(secret, username, opened, used) VALUES(?1, ?2, ?3, ?3)",
                Blob{sha256(secret)}, username, now);
  return secret;
}

std::optional<Account> Accounts::find_session(std::string_view secret) {
  auto const key = sha256(secret);
  auto const now = seconds(clock_.now());
  std::lock_guard const lock{mutex_};
  std::optional<Account> account;
  std::int64_t used = 0;
  {
    auto rows = database_.query(
        "SELECT a.username, a.name, a.role, a.practitioner, a.disabled, a.patient, s.used FROM session s "
        "JOIN account a ON a.username = s.username WHERE s.secret = ?1 AND s.opened >= ?2 AND s.used >= ?3",
        Blob{key}, now - seconds(longest_session), now - seconds(longest_silence));
    if (!rows.next() || rows.integer(4) != 0)
      return std::nullopt;
    account = account_of(rows);
    used = rows.integer(6);
  }
  if (now - used >= touch_after)
    database_.run("UPDATE session SET used = ?2 WHERE secret = ?1", Blob{key}, now);
  return account;
}

void Accounts::close_session(std::string_view secret) {
  std::lock_guard const lock{mutex_};
  database_.run("DELETE FROM session WHERE secret = ?1", Blob{sha256(secret)});
}

} // namespace tripsis::auth
