// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Who is asking: what a session cookie or a bearer token was found to stand for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tripsis::auth {

enum class Role : unsigned char { Owner, Therapist };

std::string_view role_name(Role role) noexcept; ///< "owner", "therapist"
std::optional<Role> find_role(std::string_view name) noexcept;

enum class Means : unsigned char {
  Session, ///< A cookie, which a browser sends on its own: changes need a second proof (rest/middleware.cc)
  Token,
};

struct Principal {
  std::string username; ///< Empty for a token that stands for no account
  std::string name;     ///< For people
  Role role = Role::Therapist;
  std::string practitioner; ///< "Practitioner/x", or empty
  Means means = Means::Token;
  std::string token_id; ///< Of a token: its jti
};

} // namespace tripsis::auth
