// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The command line, and the one catch of its thread. The only file with CLI11.
#include "app/command.hh"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <deque>
#include <exception>
#include <map>
#include <optional>
#include <sys/stat.h>

#include <fmt/format.h>

namespace {

using namespace tripsis;

enum Status : int { usage = 2, machine = 3 };

int run(app::Command const& command, app::Arguments const& arguments) {
  try {
    auto const done = command.run(arguments);
    if (done)
      return static_cast<int>(*done);
    fmt::print(stderr, "tripsis {}: {}\n", command.name, done.error().what);
    if (!done.error().where.empty())
      fmt::print(stderr, "  at {}\n", done.error().where);
    return static_cast<int>(app::Exit::InputAtFault);
  } catch (std::exception const& error) {
    fmt::print(stderr, "tripsis {}: {}\n", command.name, error.what());
    return machine;
  }
}

/// A command's arguments as CLI11 fills them in.
struct Parsed {
  app::Command const* command = nullptr;
  CLI::App* app = nullptr;
  std::deque<std::pair<app::Argument, std::string>> values; // CLI11 keeps pointers into it
  std::deque<bool> flags;
  std::map<std::string_view, bool*> flag_of;
};

void declare(Parsed& parsed) {
  for (auto const& argument : parsed.command->arguments) {
    std::string const help{argument.help};
    auto const flag_name = "--" + std::string{argument.name};
    if (argument.kind == app::Argument::Kind::Flag) {
      parsed.flag_of[argument.name] = &parsed.flags.emplace_back(false);
      parsed.app->add_flag(flag_name, parsed.flags.back(), help);
      continue;
    }
    auto& value = parsed.values.emplace_back(argument, std::string{}).second;
    auto const positional = argument.kind == app::Argument::Kind::Positional;
    auto* option = parsed.app->add_option(positional ? std::string{argument.name} : flag_name, value, help);
    option->required(argument.need == app::Argument::Need::Required);
  }
}

app::Arguments arguments_of(Parsed const& parsed) {
  app::Arguments arguments;
  for (auto const& [argument, value] : parsed.values) {
    auto const name = argument.kind == app::Argument::Kind::Positional ? std::string{argument.name}
                                                                       : "--" + std::string{argument.name};
    if (parsed.app->count(name) > 0)
      arguments.set(argument.name, value);
  }
  for (auto const& [name, given] : parsed.flag_of)
    if (*given)
      arguments.set(name, "true");
  return arguments;
}

/// "user add" lies under "user", which is made when it is first needed.
CLI::App* place(CLI::App& root, std::map<std::string, CLI::App*>& parents, app::Command const& command) {
  std::string const help{command.help};
  auto const space = command.name.find(' ');
  if (space == std::string_view::npos)
    return root.add_subcommand(std::string{command.name}, help);
  std::string const parent_name{command.name.substr(0, space)};
  auto& parent = parents[parent_name];
  if (parent == nullptr) {
    parent = root.add_subcommand(parent_name, "See tripsis " + parent_name + " --help");
    parent->require_subcommand(1);
  }
  return parent->add_subcommand(std::string{command.name.substr(space + 1)}, help);
}

} // namespace

int main(int argc, char** argv) {
  ::umask(S_IRWXG | S_IRWXO); // whatever is made here may be patient data
  CLI::App root{"Tripsis, the open clinical platform for medical massage", "tripsis"};
  root.set_version_flag("--version", "tripsis " TRIPSIS_VERSION);
  root.require_subcommand(1);
  std::deque<Parsed> all;
  std::map<std::string, CLI::App*> parents;
  for (auto const& command : app::commands()) {
    auto& parsed = all.emplace_back();
    parsed.command = &command;
    parsed.app = place(root, parents, command);
    declare(parsed);
  }
  try {
    root.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return root.exit(error) == 0 ? 0 : usage;
  }
  for (auto const& parsed : all)
    if (parsed.app->parsed())
      return run(*parsed.command, arguments_of(parsed));
  return usage;
}
