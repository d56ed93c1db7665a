// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/wiring.hh"

#include "base/log.hh"
#include "clinic/library/practice.hh"
#include "clinic/own_resources.hh"
#include "jobs/outbox.hh"
#include "jobs/smtp.hh"
#include "rest/capabilities.hh"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>

#include <fmt/format.h>

namespace tripsis::app {

DataFolder DataFolder::ensure(std::string path) {
  while (path.size() > 1 && path.ends_with('/'))
    path.pop_back();
  auto const make_private = [](std::string const& folder) {
    std::error_code failed;
    auto const made = std::filesystem::create_directories(folder, failed);
    if (failed)
      throw std::system_error{failed,
                              "the data folder " + folder + " cannot be made; choose another with --data"};
    if (made)
      ::chmod(folder.c_str(), S_IRWXU);
  };
  make_private(path);
  make_private(path + "/keys");
  return {std::move(path)};
}

namespace {

TimeZone zone_named(std::string const& name) {
  auto const zone = TimeZone::find(name);
  if (!zone)
    throw std::runtime_error{zone.error().what};
  return *zone;
}

/// Throws where the settings cannot be read: nothing may be written with another meaning of "today".
Config config_of(DataFolder const& folder) {
  auto config = read_config(folder.path, {});
  if (!config)
    throw std::runtime_error{config.error().what};
  return *std::move(config);
}

std::shared_ptr<clinic::CurrentKnowledge> shipped_knowledge() {
  return std::make_shared<clinic::CurrentKnowledge>(
      std::make_shared<clinic::Knowledge const>(clinic::load_knowledge()));
}

/// Puts the practice's own knowledge in force beside what ships.
void load_own_knowledge(store::Store& store, clinic::CurrentKnowledge& knowledge) {
  auto const unusable = clinic::library::reload(store, knowledge);
  if (!unusable)
    throw std::runtime_error{"the practice's own knowledge cannot be read: " + unusable.error().what};
  for (auto const& one : *unusable)
    log::warn("knowledge", fmt::format("{} is not in force: {}", one.reference, one.error.what));
}

} // namespace

std::unique_ptr<store::Store> open_store(DataFolder const& folder, TimeZone zone,
                                         std::shared_ptr<clinic::CurrentKnowledge const> knowledge,
                                         clinic::LetThrough* let_through, clinic::Practices practices) {
  return store::open_sqlite(folder.path,
                            clinic::write_rules(std::move(knowledge), zone, let_through, practices), zone);
}

std::unique_ptr<store::Store> open_store(DataFolder const& folder, clinic::LetThrough* let_through) {
  auto const config = config_of(folder);
  auto const knowledge = shipped_knowledge();
  auto store = open_store(folder, zone_named(config.time_zone), knowledge, let_through, config.practices);
  load_own_knowledge(*store, *knowledge);
  return store;
}

namespace {

/// The first line of the file that holds the mail server's password.
std::string read_password(std::string const& file) {
  std::ifstream in{file};
  std::string line;
  if (!std::getline(in, line))
    throw std::runtime_error{"mail.password_file, " + file + ", cannot be read or is empty"};
  return line;
}

std::unique_ptr<jobs::Mailer> make_mailer(DataFolder const& folder, Config const& config,
                                          Clock const& clock, Random& random) {
  auto const& mail = config.mail;
  jobs::Sender sender{mail.from.empty() ? "tripsis@localhost" : mail.from, config.practice_name};
  if (mail.smtp.empty())
    return std::make_unique<jobs::Outbox>(folder.outbox(), std::move(sender), clock, random);
  jobs::SmtpServer server{mail.smtp, mail.user,
                          mail.password_file.empty() ? std::string{} : read_password(mail.password_file)};
  return std::make_unique<jobs::SmtpMailer>(std::move(server), std::move(sender), clock, random);
}

/// What links in mails begin with: without a setting, the address that is listened to.
std::string public_url_of(Config const& config) {
  if (!config.public_url.empty())
    return config.public_url;
  auto const host = config.address.contains(':') ? "[" + config.address + "]" : config.address;
  return fmt::format("http://{}:{}", host, config.port);
}

} // namespace

Program::Program(DataFolder const& folder, Config const& config)
    : knowledge_{shipped_knowledge()},
      store_{open_store(folder, zone_named(config.time_zone), knowledge_, nullptr, config.practices)},
      accounts_{folder.accounts(), auth::Passwords::Cost::Moderate, clock_, random_},
      patient_sessions_{folder.accounts(), clock_, random_}, links_{folder.accounts(), clock_, random_},
      key_{auth::TokenKey::ensure(folder.token_key())},
      authenticator_{accounts_, patient_sessions_, key_, clock_}, sign_in_limit_{clock_},
      audit_{folder.audit_log()}, drafts_{folder.drafts()}, jobs_{folder.jobs(), clock_},
      mailer_{make_mailer(folder, config, clock_, random_)}, post_{*store_,
                                                                   links_,
                                                                   *mailer_,
                                                                   clock_,
                                                                   zone_named(config.time_zone),
                                                                   config.practice_name,
                                                                   public_url_of(config),
                                                                   config.mail.alerts_to},
      services_{
          *store_, accounts_, authenticator_, sign_in_limit_,
          audit_,  clock_,    random_,        patient_sessions_,
          links_,  drafts_,   jobs_,          {config.practice_name, config.time_zone, config.public_url},
          {}},
      runner_{jobs_, jobs::handlers(post_)} {
  services_.knowledge = knowledge_;
  services_.capability_statement = rest::capability_statement(services_.practice, clock_.now());
  if (auto const written = clinic::ensure_own_resources(*store_, knowledge_->shipped()); !written)
    throw std::runtime_error{"the program's own definitions cannot be written: " + written.error().what};
  load_own_knowledge(*store_, *knowledge_);
  runner_.start();
}

} // namespace tripsis::app
