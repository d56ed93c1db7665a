// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis token: a bearer token for a program. Needs only the data folder's key, so it works beside a
// running server.
#include "app/command.hh"
#include "app/wiring.hh"
#include "base/uuid.hh"
#include "fhir/reference.hh"

#include <charconv>

#include <fmt/format.h>

namespace tripsis::app {
namespace {

Result<int> days_of(Arguments const& arguments) {
  auto const text = arguments.get("days", "30");
  int days = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (error != std::errc{} || end != text.data() + text.size() || days < 1 || days > 3650)
    return fail(Fault::Value, "--days must be a number from 1 to 3650.");
  return days;
}

/// "Patient/ID", given with or without the type: for the role patient, and for no other.
Result<std::string> patient_of(Arguments const& arguments, auth::Role role) {
  auto text = arguments.get("patient");
  if ((role == auth::Role::Patient) == text.empty())
    return fail(Fault::Value, "--patient ID goes with --role patient, and with no other role.");
  if (!text.empty() && !text.starts_with("Patient/"))
    text = "Patient/" + text;
  if (!text.empty() && !fhir::is_id(std::string_view{text}.substr(8)))
    return fail(Fault::Value, "--patient must be a Patient's id.");
  return text;
}

Result<Exit> run(Arguments const& arguments) {
  auto const role = auth::find_role(arguments.get("role"));
  if (!role)
    return fail(Fault::Value, "--role must be owner, therapist or patient.");
  auto const patient = TRY(patient_of(arguments, *role));
  auto const days = TRY(days_of(arguments));
  auto const user = arguments.get("user");
  auto const folder = DataFolder::ensure(arguments.get("data"));
  SystemClock const clock;
  SystemRandom random;
  if (!user.empty()) {
    auth::Accounts accounts{folder.accounts(), auth::Passwords::Cost::Moderate, clock, random};
    auto const account = accounts.find(user);
    if (!account)
      return fail(Fault::NotFound,
                  fmt::format("There is no account {}; tripsis user list shows them.", user));
    if (*role < account->role)
      return fail(Fault::Forbidden, fmt::format("{} is no {}.", user, auth::role_name(*role)));
  }
  auto const key = auth::TokenKey::ensure(folder.token_key());
  auto const now = clock.now();
  auto const token =
      key.sign({user, *role, now, now + std::chrono::days{days}, Uuid::v7(now, random).text(), patient});
  fmt::print(stderr,
             "A token for {} days. Keep it like a password: whoever has it can do what its role may.\n",
             days);
  fmt::print("{}\n", token);
  return Exit::Fine;
}

} // namespace

Command token_command() {
  return {"token",
          "Prints a bearer token for a program; works beside a running server",
          {data_argument,
           {"role", "owner, therapist or patient", Argument::Kind::Option, Argument::Need::Required},
           {"user", "The account that it stands for; its disabling ends the token"},
           {"patient", "Whose records it shows, for the role patient"},
           {"days", "How long it is good for (30)"}},
          run};
}

} // namespace tripsis::app
