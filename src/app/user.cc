// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis user …: the people who may sign in. Works beside a running server.
#include "app/command.hh"
#include "app/wiring.hh"

#include <cstdio>
#include <iostream>
#include <termios.h>
#include <unistd.h>

#include <fmt/format.h>

namespace tripsis::app {
namespace {

using Kind = Argument::Kind;
using Need = Argument::Need;

constexpr Argument name_argument{"username", "The name to sign in with", Kind::Positional, Need::Required};

/// Switches the terminal's echo off while a password is typed.
class Silence {
public:
  Silence() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0)
      return;
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~Silence() {
    if (changed_)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    fmt::print(stderr, "\n");
  }
  Silence(Silence const&) = delete;
  Silence& operator=(Silence const&) = delete;

private:
  termios before_{};
  bool changed_ = false;
};

std::string read_line(std::string_view prompt) {
  fmt::print(stderr, "{}", prompt);
  Silence const silence;
  std::string line;
  std::getline(std::cin, line);
  return line;
}

/// From the terminal, twice; or the first line of standard input.
Result<std::string> read_password() {
  std::string password;
  if (::isatty(STDIN_FILENO) == 0) {
    if (!std::getline(std::cin, password))
      return fail(Fault::Required, "The password is read from standard input, which is empty.");
    return password;
  }
  password = read_line("Password: ");
  if (read_line("The same again: ") != password)
    return fail(Fault::Value, "The two were not the same.");
  return password;
}

/// The accounts of the data folder, for the length of one command.
struct Opened {
  explicit Opened(Arguments const& arguments)
      : accounts{DataFolder::ensure(arguments.get("data")).accounts(), auth::Passwords::Cost::Moderate,
                 clock, random} {}
  SystemClock clock;
  SystemRandom random;
  auth::Accounts accounts;
};

Result<Exit> add(Arguments const& arguments) {
  auto const username = arguments.get("username");
  auto const role = auth::find_role(arguments.get("role"));
  if (!role)
    return fail(Fault::Value, "--role must be owner, therapist or patient.");
  auto const password = TRY(read_password());
  Opened opened{arguments};
  TRY(opened.accounts.add({.username = username,
                           .name = arguments.get("name", username),
                           .role = *role,
                           .practitioner = arguments.get("practitioner"),
                           .patient = arguments.get("patient")},
                          password));
  fmt::print("{} can sign in as {}.\n", username, auth::role_name(*role));
  return Exit::Fine;
}

Result<Exit> list(Arguments const& arguments) {
  Opened opened{arguments};
  for (auto const& account : opened.accounts.list())
    fmt::print("{}\t{}\t{}\t{}{}\n", account.username, auth::role_name(account.role), account.name,
               account.role == auth::Role::Patient ? account.patient : account.practitioner,
               account.disabled ? "\tdisabled" : "");
  return Exit::Fine;
}

Result<Exit> disable(Arguments const& arguments) {
  Opened opened{arguments};
  TRY(opened.accounts.set_sign_in(arguments.get("username"), auth::SignIn::Disabled));
  fmt::print("{} can no longer sign in; sessions and tokens of that name end within five seconds.\n",
             arguments.get("username"));
  return Exit::Fine;
}

Result<Exit> enable(Arguments const& arguments) {
  Opened opened{arguments};
  TRY(opened.accounts.set_sign_in(arguments.get("username"), auth::SignIn::Allowed));
  fmt::print("{} can sign in again.\n", arguments.get("username"));
  return Exit::Fine;
}

Result<Exit> set_password(Arguments const& arguments) {
  auto const password = TRY(read_password());
  Opened opened{arguments};
  TRY(opened.accounts.set_password(arguments.get("username"), password));
  fmt::print("The password of {} is changed, and every session of that name is over.\n",
             arguments.get("username"));
  return Exit::Fine;
}

} // namespace

Command user_add_command() {
  return {"user add",
          "Lets somebody sign in; the password is asked for, or read from standard input",
          {name_argument,
           {"role", "owner, therapist or patient", Kind::Option, Need::Required},
           {"name", "The person's name"},
           {"practitioner", "Who signs the notes: Practitioner/ID"},
           {"patient", "Whose records a patient sees: Patient/ID"},
           data_argument},
          add};
}

Command user_list_command() {
  return {"user list", "Shows who may sign in", {data_argument}, list};
}

Command user_disable_command() {
  return {"user disable", "Ends somebody's signing in", {name_argument, data_argument}, disable};
}

Command user_enable_command() {
  return {"user enable",
          "Lets somebody who was disabled sign in again",
          {name_argument, data_argument},
          enable};
}

Command user_password_command() {
  return {"user password",
          "Changes a password; it is asked for, or read from standard input",
          {name_argument, data_argument},
          set_password};
}

} // namespace tripsis::app
