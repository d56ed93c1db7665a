// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// docs/operating.md tells of every command, argument and setting; and the settings are read as it says.
#include "app/command.hh"
#include "app/config.hh"
#include "support/temporary_folder.hh"

#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tripsis::app {
namespace {

std::string documentation() {
  std::ifstream in{"docs/operating.md"};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// The row of a table that begins with this.
std::string row(std::string const& text, std::string const& start) {
  auto const at = text.find("| `" + start);
  return at == std::string::npos ? std::string{} : text.substr(at, text.find('\n', at) - at);
}

bool is_setting(std::string_view option) {
  return std::ranges::any_of(settings(), [&](Setting const& setting) { return setting.option == option; });
}

TEST(Operating, every_command_and_argument_is_documented) {
  auto const text = documentation();
  for (auto const& command : commands()) {
    auto const told = row(text, fmt::format("tripsis {}", command.name));
    EXPECT_FALSE(told.empty()) << "tripsis " << command.name;
    for (auto const& argument : command.arguments) {
      if (argument.kind == Argument::Kind::Positional)
        continue;
      EXPECT_TRUE(told.contains(fmt::format("--{}", argument.name)) ||
                  (is_setting(argument.name) && text.contains(fmt::format("`--{}`", argument.name))))
          << "tripsis " << command.name << " --" << argument.name;
    }
  }
}

TEST(Operating, every_setting_is_documented) {
  auto const text = documentation();
  for (auto const& setting : settings())
    EXPECT_TRUE(row(text, std::string{setting.key} + "`").contains(fmt::format("`--{}`", setting.option)))
        << setting.key;
}

class Settings : public testing::Test {
protected:
  Result<Config> read(std::string const& text, Arguments const& arguments = {}) const {
    std::ofstream{folder_.path() + "/tripsis.toml"} << text;
    return read_config(folder_.path(), arguments);
  }
  test::TemporaryFolder folder_;
};

TEST_F(Settings, come_from_the_file_and_from_the_options) {
  auto const file = "listen = \"0.0.0.0:9000\"\npractice_name = \"A\"\ntime_zone = "
                    "\"America/New_York\"\n[limits]\nbody_megabytes = 2\n";
  auto const config = read(file);
  ASSERT_TRUE(config) << config.error().what;
  EXPECT_EQ(config->address, "0.0.0.0");
  EXPECT_EQ(config->port, 9000);
  EXPECT_EQ(config->practice_name, "A");
  EXPECT_EQ(config->time_zone, "America/New_York");
  EXPECT_EQ(config->limits.body_bytes, 2U * 1024 * 1024);
  Arguments arguments;
  arguments.set("listen", "[::1]:0");
  arguments.set("workers", "8");
  auto const overridden = read(file, arguments);
  ASSERT_TRUE(overridden);
  EXPECT_EQ(overridden->address, "::1");
  EXPECT_EQ(overridden->limits.workers, 8U);
  EXPECT_EQ(overridden->practice_name, "A");
}

TEST_F(Settings, that_are_wrong_are_named) {
  for (auto const& [text, named] :
       std::vector<std::pair<std::string, std::string>>{{"listen = \"here\"", "listen"},
                                                        {"listen = \"127.0.0.1:70000\"", "listen"},
                                                        {"listen = 8080", "listen"},
                                                        {"time_zone = \"Mars/Olympus\"", "time_zone"},
                                                        {"public_url = \"clinic.example\"", "public_url"},
                                                        {"colour = \"teal\"", "colour"},
                                                        {"[limits]\nworkers = 0", "limits.workers"},
                                                        {"[limits]\nworkers = true", "limits.workers"},
                                                        {"[other]\nworkers = 1", "other.workers"},
                                                        {"listen = ", "tripsis.toml:1"}}) {
    auto const config = read(text);
    ASSERT_FALSE(config) << text;
    EXPECT_TRUE(config.error().what.contains(named)) << config.error().what;
  }
}

TEST_F(Settings, are_not_needed) {
  auto const config = read_config(folder_.path() + "/absent", {});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->address, "127.0.0.1");
  EXPECT_EQ(config->port, 8080);
}

} // namespace
} // namespace tripsis::app
