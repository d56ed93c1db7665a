// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/command.hh"

namespace tripsis::app {

std::span<Command const> commands() {
  static std::vector<Command> const all{
      serve_command(),         demo_command(),      import_command(),       export_command(),
      check_command(),         screen_command(),    plan_command(),         token_command(),
      user_add_command(),      user_list_command(), user_disable_command(), user_enable_command(),
      user_password_command(),
  };
  return all;
}

} // namespace tripsis::app
