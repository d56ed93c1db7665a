// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/sign_in_limit.hh"

namespace tripsis::auth {
namespace {

constexpr std::chrono::minutes window{1};
constexpr std::size_t most_for_name = 5;
constexpr std::size_t most_for_address = 30; // a whole clinic may stand behind one address
constexpr std::size_t most_keys = 10'000;

// A name as long as a request's body must not be kept.
std::string name_key(std::string_view username) {
  return "u:" + std::string{username.substr(0, 64)};
}

std::string address_key(std::string_view address) {
  return "a:" + std::string{address};
}

} // namespace

bool SignInLimit::admit_key(std::string key, std::size_t most, Instant now) {
  auto& tries = tries_[std::move(key)];
  std::erase_if(tries, [&](Instant at) { return at <= now - window; });
  if (tries.size() >= most)
    return false;
  tries.push_back(now);
  return true;
}

bool SignInLimit::admit(std::string_view username, std::string_view address) {
  auto const now = clock_.now();
  std::lock_guard const lock{mutex_};
  if (tries_.size() >= most_keys)
    std::erase_if(tries_, [&](auto const& entry) {
      return entry.second.empty() || entry.second.back() <= now - window;
    });
  return admit_key(address_key(address), most_for_address, now) &&
         admit_key(name_key(username), most_for_name, now);
}

void SignInLimit::forget(std::string_view username) {
  std::lock_guard const lock{mutex_};
  tries_.erase(name_key(username));
}

} // namespace tripsis::auth
