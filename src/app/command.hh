// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A command as a value: its name, its arguments, its function. main.cc turns the list into a command line,
// and a test checks that docs/operating.md tells of each. Adding a command is one file and one line in
// commands.cc.
#pragma once

#include "base/result.hh"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::app {

struct Argument {
  enum class Kind : unsigned char {
    Option,     ///< --name VALUE
    Positional, ///< VALUE
    Flag,       ///< --name
  };
  std::string_view name; ///< "data" for --data
  std::string_view help;
  Kind kind = Kind::Option;
  enum class Need : unsigned char { Optional, Required } need = Need::Optional;
};

/// What was given on the command line.
class Arguments {
public:
  void set(std::string_view name, std::string value) {
    values_.insert_or_assign(std::string{name}, std::move(value));
  }
  /// nullptr where it was not given.
  std::string const* find(std::string_view name) const {
    auto const found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
  }
  /// The value, or the alternative where it was not given.
  std::string get(std::string_view name, std::string_view otherwise = {}) const {
    auto const* value = find(name);
    return value == nullptr ? std::string{otherwise} : *value;
  }

private:
  std::map<std::string, std::string, std::less<>> values_;
};

/// The exit status. 2 (usage) and 3 (the machine) are main.cc's.
enum class Exit : unsigned char { Fine = 0, InputAtFault = 1 };

struct Command {
  std::string_view name; ///< "serve", or "user add" for a command under a command
  std::string_view help;
  std::vector<Argument> arguments;
  Result<Exit> (*run)(Arguments const& arguments);
};

/// All of them, in the order in which --help shows them.
std::span<Command const> commands();

/// Used by nearly every command.
constexpr Argument data_argument{"data", "The data folder of the practice", Argument::Kind::Option,
                                 Argument::Need::Required};

// One file each.
Command serve_command();
Command demo_command();
Command import_command();
Command export_command();
Command check_command();
Command screen_command();
Command plan_command();
Command token_command();
Command user_add_command();
Command user_list_command();
Command user_disable_command();
Command user_enable_command();
Command user_password_command();

} // namespace tripsis::app
