// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis import: from another system, or from an export of this one.
#include "app/command.hh"
#include "app/importer.hh"
#include "app/wiring.hh"

#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace tripsis::app {
namespace {

Result<Exit> run(Arguments const& arguments) {
  auto const folder = DataFolder::ensure(arguments.get("data"));
  SystemClock const clock;
  clinic::LetThrough let_through;
  auto const store = open_store(folder, &let_through);
  auto const on_terminal = ::isatty(STDERR_FILENO) != 0;
  Importer importer{*store, let_through, clock,
                    [](std::string const& sentence) { fmt::print(stderr, "{}\n", sentence); },
                    [&](std::uint64_t read) {
                      if (on_terminal)
                        fmt::print(stderr, "\r{} read ", read);
                      else if (read % 10'000 == 0)
                        fmt::print(stderr, "{} read\n", read);
                    }};
  auto const report = TRY(importer.import(arguments.get("path")));
  if (on_terminal)
    fmt::print(stderr, "\n");
  fmt::print("{:<28} {:>9} {:>9} {:>9} {:>9}\n", "", "read", "written", "left", "refused");
  auto const row = [](std::string_view name, Tally const& tally) {
    fmt::print("{:<28} {:>9} {:>9} {:>9} {:>9}\n", name, tally.read, tally.written, tally.left,
               tally.refused);
  };
  for (auto const& [type, tally] : report.by_type)
    row(type.empty() ? "(no known type)" : type, tally);
  row("all", report.total());
  return report.total().refused == 0 ? Exit::Fine : Exit::InputAtFault;
}

} // namespace

Command import_command() {
  return {"import",
          "Brings in Bundles (.json) and lists of resources (.ndjson)",
          {{"path", "A file, or a folder of them", Argument::Kind::Positional, Argument::Need::Required},
           data_argument},
          run};
}

} // namespace tripsis::app
