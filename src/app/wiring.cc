// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/wiring.hh"

#include "rest/capabilities.hh"

#include <filesystem>
#include <sys/stat.h>
#include <system_error>

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

std::unique_ptr<store::Store> open_store(DataFolder const& folder) {
  return store::open_sqlite(folder.path, {});
}

Program::Program(DataFolder const& folder, Config const& config)
    : store_{open_store(folder)},
      accounts_{folder.accounts(), auth::Passwords::Cost::Moderate, clock_, random_},
      key_{auth::TokenKey::ensure(folder.token_key())}, authenticator_{accounts_, key_, clock_},
      sign_in_limit_{clock_}, audit_{folder.audit_log()},
      services_{
          *store_, accounts_, authenticator_, sign_in_limit_,
          audit_,  clock_,    random_,        {config.practice_name, config.time_zone, config.public_url},
          {}} {
  services_.capability_statement = rest::capability_statement(services_.practice, clock_.now());
}

} // namespace tripsis::app
