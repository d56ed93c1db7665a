// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis token: a bearer token for a program. Needs only the data folder's key, so it works beside a
// running server.
#include "app/command.hh"
#include "app/wiring.hh"
#include "base/uuid.hh"

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

Result<Exit> run(Arguments const& arguments) {
  auto const role = auth::find_role(arguments.get("role"));
  if (!role)
    return fail(Fault::Value, "--role must be owner or therapist.");
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
    if (*role == auth::Role::Owner && account->role != auth::Role::Owner)
      return fail(Fault::Forbidden, fmt::format("{} is no owner.", user));
  }
  auto const key = auth::TokenKey::ensure(folder.token_key());
  auto const now = clock.now();
  auto const token =
      key.sign({user, *role, now, now + std::chrono::days{days}, Uuid::v7(now, random).text()});
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
           {"role", "owner or therapist", Argument::Kind::Option, Argument::Need::Required},
           {"user", "The account that it stands for; its disabling ends the token"},
           {"days", "How long it is good for (30)"}},
          run};
}

} // namespace tripsis::app
