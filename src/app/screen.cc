// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis screen: the safety screening of one patient's Bundle, without a server, so that anyone can check
// the rules. Prints what section 6 of the header of knowledge/contraindications.yaml defines.
#include "app/command.hh"
#include "base/clock.hh"
#include "base/json/parse.hh"
#include "clinic/knowledge/knowledge.hh"
#include "clinic/screening/screening.hh"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace tripsis::app {
namespace {

using clinic::screening::Day;

Result<json::Value> read_bundle(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in || std::filesystem::is_directory(path))
    return fail(Fault::NotFound, fmt::format("{} cannot be read.", path));
  std::string const text{std::istreambuf_iterator<char>{in}, {}};
  auto bundle = json::parse(text);
  if (!bundle)
    return fail(bundle.error().fault, fmt::format("{} is not JSON: {}", path, bundle.error().what));
  return bundle;
}

/// --on; else the date that the Bundle's timestamp has where it was written; else today.
Result<Day> day_of(Arguments const& arguments, json::Value const& bundle) {
  if (auto const* given = arguments.find("on")) {
    auto const moment = clinic::screening::parse_moment(*given, nullptr);
    if (!moment || given->size() != std::string_view{"YYYY-MM-DD"}.size())
      return fail(Fault::Value, fmt::format("--on {}: give a date as YYYY-MM-DD.", *given));
    return moment->first;
  }
  if (auto const written = clinic::screening::parse_moment(bundle.text("timestamp"), nullptr))
    return written->first;
  return std::chrono::floor<std::chrono::days>(SystemClock{}.now());
}

Result<Exit> run(Arguments const& arguments) {
  auto const path = arguments.get("patient");
  auto bundle = TRY(read_bundle(path));
  auto const on = TRY(day_of(arguments, bundle));
  auto const record = clinic::screening::PatientRecord::from_bundle(std::move(bundle));
  if (!record)
    return fail(record.error().fault, fmt::format("{}: {}", path, record.error().what));
  auto const knowledge = clinic::load_knowledge();
  fmt::print("{}\n", json::write_indented(clinic::screening::to_json(
                         clinic::screening::screen(knowledge.rules, *record, on))));
  return Exit::Fine;
}

} // namespace

Command screen_command() {
  return {"screen",
          "Screens one patient's record by the safety rules; prints the result as JSON",
          {{"patient", "A Bundle with one Patient and what is known of them", Argument::Kind::Option,
            Argument::Need::Required},
           {"on", "The day to judge, YYYY-MM-DD; else that of the Bundle's timestamp, else today"}},
          run};
}

} // namespace tripsis::app
