// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis serve: the program as the clinic runs it, until SIGTERM or SIGINT.
#include "app/serve.hh"

#include "app/command.hh"
#include "base/log.hh"
#include "http/dispatch.hh"
#include "http/server.hh"

#include <fmt/format.h>

namespace tripsis::app {
namespace {

Result<Exit> run(Arguments const& arguments) {
  auto const folder = DataFolder::ensure(arguments.get("data"));
  auto const config = TRY(read_config(folder.path, arguments));
  Program program{folder, config};
  if (program.services().accounts.list().empty())
    log::warn("serve", fmt::format("nobody can sign in yet: tripsis user add NAME --role owner --data {}",
                                   folder.path));
  serve_practice(program, config);
  return Exit::Fine;
}

} // namespace

void serve_practice(Program& program, Config const& config) {
  http::Dispatch dispatch{program.services()};
  http::Server server{config.address, config.port, config.limits, dispatch};
  server.stop_on_signals();
  auto const host = config.address.contains(':') ? "[" + config.address + "]" : config.address;
  log::info("serve",
            fmt::format("{} is served at http://{}:{}/", config.practice_name, host, server.port()));
  server.run();
  log::info("serve", "stopped");
}

Command serve_command() {
  Command command{"serve", "Serves the practice: the web client and the API", {data_argument}, run};
  for (auto const& setting : settings())
    command.arguments.push_back({setting.option, setting.help});
  return command;
}

} // namespace tripsis::app
