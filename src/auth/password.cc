// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "auth/password.hh"

#include <array>
#include <stdexcept>

#include <sodium.h>

namespace tripsis::auth {
namespace {

constexpr std::size_t shortest = 8; // https://pages.nist.gov/800-63-3/sp800-63b.html#sec5, 5.1.1.2
constexpr std::size_t longest = 256;

std::string hash_at(std::string_view password, Passwords::Cost cost) {
  auto const least = cost == Passwords::Cost::Least;
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str(out.data(), password.data(), password.size(),
                        least ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_MODERATE,
                        least ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_MODERATE) != 0)
    throw std::runtime_error{"not enough memory to hash a password (256 MB are needed)"};
  return out.data();
}

} // namespace

Passwords::Passwords(Cost cost) : cost_{cost} {
  if (sodium_init() < 0)
    throw std::runtime_error{"libsodium cannot be used here"};
}

Result<std::string> Passwords::hash(std::string_view password) {
  if (password.size() < shortest || password.size() > longest)
    return fail(Fault::Value, "A password has 8 to 256 characters.");
  std::lock_guard const lock{one_at_a_time_};
  return hash_at(password, cost_);
}

bool Passwords::matches(std::string_view password, std::string_view hash) {
  if (password.size() > longest)
    return false;
  std::lock_guard const lock{one_at_a_time_};
  if (hash.empty() && nobodys_.empty())
    nobodys_ = hash_at("nobody has this password", cost_);
  std::string const against{hash.empty() ? std::string_view{nobodys_} : hash};
  auto const same = crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return same && !hash.empty();
}

} // namespace tripsis::auth
