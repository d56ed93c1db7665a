// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Who is asking: what a session cookie or a bearer token was found to stand for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tripsis::auth {

enum class Role : unsigned char { Owner, Therapist, Patient };

std::string_view role_name(Role role) noexcept; ///< "owner", "therapist", "patient"
std::optional<Role> find_role(std::string_view name) noexcept;

enum class Means : unsigned char {
  Session, ///< A cookie, which a browser sends on its own: changes need a second proof (rest/middleware.cc)
  Token,
};

/// How much of what the role may is given.
enum class Scope : unsigned char {
  Practice, ///< Of owners and therapists
  Portal,   ///< A patient, on a device of their own
  Form,     ///< A patient to whom a tablet of the practice was handed, for a few forms
};

/// "portal", "form"; empty for Practice.
std::string_view scope_name(Scope scope) noexcept;

struct Principal {
  std::string username; ///< Empty for a token that stands for no account
  std::string name;     ///< For people
  Role role = Role::Therapist;
  std::string practitioner; ///< "Practitioner/x", or empty
  Means means = Means::Token;
  std::string token_id;     ///< Of a token: its jti
  std::string patient = {}; ///< Of a patient: "Patient/x"
  Scope scope = Scope::Practice;
  std::vector<std::string> forms =
      {}; ///< Ids of Questionnaires: in the scope Form, those that may be filled in
};

} // namespace tripsis::auth
