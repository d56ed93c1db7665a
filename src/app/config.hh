// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The settings: each is declared once, in config.cc, and can be given in DATA/tripsis.toml or as an option
// of `serve`, which wins.
#pragma once

#include "app/command.hh"
#include "base/result.hh"
#include "clinic/rules.hh"
#include "http/server.hh"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tripsis::app {

struct Config {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string practice_name = "Tripsis";
  std::string time_zone = "UTC";
  std::string public_url; ///< Without a '/' at the end; empty: what each request's Host says
  clinic::Practices practices;
  http::Limits limits;
  struct {
    std::string smtp; ///< "smtp://mail.example:587"; empty: mails become files in DATA/outbox
    std::string from; ///< An address
    std::string user, password_file;
    std::string alerts_to; ///< An address, or empty
  } mail;
};

struct Setting {
  std::string_view key;    ///< In tripsis.toml; limits.* stand in the table [limits]
  std::string_view option; ///< Of `serve`, without "--"
  std::string_view help;
  Result<> (*set)(Config& config, std::string_view value);
};

std::span<Setting const> settings() noexcept;

/// DATA/tripsis.toml where it is there, then the options. Fault::Value names the setting at fault.
Result<Config> read_config(std::string const& data_folder, Arguments const& arguments);

} // namespace tripsis::app
