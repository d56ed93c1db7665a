// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The only file with toml++.
#include "app/config.hh"

#include "base/time_zone.hh"
#include "jobs/smtp.hh"

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#define TOML_HEADER_ONLY 1 // Debian's library of it throws
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace tripsis::app {
namespace {

Result<std::size_t> number(std::string_view text, std::size_t least, std::size_t most) {
  std::size_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
    return fail(Fault::Value, fmt::format("must be a number from {} to {}", least, most));
  return value;
}

Result<> set_listen(Config& config, std::string_view value) {
  auto const colon = value.rfind(':');
  if (colon == std::string_view::npos)
    return fail(Fault::Value, "must be ADDRESS:PORT, such as 127.0.0.1:8080");
  config.port = static_cast<std::uint16_t>(TRY(number(value.substr(colon + 1), 0, 65'535)));
  auto address = value.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']'))
    address = address.substr(1, address.size() - 2);
  config.address = address == "localhost" ? "127.0.0.1" : address;
  return {};
}

Result<> set_practice_name(Config& config, std::string_view value) {
  config.practice_name = value;
  return {};
}

Result<> set_time_zone(Config& config, std::string_view value) {
  if (!TimeZone::find(value))
    return fail(Fault::Value, "must be a zone of the IANA database, such as America/New_York");
  config.time_zone = value;
  return {};
}

Result<> set_public_url(Config& config, std::string_view value) {
  while (value.ends_with('/'))
    value.remove_suffix(1);
  if (!value.starts_with("http://") && !value.starts_with("https://"))
    return fail(Fault::Value, "must begin with http:// or https://");
  config.public_url = value;
  return {};
}

Result<> set_consultation_first(Config& config, std::string_view value) {
  using enum clinic::Practices::ConsultationFirst;
  if (value != "true" && value != "false")
    return fail(Fault::Value, "must be true or false");
  config.practices.consultation_first = value == "true" ? Yes : No;
  return {};
}

Result<> set_body_megabytes(Config& config, std::string_view value) {
  config.limits.body_bytes = TRY(number(value, 1, 1024)) * 1024 * 1024;
  return {};
}

Result<> set_connections(Config& config, std::string_view value) {
  config.limits.connections = TRY(number(value, 1, 100'000));
  return {};
}

Result<> set_workers(Config& config, std::string_view value) {
  config.limits.workers = TRY(number(value, 1, 1024));
  return {};
}

Result<> set_io_threads(Config& config, std::string_view value) {
  config.limits.io_threads = TRY(number(value, 1, 64));
  return {};
}

Result<> set_smtp(Config& config, std::string_view value) {
  config.mail.smtp = TRY(jobs::parse_smtp(value));
  return {};
}

Result<> set_address(std::string& address, std::string_view value) {
  if (!jobs::is_mail_address(value))
    return fail(Fault::Value, "must be an address such as office@clinic.example");
  address = value;
  return {};
}

Result<> set_mail_from(Config& config, std::string_view value) {
  return set_address(config.mail.from, value);
}

Result<> set_mail_user(Config& config, std::string_view value) {
  config.mail.user = value;
  return {};
}

Result<> set_mail_password_file(Config& config, std::string_view value) {
  config.mail.password_file = value;
  return {};
}

Result<> set_alerts_to(Config& config, std::string_view value) {
  return set_address(config.mail.alerts_to, value);
}

constexpr std::array table{
    Setting{"listen", "listen", "The address and port to listen on (127.0.0.1:8080)", set_listen},
    Setting{"practice_name", "practice-name", "The practice's name, as people see it", set_practice_name},
    Setting{"time_zone", "time-zone", "The practice's time zone, such as America/New_York (UTC)",
            set_time_zone},
    Setting{"public_url", "public-url",
            "The address that browsers use, behind a proxy: https://clinic.example", set_public_url},
    Setting{"clinic.consultation_first", "consultation-first",
            "Whether a consultation comes before a patient's first treatment: true or false (false)",
            set_consultation_first},
    Setting{"limits.body_megabytes", "body-megabytes", "The largest request body accepted (16)",
            set_body_megabytes},
    Setting{"limits.connections", "connections", "The most connections at a time (4096)", set_connections},
    Setting{"limits.workers", "workers", "The most requests that wait for the disk at a time (64)",
            set_workers},
    Setting{"limits.io_threads", "io-threads", "Threads that read requests and answer the quick ones (2)",
            set_io_threads},
    Setting{"mail.smtp", "mail-smtp",
            "The mail server, such as mail.example:587; without one, mails become files", set_smtp},
    Setting{"mail.from", "mail-from", "The address that mails come from", set_mail_from},
    Setting{"mail.user", "mail-user", "The name to sign in to the mail server with", set_mail_user},
    Setting{"mail.password_file", "mail-password-file", "The file whose first line is the password for it",
            set_mail_password_file},
    Setting{"mail.alerts_to", "mail-alerts-to", "Who is mailed when an answer asks for action at once",
            set_alerts_to},
};

Result<> apply(Setting const& setting, Config& config, std::string_view value, std::string_view name) {
  if (auto const done = setting.set(config, value); !done)
    return fail(Fault::Value, fmt::format("{} {}.", name, done.error().what));
  return {};
}

std::string text_of(toml::node const& node) {
  if (auto const* text = node.as_string())
    return text->get();
  if (auto const* integer = node.as_integer())
    return std::to_string(integer->get());
  if (auto const* boolean = node.as_boolean())
    return boolean->get() ? "true" : "false";
  return {};
}

Result<> apply_table(toml::table const& values, std::string const& prefix, Config& config,
                     std::string const& file) {
  for (auto const& [key, node] : values) {
    auto const name = prefix + std::string{key.str()};
    if (auto const* inner = node.as_table(); inner != nullptr && prefix.empty()) {
      TRY(apply_table(*inner, name + ".", config, file));
      continue;
    }
    auto const setting = std::ranges::find(table, name, &Setting::key);
    if (setting == table.end())
      return fail(Fault::Value, fmt::format("{} holds a setting that is not known: {}.", file, name));
    TRY(apply(*setting, config, text_of(node), fmt::format("{}: {}", file, name)));
  }
  return {};
}

Result<> apply_file(std::string const& file, Config& config) {
  std::ifstream in{file};
  if (!in)
    return {};
  std::ostringstream text;
  text << in.rdbuf();
  auto const parsed = toml::parse(text.str());
  if (!parsed) {
    auto const& error = parsed.error();
    return fail(Fault::Structure,
                fmt::format("{}:{}: {}", file, error.source().begin.line, error.description()));
  }
  return apply_table(parsed.table(), "", config, file);
}

} // namespace

std::span<Setting const> settings() noexcept {
  return table;
}

Result<Config> read_config(std::string const& data_folder, Arguments const& arguments) {
  Config config;
  TRY(apply_file(data_folder + "/tripsis.toml", config));
  for (auto const& setting : table)
    if (auto const* value = arguments.find(setting.option))
      TRY(apply(setting, config, *value, fmt::format("--{}", setting.option)));
  if (!config.mail.smtp.empty() && config.mail.from.empty())
    return fail(Fault::Required, "mail.smtp needs mail.from, the address that mails come from.");
  return config;
}

} // namespace tripsis::app
