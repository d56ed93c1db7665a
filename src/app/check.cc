// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis check: whether everything that is kept is whole. Changes nothing.
#include "app/command.hh"
#include "app/wiring.hh"

#include <filesystem>

#include <fmt/format.h>

namespace tripsis::app {
namespace {

Result<Exit> run(Arguments const& arguments) {
  auto const path = arguments.get("data");
  if (!std::filesystem::is_directory(path))
    return fail(Fault::NotFound, fmt::format("There is no data folder {}.", path));
  auto const folder = DataFolder::ensure(path);
  auto const found = open_store(folder)->check();
  fmt::print("store: {} resources, {} versions, {} index rows\n", found.resources, found.versions,
             found.index_rows);
  for (auto const& problem : found.problems)
    fmt::print("store: {}\n", problem);
  auto sound = found.problems.empty();
  if (std::filesystem::exists(folder.audit_log())) {
    auto const rows = auth::AuditLog::verify(folder.audit_log());
    sound = sound && rows.has_value();
    if (rows)
      fmt::print("audit log: {} rows, unbroken\n", *rows);
    else
      fmt::print("audit log: {}\n", rows.error().what);
  }
  fmt::print("{}\n",
             sound ? "all is well" : "something is wrong; restore a backup beside this folder and compare");
  return sound ? Exit::Fine : Exit::InputAtFault;
}

} // namespace

Command check_command() {
  return {"check", "Checks the store, its index and the audit log; changes nothing", {data_argument}, run};
}

} // namespace tripsis::app
