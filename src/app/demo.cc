// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// tripsis demo: a made-up practice to try everything on, filled at the first start and then served like any
// other.
#include "app/command.hh"
#include "app/config.hh"
#include "app/demo/practice.hh"
#include "app/serve.hh"
#include "app/wiring.hh"
#include "fhir/date_time.hh"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

namespace tripsis::app {
namespace {

constexpr std::string_view demo_password = "tripsis-demo";
constexpr std::string_view demo_settings =
    "practice_name = \"Tidewater Manual Therapy\"\ntime_zone = \"America/New_York\"\n";

/// The folder that was named, or a new one that nobody else can read.
std::string folder_of(Arguments const& arguments) {
  if (auto const* named = arguments.find("data"))
    return *named;
  auto folder = (std::filesystem::temp_directory_path() / "tripsis-demo-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr)
    throw std::system_error{errno, std::generic_category(),
                            "no folder for the demo can be made; name one with --data"};
  return folder;
}

Result<std::uint64_t> seed_of(Arguments const& arguments) {
  auto const text = arguments.get("seed", "1");
  std::uint64_t seed = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc{} || end != text.data() + text.size())
    return fail(Fault::Value, "--seed must be a whole number.");
  return seed;
}

/// A named day is seen at 10:20, so that it is always the same; today is seen at this moment, in opening
/// hours.
Result<demo::Settings> settings_of(Arguments const& arguments, TimeZone const& zone) {
  demo::Settings result{.seed = TRY(seed_of(arguments)), .today = {}};
  if (auto const* given = arguments.find("today")) {
    auto const date = fhir::DateTime::parse_date(*given);
    if (!date || given->size() != 10)
      return fail(Fault::Value, "--today must be a date such as 2026-11-23.");
    result.today = zone.date(date->range(zone).low);
    return result;
  }
  auto const now = zone.local(SystemClock{}.now());
  auto const day = std::chrono::floor<std::chrono::days>(now);
  result.today = std::chrono::year_month_day{day};
  result.now = std::max<std::chrono::minutes>(std::chrono::floor<std::chrono::minutes>(now - day),
                                              std::chrono::hours{9});
  return result;
}

/// Writes the whole practice and its accounts. Every unit meets the same write rules as a client's.
Result<> fill(DataFolder const& folder, store::Store& store, demo::Practice practice) {
  for (auto const& [type, count] : store.type_counts())
    if (type == "Patient" && count > 0)
      return fail(Fault::Conflict,
                  "This folder holds patients and no demo accounts; name an empty one with --data.");
  for (auto const& written : store.write_each(std::move(practice.units)))
    if (!written)
      return std::unexpected{written.error()};
  SystemClock const clock;
  SystemRandom random;
  // Their password is known to everybody: a costly hash would protect nothing and take seconds.
  auth::Accounts accounts{folder.accounts(), auth::Passwords::Cost::Least, clock, random};
  for (auto const& person : practice.people)
    TRY(accounts.add({.username = person.username,
                      .name = person.name,
                      .role = person.role == "owner" ? auth::Role::Owner : auth::Role::Therapist,
                      .practitioner = person.practitioner},
                     demo_password));
  return {};
}

Result<Exit> run(Arguments const& arguments) {
  auto const folder = DataFolder::ensure(folder_of(arguments));
  if (auto const settings = folder.path + "/tripsis.toml"; !std::filesystem::exists(settings))
    std::ofstream{settings} << demo_settings;
  auto const config = TRY(read_config(folder.path, arguments));
  auto const zone = TRY(TimeZone::find(config.time_zone));
  auto const settings = TRY(settings_of(arguments, zone));
  Program program{folder, config};
  auto& services = program.services();
  if (services.accounts.list().empty())
    TRY(fill(folder, services.store, demo::make_practice(settings, zone, clinic::load_knowledge())));
  fmt::print("A made-up practice; nobody in it exists. Its data lie in {}\n\n  sign in as\n", folder.path);
  for (auto const& account : services.accounts.list())
    fmt::print("    {:<8} {}  ({}, {})\n", account.username, demo_password, account.name,
               auth::role_name(account.role));
  fmt::print("\n");
  std::fflush(stdout);
  serve_practice(program, config);
  return Exit::Fine;
}

} // namespace

Command demo_command() {
  Command command{
      "demo",
      "Serves a made-up practice with sixty patients",
      {{"data", "The folder to keep it in; a new one when left out"},
       {"seed", "Which practice: the same number gives the same one (1)"},
       {"today", "The day whose calendar is full, seen at 10:20, such as 2026-11-23 (today, seen now)"}},
      run};
  for (auto const& setting : settings())
    command.arguments.push_back({setting.option, setting.help});
  return command;
}

} // namespace tripsis::app
